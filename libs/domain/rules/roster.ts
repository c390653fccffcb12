// Who people are at an instant: their organisation and roles, as their own registrar attested them.
import type { Instant, OrganisationId, PersonId, Role, Text } from '../words';
import type { Person, ProgrammeState, Tenure } from '../state';

/** The tenure a person held at `at`, or null before joining and after leaving. */
export function tenureAt(person: Person | undefined, at: Instant): Tenure | null {
  return (
    person?.tenures.findLast((tenure) => tenure.from <= at && (tenure.to === null || at < tenure.to)) ?? null
  );
}

export function tenureOf(programme: ProgrammeState, person: PersonId, at: Instant): Tenure | null {
  return tenureAt(programme.people[person], at);
}

/** Whether the person holds one of `roles` at `at`; any role will do when `roles` is empty. */
export function holds(
  programme: ProgrammeState,
  person: PersonId,
  roles: readonly Role[],
  at: Instant,
): boolean {
  const tenure = tenureOf(programme, person, at);
  return tenure !== null && (roles.length === 0 || tenure.roles.some((role) => roles.includes(role)));
}

/** Everybody with a tenure at `at`, optionally of one organisation and with one of `roles`. */
export function peopleAt(
  programme: ProgrammeState,
  at: Instant,
  filter: { organisation?: OrganisationId; roles?: readonly Role[] } = {},
): { person: PersonId; tenure: Tenure }[] {
  return Object.values(programme.people).flatMap((person) => {
    const tenure = tenureAt(person, at);
    if (!tenure) return [];
    if (filter.organisation !== undefined && tenure.organisation !== filter.organisation) return [];
    if (filter.roles && filter.roles.length > 0 && !tenure.roles.some((role) => filter.roles?.includes(role)))
      return [];
    return [{ person: person.id, tenure }];
  });
}

/** A change of a person's address that has not taken effect at `at`: mail still goes to the one before, if there was one. */
export const pendingChange = (
  person: Person | undefined,
  at: Instant,
): { effectiveAt: Instant; before: Text | null } | null =>
  person?.change && person.change.effectiveAt > at ? person.change : null;
