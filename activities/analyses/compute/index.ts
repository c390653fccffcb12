// Runs a method in a process of its own, which can be killed at any moment: withdrawal does not wait for a computation.
import { fork } from 'node:child_process';
import path from 'node:path';
import { limitMemory } from '#libs/vault';
import type { Computation, ComputeMessage } from './protocol';

export type { Computation } from './protocol';

export type Computed = Extract<ComputeMessage, { type: 'done' | 'refused' }>;

/** The method itself went wrong, or the process was ended from outside: trying again seldom helps. */
export class MethodFailed extends Error {
  override readonly name = 'MethodFailed';
}

/** It is not done within its time, and another attempt would not be either. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}

/** It takes more memory than it may, and another attempt would as well. */
export class TookTooMuchMemory extends Error {
  override readonly name = 'TookTooMuchMemory';
}

export interface ComputeLimits {
  /** What the whole process may take; columns and matrices lie outside of V8's heap. */
  readonly memoryMb: number;
  readonly longestMs: number;
}

const HEAP_MB = 2048;
/** Four times the memory and more than ten times the time that the largest run of the benches takes. */
const LIMITS: ComputeLimits = { memoryMb: 3072, longestMs: 30 * 60_000 };
/** How V8 ends a process whose heap is full. */
const HEAP_IS_FULL = 'SIGABRT';
const isSource = path.extname(__filename) === '.ts';
const CHILD = path.join(__dirname, `child${path.extname(__filename)}`);
const FROM_SOURCE = ['--conditions=parley-source', '--require', path.join(__dirname, 'from-source.cjs')];

/** The reason with which `signal` was aborted comes back as the error; the process is gone by then. */
export async function compute(
  computation: Computation,
  signal: AbortSignal,
  onProgress: (done: number, step: string) => void,
  limits: Partial<ComputeLimits> = {},
): Promise<Computed> {
  signal.throwIfAborted();
  const { memoryMb, longestMs } = { ...LIMITS, ...limits };
  const child = fork(CHILD, [], {
    // No environment is passed on: what the process never knew it cannot give away.
    env: { TZ: 'UTC', LANG: 'C.UTF-8' },
    execArgv: [`--max-old-space-size=${HEAP_MB}`, '--no-warnings', ...(isSource ? FROM_SOURCE : [])],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let late: NodeJS.Timeout | undefined;
  let stopWatching = () => {};
  try {
    return await new Promise<Computed>((resolve, reject) => {
      late = setTimeout(() => reject(new TookTooLong(`Nothing came within ${longestMs} ms.`)), longestMs);
      const hungry = () => reject(new TookTooMuchMemory(`It took more than ${memoryMb} MB.`));
      stopWatching = limitMemory(child, memoryMb, hungry);
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      child.once('error', reject);
      child.once('exit', (_code, how) => {
        if (how === HEAP_IS_FULL) hungry();
        else reject(new MethodFailed('The computing process ended before it had a result.'));
      });
      child.on('message', (message: ComputeMessage) => {
        if (message.type === 'ready') child.send(computation);
        else if (message.type === 'progress') onProgress(message.done, message.step);
        else if (message.type === 'failed') reject(new MethodFailed(`The method failed (${message.error}).`));
        else resolve(message);
      });
    });
  } finally {
    clearTimeout(late);
    stopWatching();
    child.kill('SIGKILL');
    await exited;
  }
}
