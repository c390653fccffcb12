// The release gate: open, or everything missing and whose move it is (B23). Unknown means closed (I13).
import type { Condition, Instant, ReleaseStatus } from '../words';
import type { Missing } from '../refusal';
import type { Release, World } from '../state';
import { agreementInForce } from './agreement';
import { boundaryStands } from './boundary';
import { counted, roundAbout } from './standing';
import { earliest, latest } from './time';
import { releaseClosure } from './withdrawal';

import { importsClosed, isPublishedOnly } from '../published/rules';
import {
  agreement,
  alive,
  benefitRound,
  CHECKS,
  ethics,
  missing,
  project,
  PUBLISHED_CHECKS,
  requestMissing,
} from './checks';

export type GateAnswer =
  { open: true; conditions: Condition[]; expires: Instant } | { open: false; missing: Missing[] };

/** Whether the release may be permitted now; otherwise every reason at once. */
export function releaseGate(world: World, release: Release, now: Instant): GateAnswer {
  const checks = isPublishedOnly(release) ? PUBLISHED_CHECKS : CHECKS;
  const found = checks.flatMap((check) => check(world, release, now));
  if (found.length > 0) return { open: false, missing: found };
  return { open: true, ...permitTerms(world, release, now) };
}

/** Conditions of holders and signers together, and the earliest of all expiries. */
function permitTerms(
  world: World,
  release: Release,
  now: Instant,
): { conditions: Condition[]; expires: Instant } {
  const { programme, project: state } = world;
  const grantsGiven = release.requests.flatMap((id) => state.requests[id]?.answer?.grant ?? []);
  const rounds = [
    roundAbout(state.checkpoints, 'TRUST', release.id),
    release.wave > 1 ? benefitRound(world, release.wave) : null,
  ];
  const signers = rounds.flatMap((round, i) =>
    round ? counted(programme, i === 0 ? 'TRUST' : 'BENEFIT', round, now) : [],
  );
  const all = [...grantsGiven.flatMap((g) => g.conditions), ...signers.flatMap((d) => d.conditions)];
  const conditions = all.filter(
    (c, i) => all.findIndex((d) => d.kind === c.kind && d.value === c.value) === i,
  );
  const inForce = [
    agreementInForce(programme, now)?.expires,
    state.boundaries.find((b) => b.id === release.boundary)?.scope.expires,
  ];
  // While one approval is in force the release may be read; it ends with the last of them.
  const approvals = state.ethics
    .filter((e) => e.endedAt === null && now < e.expires && !isPublishedOnly(release))
    .map((e) => e.expires);
  const ends = conditions.filter((c) => c.kind === 'EARLIER_EXPIRY').map((c) => c.value);
  const expiries = [
    ...inForce.filter((at) => at !== undefined),
    ...grantsGiven.map((g) => g.expires),
    ...(release.imports ?? []).flatMap((id) => state.imports[id]?.expires ?? []),
    ...ends,
  ];
  const last = approvals.length === 0 ? [] : [latest(...approvals)];
  return { conditions, expires: earliest(release.expires, ...expiries, ...last) };
}

/** Whether a permitted release may be read now: nothing has closed or expired it (I2, I3). */
export function readGate(world: World, release: Release, now: Instant): GateAnswer {
  const { permit } = release;
  if (!permit) return { open: false, missing: [missing('PERMIT', 'the release has no permit')] };
  const found = [
    ...project(world, release, now),
    ...agreement(world, release, now),
    ...(isPublishedOnly(release) ? [] : [...ethics(world, release, now), ...unbound(world, release, now)]),
    ...importsClosed(world, release, now),
    ...release.requests.flatMap((id) => {
      const request = world.project.requests[id];
      return request
        ? requestMissing(world, request, now)
        : [missing('GRANT', `the request ${id} is unknown`)];
    }),
    ...(permit.expires <= now ? [missing('PERMIT', `the permit expired at ${permit.expires}`)] : []),
    ...alive(world, release, now),
  ];
  return found.length > 0
    ? { open: false, missing: found }
    : { open: true, conditions: permit.conditions, expires: permit.expires };
}

const unbound = (world: World, release: Release, now: Instant): Missing[] =>
  boundaryStands(world, release.boundary, now)
    ? []
    : [missing('BOUNDARY', 'the boundary was withdrawn or has expired')];

export function releaseStatus(world: World, release: Release, now: Instant): ReleaseStatus {
  if (release.destroyed) return 'DESTROYED';
  if (release.givenUpAt) return 'GIVEN_UP';
  if (releaseClosure(world, release)) return 'CLOSED';
  const ends = release.permit?.expires ?? release.expires;
  if (ends <= now) return 'EXPIRED';
  if (release.permit) return 'PERMITTED';
  return release.sealed ? 'SEALED' : 'PROPOSED';
}
