// In which order people are asked: all at once, or in turns where the agreement says so. The order never makes up for a signature.
import type { ProgrammeState, Round } from '../state';
import type { AgreementRules } from '../terms';
import type { CheckpointKind, Instant, PersonId, Role } from '../words';
import { awaited } from './standing';

/** The people of each turn, nobody twice; whoever holds none of the roles named comes last. Null where all are asked at once. */
export function turnsOf(
  rules: AgreementRules,
  kind: CheckpointKind,
  candidates: readonly { person: PersonId; roles: readonly Role[] }[],
): PersonId[][] | null {
  const order = rules.inTurns?.find((each) => each.kind === kind);
  if (!order) return null;
  const turnOf = ({ roles }: { roles: readonly Role[] }): number => {
    const found = order.turns.findIndex((named) => named.some((role) => roles.includes(role)));
    return found < 0 ? order.turns.length : found;
  };
  const turns = [...order.turns, []].map((_, turn) =>
    candidates.filter((candidate) => turnOf(candidate) === turn).map(({ person }) => person),
  );
  const filled = turns.filter((people) => people.length > 0);
  return filled.length > 1 ? filled : null;
}

/** Whoever has been asked so far. */
export const askedSoFar = ({ turns, turn = 1, asked }: Round): PersonId[] =>
  turns ? turns.slice(0, turn).flat() : asked.map(({ person }) => person);

/** Since when the present deadlines run. */
export const askedSince = ({ turnBegunAt, openedAt }: Round): Instant => turnBegunAt ?? openedAt;

/** The people to be asked next, once everybody asked before them has answered or no longer can; null while somebody is awaited. */
export function nextTurn(programme: ProgrammeState, round: Round, now: Instant): PersonId[] | null {
  const next = round.turns?.[round.turn ?? 1];
  return next && awaited(programme, round, now).length === 0 ? next : null;
}
