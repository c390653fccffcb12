// The computing process: holds one release in memory for one run, and ends with its parent. No network, no files, no environment.
import { InputRefused, MethodName, runMethod, strictest } from '#libs/statistics';
import type { Computation, ComputeMessage } from './protocol';

// Without its parent nobody renews the lease: stop at once, whatever is being computed.
process.on('disconnect', () => process.exit(0));
process.on('message', (computation: Computation) => say(compute(computation)));
say({ type: 'ready' });

function say(message: ComputeMessage): void {
  process.send?.(message);
}

function compute({ method, params, data, frequency }: Computation): ComputeMessage {
  try {
    const progress = (done: number, step: string) => say({ type: 'progress', done, step });
    const outcome = runMethod(MethodName.parse(method), data, params, {
      thresholds: strictest([{ frequency }]),
      progress,
    });
    return { type: 'done', ...outcome };
  } catch (error) {
    if (error instanceof InputRefused) return { type: 'refused' };
    return { type: 'failed', error: error instanceof Error ? error.name : 'unknown' };
  }
}
