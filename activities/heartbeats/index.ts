// Long work says that it is alive: a worker that dies is noticed by its silence, and the work begins again elsewhere.
import { cancellationSignal, heartbeat } from '@temporalio/activity';
import type { OperationOptions } from '#libs/vault';

const EVERY_MS = 2_000;

/** Runs vault work with a heartbeat; the activity's cancellation ends it. */
export async function whileWorking<T>(work: (options: OperationOptions) => Promise<T>): Promise<T> {
  let done = 0;
  heartbeat(done);
  const beat = setInterval(() => heartbeat(done), EVERY_MS);
  try {
    return await work({ signal: cancellationSignal(), progress: (now) => (done = now) });
  } finally {
    clearInterval(beat);
  }
}
