// Who is in the core team now, and which side of it each member stands for.
import type { ProgrammeState } from '../state';
import type { Instant, OrganisationId, PersonId, Role } from '../words';
import { tenureOf } from '../rules/roster';

export const RESEARCHERS: readonly Role[] = ['projectLead', 'researcher'];
export const OFFICIALS: readonly Role[] = ['policyOfficial', 'serviceManager', 'businessAnalyst'];

/** Its members who are still on the roster; nobody before a team was named. */
export const coreTeam = (programme: ProgrammeState, now: Instant): PersonId[] =>
  (programme.coreTeam?.members ?? []).filter((person) => tenureOf(programme, person, now) !== null);

export const isInCoreTeam = (programme: ProgrammeState, person: PersonId, now: Instant): boolean =>
  coreTeam(programme, now).includes(person);

/** The study's team had three researchers, and three officials of two statutory bodies (§3); others have other numbers. */
export function sidesOf(programme: ProgrammeState, members: PersonId[], now: Instant) {
  const tenures = members.flatMap((person) => tenureOf(programme, person, now) ?? []);
  const of = (roles: readonly Role[]) => tenures.filter((t) => t.roles.some((role) => roles.includes(role)));
  const bodies = new Set<OrganisationId>(of(OFFICIALS).map((t) => t.organisation));
  return { researchers: of(RESEARCHERS).length, officials: of(OFFICIALS).length, bodies: bodies.size };
}
