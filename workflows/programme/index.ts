// One programme: its agreement's rounds of sign-off, its core team's meetings, and its projects, which live by its agreement and roster.
import { continueAsNew } from '@temporalio/workflow';
import type { ProgrammeInput } from '#activities';
import { ledger } from '../calls';
import { isLongEnough, Wakes } from '../waking';

/**
 * Ends never: a programme lasts as long as its operator. What changes in it may open or close things in each project, so
 * they are woken, some after some, with what has been reached kept here.
 */
export async function programme(here: ProgrammeInput): Promise<void> {
  const wakes = new Wakes();
  let { told = {}, shared = null, reached = null } = here;
  for (;;) {
    if (wakes.takeAskedForAll()) [told, shared, reached] = [{}, null, null];
    const found = await ledger.followProgramme({ programme: here.programme, told, shared, reached });
    wakes.readUpTo(found.version);
    ({ told, shared = null, reached = null } = found);
    // The next of a series is called when the last has begun, and a pack goes out two working days before.
    if (reached === null) await wakes.next(found.dueIn ?? null);
    if (await isLongEnough())
      return continueAsNew<typeof programme>({ programme: here.programme, told, shared, reached });
  }
}
