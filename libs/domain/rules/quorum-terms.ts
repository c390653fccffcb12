// A quorum as a signer should know it: who is needed, how many of how many, in which order. Plain data, worded by catalogues.
import type { Round } from '../state';
import type { OrganisationId, PersonId, Role } from '../words';

/** Places that are filled alike. */
export interface QuorumPlace {
  /** Any of them; empty means any role. */
  roles: Role[];
  /** Null means any organisation. */
  organisation: OrganisationId | null;
  count: number;
  /** How many of those asked were asked for it. */
  of: number;
}

export interface QuorumTerms {
  places: QuorumPlace[];
  /** At least so many people, of those asked. */
  people: number;
  asked: number;
  /** From at least so many organisations. */
  organisations: number;
  /** Nobody sees the others' answers while the round is open. */
  isBlind: boolean;
  /** Null where all are asked at once. `at`: the turn that is being asked, from 1. */
  turns: { people: PersonId[][]; at: number } | null;
}

export function quorumTerms(round: Round): QuorumTerms {
  const { rule, asked, blind, turns, turn = 1 } = round;
  const needed = rule.slots.reduce((sum, { count }) => sum + count, 0);
  // A delegate fills the place of the person they sign for, who is counted already.
  const own = asked.filter(({ onBehalfOf }) => onBehalfOf === undefined);
  const named = new Set(rule.slots.flatMap(({ organisation }) => organisation ?? []));
  return {
    places: rule.slots.map(({ key, roles, organisation, count }) => ({
      ...{ roles, organisation, count },
      of: own.filter(({ slots }) => slots.includes(key)).length,
    })),
    people: Math.max(rule.people, needed),
    organisations: Math.max(rule.organisations, named.size),
    ...{ asked: own.length, isBlind: blind },
    turns: turns ? { people: turns, at: turn } : null,
  };
}

/** The turn in which a person is asked, from 1; null where all are asked at once. */
export function turnOfPerson({ turns }: Round, person: PersonId): number | null {
  const found = turns?.findIndex((people) => people.includes(person)) ?? -1;
  return found < 0 ? null : found + 1;
}
