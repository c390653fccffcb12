// What a release needs next: a total rule over its status, pure, by the ledger's clock.
import { benefitRound, projectStatus, releaseDestructionDue, releaseGate, releaseStatus } from '#libs/domain';
import type { Instant, Release, ReleaseStatus, World } from '#libs/domain';
import { isOver, mayOpen, mayOpenImport } from '../requests/next';

export type ReleaseMove =
  | { move: 'DONE' }
  | { move: 'SEAL' }
  | { move: 'ASK_GATE' }
  | { move: 'DESTROY' }
  /** `until`: when it is due to be destroyed, or ends unsealed. */
  | { move: 'WAIT'; until: Instant };

type Rule = (world: World, release: Release, now: Instant) => ReleaseMove;

const wait: Rule = (_world, release) => ({ move: 'WAIT', until: release.expires });

/** A release without bytes needs none of its end: there is nothing to destroy. */
const BEFORE_SEALING: Record<ReleaseStatus, Rule> = {
  PROPOSED: (world, release, now) =>
    maySeal(world, release, now) ? { move: 'SEAL' } : wait(world, release, now),
  SEALED: wait,
  PERMITTED: wait,
  CLOSED: () => ({ move: 'DONE' }),
  EXPIRED: () => ({ move: 'DONE' }),
  GIVEN_UP: () => ({ move: 'DONE' }),
  DESTROYED: () => ({ move: 'DONE' }),
};

export function nextForRelease(world: World, release: Release, now: Instant): ReleaseMove {
  const status = releaseStatus(world, release, now);
  if (!release.sealed) return BEFORE_SEALING[status](world, release, now);
  if (status === 'DESTROYED') return { move: 'DONE' };
  const until = releaseDestructionDue(world, release);
  if (isOver(until, now)) return { move: 'DESTROY' };
  if (status === 'SEALED' && releaseGate(world, release, now).open) return { move: 'ASK_GATE' };
  return { move: 'WAIT', until };
}

/** Every deposit may be opened and is there, and a further wave has its account of earlier ones to refer to. */
function maySeal(world: World, release: Release, now: Instant): boolean {
  const { requests, imports, deposits } = world.project;
  return (
    projectStatus(world.project) === 'ACTIVE' &&
    release.deposits.length > 0 &&
    (release.wave <= 1 || benefitRound(world, release.wave) !== null) &&
    release.deposits.every((id) => deposits[id]?.outcome?.accepted && !deposits[id].destroyed) &&
    release.requests.every((id) => requests[id] !== undefined && mayOpen(world, requests[id], now)) &&
    (release.imports ?? []).every((id) => imports[id] !== undefined && mayOpenImport(world, imports[id], now))
  );
}
