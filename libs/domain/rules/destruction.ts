// When data and keys must be destroyed: at expiry, by a withdrawal's mode, or because a deposit was refused (T11).
import type { Instant } from '../words';
import type { Analysis, Deposit, ProjectState, Release, World } from '../state';
import { resultStatus } from './results';
import { earliest } from './time';
import { agreementWithdrawals, destructionAfter, releaseClosure, releaseWithdrawals } from './withdrawal';

/** When the release's key parts and bytes are due to be destroyed; suspension never extends it. */
export function releaseDestructionDue(world: World, release: Release): Instant {
  const byWithdrawal = releaseWithdrawals(world, release).flatMap((w) => destructionAfter(w) ?? []);
  const expiry = release.permit?.expires ?? release.expires;
  return earliest(expiry, ...byWithdrawal, ...(release.givenUpAt ? [release.givenUpAt] : []));
}

/**
 * When a deposit is due to be destroyed; null while its request still has a standing grant without expiry. Of one that nobody
 * filled there is only the key, which is of no use once nothing may be deposited: no mode keeps it.
 */
export function depositDestructionDue(world: World, deposit: Deposit): Instant | null {
  if (deposit.outcome && !deposit.outcome.accepted) return deposit.outcome.at;
  const request = world.project.requests[deposit.request];
  const imported = world.project.imports[deposit.request];
  const due: Instant[] = [];
  if (request?.answer?.grant) due.push(request.answer.grant.expires);
  const withdrawn = request?.withdrawn ? destructionAfter(request.withdrawn) : null;
  if (withdrawn) due.push(withdrawn);
  if (imported) due.push(imported.expires);
  // An institution's withdrawal reaches what it closed in whatever release it is, and in none.
  due.push(...agreementWithdrawals(world, deposit.invitedAt).flatMap((w) => destructionAfter(w) ?? []));
  if (!deposit.received) {
    if (request?.withdrawn) due.push(request.withdrawn.at);
    if (world.project.closedAt !== null) due.push(world.project.closedAt);
  }
  for (const release of Object.values(world.project.releases)) {
    if (!release.deposits.includes(deposit.id)) continue;
    due.push(...releaseWithdrawals(world, release).flatMap((w) => destructionAfter(w) ?? []));
  }
  return due.length > 0 ? earliest(...due) : null;
}

/**
 * Whether a result's key and bytes are of no more use. A result that passed its check, and stands, outlives its release. One that did
 * not is data of the release it was made of: withheld, or closed by a withdrawal, it ends when that does, since until then
 * it could be computed again. One that merely waits for its check waits until the project is closed, when nobody can check it.
 */
export function isResultOver(world: World, analysis: Analysis, now: Instant): boolean {
  const { project } = world;
  if (!analysis.ended?.result || analysis.destroyed) return false;
  const status = resultStatus(world, analysis, now);
  if (status === 'CHECKED' || status === 'FLAGGED') return false;
  if (project.closedAt !== null) return true;
  const release = project.releases[analysis.release];
  const isRefused = status === 'WITHHELD' || (release && releaseClosure(world, release) !== null);
  return release?.destroyed != null && isRefused === true;
}

/**
 * Whether the key under which a project's releases are compared is of no more use: the project is closed, so that nothing is
 * sealed any more, and every release that was is destroyed, in whichever order (DOMAIN § 5).
 */
export const isUnitKeyOver = ({ closedAt, releases }: ProjectState): boolean =>
  closedAt !== null &&
  Object.values(releases).every(({ sealed, destroyed }) => sealed === null || destroyed !== null);

/** What else there is of the same data, by id. */
export interface Left {
  deposits: string[];
  releases: string[];
  results: string[];
}

const resultsOf = ({ analyses }: ProjectState, releases: readonly string[]): string[] =>
  Object.values(analyses)
    .filter(({ release, ended, destroyed }) => releases.includes(release) && ended?.result && !destroyed)
    .map(({ id }) => id);

/** What was made of a deposit, whoever else's data is in it, and was not destroyed: a certificate of its end names it. */
export function leftOfDeposit(project: ProjectState, deposit: string): Left {
  const made = Object.values(project.releases).filter(
    ({ sealed, deposits }) => sealed !== null && deposits.includes(deposit),
  );
  return {
    deposits: [],
    releases: made.filter(({ destroyed }) => destroyed === null).map(({ id }) => id),
    results: resultsOf(
      project,
      made.map(({ id }) => id),
    ),
  };
}

/** What a release was made of, and what was made of it, and was not destroyed. */
export const leftOfRelease = (project: ProjectState, { id, deposits }: Release): Left => ({
  deposits: deposits.filter((deposit) => project.deposits[deposit]?.destroyed === null),
  releases: [],
  results: resultsOf(project, [id]),
});

/** What a result was made of, and was not destroyed. */
export function leftOfResult(project: ProjectState, { release }: Analysis): Left {
  const found = project.releases[release];
  const from = found ? leftOfRelease(project, found).deposits : [];
  return { deposits: from, releases: found?.destroyed === null ? [release] : [], results: [] };
}
