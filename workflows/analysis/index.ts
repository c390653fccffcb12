// One run of a declared method on a live release.
import type { AnalysisInput } from '#activities';
import { ledger, runs } from '../calls';
import { Wakes } from '../waking';

/**
 * The run ends in the ledger as completed (which asks a checker for `OUTPUT`), failed with a reason, or stopped because
 * the release was closed under it. A worker that dies is noticed by its missing heartbeat, and the run begins again:
 * inputs are fixed by digest and methods are seeded, so it ends as it would have.
 */
export async function analysis(here: AnalysisInput): Promise<void> {
  const wakes = new Wakes();
  for (;;) {
    const { isGoing } = await ledger.readRun(here);
    if (!isGoing) return;
    await wakes.heed(runs().runAnalysis(here));
  }
}
