// Who takes part in a project now: everybody on the programme's roster whose organisation has not named others for it.
import type { Instant, OrganisationId, PersonId, Role } from '../words';
import type { Tenure, World } from '../state';
import { peopleAt } from '../rules/roster';

export function takesPart({ project }: World, person: PersonId, organisation: OrganisationId): boolean {
  const named = project.rosters[organisation]?.people ?? null;
  return named === null || named.includes(person);
}

/** People of the project at `at`, optionally of one organisation and with one of `roles`. */
export const participants = (
  world: World,
  at: Instant,
  filter: { organisation?: OrganisationId; roles?: readonly Role[] } = {},
): { person: PersonId; tenure: Tenure }[] =>
  peopleAt(world.programme, at, filter).filter(({ person, tenure }) =>
    takesPart(world, person, tenure.organisation),
  );

/** People on the programme's roster who are not asked in this project. */
export const absentees = (world: World, at: Instant): PersonId[] =>
  peopleAt(world.programme, at)
    .filter(({ person, tenure }) => !takesPart(world, person, tenure.organisation))
    .map(({ person }) => person);
