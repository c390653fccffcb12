// The peers of P2 and P3 in Temporal: wait for a signal, run an activity that inserts one row, nothing else.
import {
  condition,
  defineSignal,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';
import { stepsBy } from './steps';
import type { Counted } from './steps';

interface Activities {
  insert(row: { run: string; step: number }): Promise<void>;
}

const remote = proxyActivities<Activities>({ startToCloseTimeout: '1 minute' });
const local = proxyLocalActivities<Activities>({ startToCloseTimeout: '1 minute' });
export const go = defineSignal('go');

/** Waits for `waits` signals and runs the activities, `local` of them as local ones, spread evenly over the waits. */
export async function bare(input: Counted & { run: string }): Promise<void> {
  let signals = 0;
  setHandler(go, () => {
    signals += 1;
  });
  const all = input.activities + input.local;
  let done = 0;
  for (let wait = 1; wait <= input.waits; wait += 1) {
    await condition(() => signals >= wait);
    while (done < stepsBy(input, wait)) {
      done += 1;
      const isLocal = Math.round((input.local * done) / all) > Math.round((input.local * (done - 1)) / all);
      await (isLocal ? local : remote).insert({ run: input.run, step: done });
    }
  }
}
