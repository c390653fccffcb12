// One round of sign-off: reminded, escalated, and in the end lapsed. It never approves anything.
import { continueAsNew } from '@temporalio/workflow';
import type { RoundInput } from '#activities';
import { ledger } from '../calls';
import { isLongEnough, Wakes } from '../waking';

/**
 * The ledger holds the round's deadlines as points in time; this workflow only sleeps until the next of them. A wake
 * means they may have moved (a suspended project's deadlines stand still) or the round may have ended.
 *
 * Silence: at `remindAt` those who have not answered are reminded, at `escalateAt` the asker and named deputies are
 * told, at the deadline the round lapses. An outage only ever delays this.
 */
export async function checkpoint(round: RoundInput): Promise<void> {
  const wakes = new Wakes();
  for (;;) {
    const { isOpen, dueIn } = await ledger.keepRoundTime(round);
    if (!isOpen) return;
    await wakes.next(dueIn);
    if (await isLongEnough()) return continueAsNew<typeof checkpoint>(round);
  }
}
