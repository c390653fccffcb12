// When data and keys must be destroyed: at expiry, by a withdrawal's mode, or because a deposit was refused (T11).
import type { Instant } from '../words';
import type { Deposit, ProjectState, Release, World } from '../state';
import { earliest } from './time';
import { agreementWithdrawals, destructionAfter, releaseWithdrawals } from './withdrawal';

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
 * Whether the key under which a project's releases are compared is of no more use: the project is closed, so that nothing is
 * sealed any more, and every release that was is destroyed, in whichever order (DOMAIN § 5).
 */
export const isUnitKeyOver = ({ closedAt, releases }: ProjectState): boolean =>
  closedAt !== null &&
  Object.values(releases).every(({ sealed, destroyed }) => sealed === null || destroyed !== null);
