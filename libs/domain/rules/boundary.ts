// Boundaries: what LEGAL and ETHICAL, each on its own, allow; everything a release does must lie inside (B41, B57).
import type { Instant, OrganisationId, Tier } from '../words';
import { TIERS } from '../words';
import type { Ask, BoundaryScope } from '../terms';
import type { Boundary, ProgrammeState, ProjectState, Release, Withdrawal, World } from '../state';
import { fieldsOfGrant } from './requests';
import { roundAbout, settledAt, stands, takenBack } from './standing';

const signed = (programme: ProgrammeState, project: ProjectState, boundary: Boundary): boolean =>
  (['LEGAL', 'ETHICAL'] as const).every((kind) => {
    const round = roundAbout(project.checkpoints, kind, boundary.id);
    return round !== null && settledAt(programme, round) !== null;
  });

/** A signer of LEGAL or ETHICAL whose withdrawal closed the boundary, once it stood. */
export function boundaryWithdrawal({ programme, project }: World, id: string): Withdrawal | null {
  for (const kind of ['LEGAL', 'ETHICAL'] as const) {
    const round = roundAbout(project.checkpoints, kind, id);
    const since = round && settledAt(programme, round);
    if (!round || since === null) continue;
    const [withdrawn] = takenBack(round, since);
    if (withdrawn) return withdrawn;
  }
  return null;
}

/** The latest boundary that was fully signed; an amendment, lapsed or rejected, changes nothing. */
export function signedBoundary({ programme, project }: World): Boundary | null {
  return project.boundaries.findLast((boundary) => signed(programme, project, boundary)) ?? null;
}

/** Signed as LEGAL and as ETHICAL, neither standing in for the other, not withdrawn, not expired. */
export function boundaryStands(world: World, id: string, now: Instant): boolean {
  const boundary = world.project.boundaries.find((b) => b.id === id);
  if (!boundary || boundary.scope.expires <= now || boundaryWithdrawal(world, id)) return false;
  return (['LEGAL', 'ETHICAL'] as const).every((kind) => {
    const round = roundAbout(world.project.checkpoints, kind, id);
    return round !== null && stands(world.programme, kind, round, now);
  });
}

/** The boundary in force, or null. */
export function boundaryInForce(world: World, now: Instant): Boundary | null {
  const boundary = signedBoundary(world);
  return boundary && boundaryStands(world, boundary.id, now) ? boundary : null;
}

export const holdersOf = (scope: BoundaryScope): OrganisationId[] => [
  ...new Set(scope.sources.map((s) => s.holder)),
];

export const exposedOf = (scope: BoundaryScope): OrganisationId[] => [
  ...new Set([...holdersOf(scope), ...scope.exposed]),
];

const rank = (tier: Tier): number => TIERS.indexOf(tier);

/** What of an ask lies outside the scope, in words; empty if it is inside (T8). */
export function outside(scope: BoundaryScope, holder: OrganisationId, ask: Ask): string[] {
  const found: string[] = [];
  if (!scope.purposes.includes(ask.purpose)) found.push(`the purpose "${ask.purpose}"`);
  if (rank(ask.tier) > rank(scope.tier)) found.push(`the tier ${ask.tier} (at most ${scope.tier})`);
  if (ask.linkage && !scope.linkage) found.push('linkage');
  for (const method of ask.methods) if (!scope.methods.includes(method)) found.push(`the method "${method}"`);
  const source = scope.sources.find((s) => s.source === ask.source && s.holder === holder);
  if (!source) return [...found, `the source "${ask.source}" of ${holder}`];
  for (const field of ask.fields) if (!source.fields.includes(field)) found.push(`the field "${field}"`);
  return found;
}

/** What of a release lies outside the scope: its requests as granted, its readers, its expiry. */
export function releaseOutside(project: ProjectState, scope: BoundaryScope, release: Release): string[] {
  const found = release.requests.flatMap((id) => {
    const request = project.requests[id];
    if (!request) return [`the unknown request ${id}`];
    const grant = request.answer?.grant;
    const fields = grant ? fieldsOfGrant(grant) : request.ask.fields;
    const ask: Ask = {
      ...request.ask,
      fields,
      purpose: release.purpose,
      methods: release.methods,
      tier: release.tier,
      linkage: release.tier === 'LINKED_DEIDENTIFIED',
    };
    return outside(scope, request.holder, ask);
  });
  for (const reader of release.readers)
    if (!scope.readers.includes(reader)) found.push(`the reader ${reader}`);
  if (release.expires > scope.expires)
    found.push(`the expiry ${release.expires} (the boundary ends ${scope.expires})`);
  return [...new Set(found)];
}
