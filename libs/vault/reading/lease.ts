// Runs work under a short lease that it renews itself, and ends the work in time when it cannot.
import { setTimeout as pause } from 'node:timers/promises';
import { VaultRefusal } from '../objects/failures';

export interface Lease {
  /** How long the lease holds from when it was asked for; each renewal begins it anew. */
  readonly lengthMs: number;
  /** When the lease was asked for, on `performance.now()`'s clock; now if not given. */
  readonly since?: number;
  /** Renews it at its source: false when it is refused for good. An error is tried again while the lease holds. */
  renew(): Promise<boolean>;
}

export interface LeasedOptions {
  /** How often to renew; a third of the lease if not given. */
  readonly everyMs?: number;
  /** Told once when the lease is lost, before the work has ended. */
  readonly onRevoked?: (reason: VaultRefusal) => void;
  /** Ends the work for another reason: a cancelled analysis. */
  readonly signal?: AbortSignal;
}

/** The work has to be over before the lease is: this much is left for ending the process. */
const MARGIN_MS = 500;

/**
 * Runs `work` with a signal that aborts as soon as a renewal is refused, or shortly before the lease runs out unrenewed.
 * Time is counted from before each request by the monotonic clock, so neither a slow answer nor a clock set
 * backwards makes the lease longer. A result that arrives after the lease is lost is dropped.
 */
export async function runLeased<T>(
  lease: Lease,
  work: (signal: AbortSignal) => Promise<T>,
  options: LeasedOptions = {},
): Promise<T> {
  const over = new AbortController();
  const stopped = new AbortController();
  const lose = (message: string) => {
    if (over.signal.aborted || stopped.signal.aborted) return;
    const reason = new VaultRefusal('LEASE_LOST', message);
    over.abort(reason);
    options.onRevoked?.(reason);
  };
  const onAbort = () => over.abort(new VaultRefusal('CANCELLED', 'The operation was cancelled.'));
  if (options.signal?.aborted) onAbort();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  const renewing = keepRenewed(lease, options.everyMs ?? lease.lengthMs / 3, stopped.signal, lose);
  try {
    over.signal.throwIfAborted();
    const working = work(over.signal);
    try {
      const result = await Promise.race([working, rejectOn(over.signal)]);
      over.signal.throwIfAborted();
      return result;
    } finally {
      // What the work has open is closed before anyone is told that it ended; work that hangs is not waited for.
      await Promise.race([working.catch(() => undefined), pause(MARGIN_MS, undefined, { ref: false })]);
    }
  } finally {
    stopped.abort();
    options.signal?.removeEventListener('abort', onAbort);
    await renewing;
  }
}

async function keepRenewed(
  lease: Lease,
  everyMs: number,
  stopped: AbortSignal,
  lose: (message: string) => void,
): Promise<void> {
  const deadline = new Deadline(() =>
    lose(
      'The lease could not be renewed in time, so the reading was ended. Run it again once the database answers.',
    ),
  );
  deadline.set((lease.since ?? performance.now()) + lease.lengthMs - MARGIN_MS);
  try {
    while (!stopped.aborted) {
      await pause(everyMs, undefined, { signal: stopped });
      const asked = performance.now();
      // Not awaited to the end: an answer that never comes must not keep the deadline from biting.
      const answer = await Promise.race([renewal(lease), aborted(stopped)]);
      if (answer === 'refused') {
        lose('The permit is no longer live, so the reading was ended and nothing of it is kept.');
        return;
      }
      if (answer === 'renewed') deadline.set(asked + lease.lengthMs - MARGIN_MS);
    }
  } catch (error) {
    if (!stopped.aborted) throw error;
  } finally {
    deadline.clear();
  }
}

async function renewal(lease: Lease): Promise<'renewed' | 'refused' | 'unanswered'> {
  try {
    return (await lease.renew()) ? 'renewed' : 'refused';
  } catch {
    return 'unanswered';
  }
}

class Deadline {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly pass: () => void) {}

  set(at: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.pass, Math.max(0, at - performance.now()));
  }

  clear(): void {
    clearTimeout(this.timer);
  }
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = () => reject(signal.reason as Error);
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

function aborted(signal: AbortSignal): Promise<'unanswered'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('unanswered');
    else signal.addEventListener('abort', () => resolve('unanswered'), { once: true });
  });
}
