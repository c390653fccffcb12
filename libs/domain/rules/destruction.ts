// When data and keys must be destroyed: at expiry, by a withdrawal's mode, or because a deposit was refused (T11).
import type { Instant } from '../words';
import type { Deposit, Release, World } from '../state';
import { earliest } from './time';
import { destructionAfter, releaseWithdrawals } from './withdrawal';

/** When the release's key parts and bytes are due to be destroyed; suspension never extends it. */
export function releaseDestructionDue(world: World, release: Release): Instant {
  const byWithdrawal = releaseWithdrawals(world, release).flatMap((w) => destructionAfter(w) ?? []);
  const expiry = release.permit?.expires ?? release.expires;
  return earliest(expiry, ...byWithdrawal, ...(release.givenUpAt ? [release.givenUpAt] : []));
}

/** When a deposit is due to be destroyed; null while its request still has a standing grant without expiry. */
export function depositDestructionDue(world: World, deposit: Deposit): Instant | null {
  if (deposit.outcome && !deposit.outcome.accepted) return deposit.outcome.at;
  const request = world.project.requests[deposit.request];
  const imported = world.project.imports[deposit.request];
  const due: Instant[] = [];
  if (request?.answer?.grant) due.push(request.answer.grant.expires);
  const withdrawn = request?.withdrawn ? destructionAfter(request.withdrawn) : null;
  if (withdrawn) due.push(withdrawn);
  if (imported) due.push(imported.expires);
  for (const release of Object.values(world.project.releases)) {
    if (!release.deposits.includes(deposit.id)) continue;
    due.push(...releaseWithdrawals(world, release).flatMap((w) => destructionAfter(w) ?? []));
  }
  return due.length > 0 ? earliest(...due) : null;
}
