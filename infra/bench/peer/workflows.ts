// The peers of P2 and P3 in Temporal: wait for a signal, run an activity that inserts one row, nothing else.
import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';

interface Activities {
  insert(row: { run: string; step: number }): Promise<void>;
}

const { insert } = proxyActivities<Activities>({ startToCloseTimeout: '1 minute' });
export const go = defineSignal('go');

/** Waits for `waits` signals and runs `activities` activities, spread evenly over them. */
export async function bare(input: { run: string; waits: number; activities: number }): Promise<void> {
  let signals = 0;
  setHandler(go, () => {
    signals += 1;
  });
  let done = 0;
  for (let wait = 1; wait <= input.waits; wait += 1) {
    await condition(() => signals >= wait);
    const until = Math.round((input.activities * wait) / input.waits);
    while (done < until) {
      done += 1;
      await insert({ run: input.run, step: done });
    }
  }
}
