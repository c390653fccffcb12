// One programme: its agreement's rounds of sign-off, its core team's meetings, and its projects, which live by its agreement and roster.
import { continueAsNew } from '@temporalio/workflow';
import type { ProgrammeInput } from '#activities';
import { ledger } from '../calls';
import { isLongEnough, Wakes } from '../waking';

/** Ends never: a programme lasts as long as its operator. What changes in it may open or close things in each project. */
export async function programme(here: ProgrammeInput): Promise<void> {
  const wakes = new Wakes();
  let told = here.told ?? {};
  for (;;) {
    if (wakes.takeAskedForAll()) told = {};
    const found = await ledger.followProgramme({ programme: here.programme, told });
    wakes.readUpTo(found.version);
    told = found.told;
    // The next of a series is called when the last has begun, and a pack goes out two working days before.
    await wakes.next(found.dueIn ?? null);
    if (await isLongEnough()) return continueAsNew<typeof programme>({ programme: here.programme, told });
  }
}
