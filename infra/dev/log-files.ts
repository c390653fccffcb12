// The log file of one child process: appended to by the child, quoted from when it fails to start.
import { closeSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** Opens `file` for appending and hands the descriptor to `use`, which passes it to a child. */
export function withLogFile<T>(file: string, use: (descriptor: number) => T): T {
  mkdirSync(path.dirname(file), { recursive: true });
  const descriptor = openSync(file, 'a', 0o600);
  try {
    return use(descriptor);
  } finally {
    // The child holds its own copy of the descriptor.
    closeSync(descriptor);
  }
}

/** The size of a log now, to quote later only what came after. */
export function logSize(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** The last lines written to `file` after byte `from`. */
export function logTail(file: string, from = 0, lines = 8): string {
  try {
    return readFileSync(file).subarray(from).toString('utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}
