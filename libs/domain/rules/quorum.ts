// When a quorum is met: every slot filled by a person of its own, enough people, enough organisations.
import type { OrganisationId, PersonId, Role } from '../words';
import type { QuorumRule, Slot } from '../terms';

/** A person who could fill slots, as they stood at signing. */
export interface Candidate {
  person: PersonId;
  organisation: OrganisationId;
  roles: readonly Role[];
}

export function mayFill(slot: Slot, candidate: Candidate): boolean {
  return (
    (slot.organisation === null || slot.organisation === candidate.organisation) &&
    (slot.roles.length === 0 || slot.roles.some((role) => candidate.roles.includes(role)))
  );
}

/**
 * Assigns distinct people to places by augmenting paths (Kuhn 1955), because one person who holds several
 * roles counts once. Returns the keys of the slots that stay empty; none means every place is filled.
 */
export function emptySlots(rule: QuorumRule, candidates: Candidate[]): string[] {
  const places = rule.slots.flatMap((slot) => Array.from({ length: slot.count }, () => slot));
  const placeOf = new Map<PersonId, number>();
  const assign = (place: number, tried: Set<PersonId>): boolean => {
    const slot = places[place];
    if (!slot) return false;
    for (const candidate of candidates) {
      if (tried.has(candidate.person) || !mayFill(slot, candidate)) continue;
      tried.add(candidate.person);
      const taken = placeOf.get(candidate.person);
      if (taken === undefined || assign(taken, tried)) {
        placeOf.set(candidate.person, place);
        return true;
      }
    }
    return false;
  };
  return places.flatMap((slot, place) => (assign(place, new Set()) ? [] : [slot.key]));
}

/** Only who fills a slot counts towards people and organisations. */
const filling = (rule: QuorumRule, candidates: Candidate[]): Candidate[] =>
  candidates.filter((candidate) => rule.slots.some((slot) => mayFill(slot, candidate)));

/** Whether these approvals meet the rule: slots, distinct people, distinct organisations (I7). */
export function meets(rule: QuorumRule, given: Candidate[]): boolean {
  const approvals = filling(rule, given);
  return (
    new Set(approvals.map((a) => a.person)).size >= rule.people &&
    new Set(approvals.map((a) => a.organisation)).size >= rule.organisations &&
    emptySlots(rule, approvals).length === 0
  );
}

/** What stands between these approvals and the quorum, in words for a refusal or a page. */
export function shortfall(rule: QuorumRule, given: Candidate[]): string[] {
  const candidates = filling(rule, given);
  const lacking = emptySlots(rule, candidates).map((key) => `nobody for "${key}"`);
  const people = new Set(candidates.map((c) => c.person)).size;
  const organisations = new Set(candidates.map((c) => c.organisation)).size;
  if (people < rule.people) lacking.push(`${people} of ${rule.people} people`);
  if (organisations < rule.organisations)
    lacking.push(`${organisations} of ${rule.organisations} organisations`);
  return lacking;
}
