// Waiting for something outside this process to become true, with a deadline and an explanation when it does not.
import { setTimeout as pause } from 'node:timers/promises';

export interface Patience {
  /** What is awaited, as the end of "Gave up waiting for …". */
  readonly what: string;
  readonly deadlineMs: number;
  /** Looked at between attempts: an error here ends the wait at once (the process died, say). */
  readonly giveUpIf?: () => Error | undefined;
}

const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 400;

/** Tries until `attempt` resolves, and gives its value; the last error is the cause when the deadline passes. */
export async function until<T>(attempt: () => Promise<T>, patience: Patience): Promise<T> {
  const deadline = Date.now() + patience.deadlineMs;
  let delay = FIRST_PAUSE_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const verdict = patience.giveUpIf?.();
      if (verdict) throw verdict;
      if (Date.now() + delay > deadline) {
        const reason = error instanceof Error ? error.message : String(error);
        const seconds = Math.round(patience.deadlineMs / 1000);
        throw new Error(`Gave up waiting for ${patience.what} after ${seconds} s: ${reason}`, {
          cause: error,
        });
      }
    }
    await pause(delay);
    delay = Math.min(delay * 1.5, LONGEST_PAUSE_MS);
  }
}
