// One project, from its start to its end: keeps everything going that the ledger says should be going.
import { allHandlersFinished, condition, continueAsNew } from '@temporalio/workflow';
import type { ProjectInput } from '#activities';
import { ledger } from '../calls';
import { isLongEnough, Wakes } from '../waking';

/**
 * Cycle, rounds of sign-off, requests, releases and analyses each have a workflow of their own, with ids derived from the
 * ledger's. This one starts whichever is missing and wakes those whose part of the ledger has changed: the same
 * operation after an ordinary command, after Temporal was wiped, and on new workflow code.
 */
export async function project(here: ProjectInput): Promise<void> {
  const wakes = new Wakes();
  let told = here.told ?? {};
  let cycle: string | null | undefined;
  for (;;) {
    if (wakes.takeAskedForAll()) told = {};
    const found = await ledger.followProject({ project: here.project, told });
    wakes.readUpTo(found.version);
    if (found.isOver) return;
    told = found.told;

    const isNewCycle = cycle !== undefined && found.cycle !== cycle;
    cycle = found.cycle;
    if (isNewCycle) await condition(allHandlersFinished);
    if (isNewCycle || (await isLongEnough()))
      return continueAsNew<typeof project>({ project: here.project, told });

    await wakes.next(found.dueIn ?? null); // by then the pack of an ad hoc meeting is due
  }
}
