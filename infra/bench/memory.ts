// What a process takes, as Linux counts it.
import { readFileSync } from 'node:fs';

/** Mebibytes: now (`VmRSS`), or the most there ever was (`VmHWM`); 0 for a process that has ended and waits to be noticed. */
export function residentMiB(pid: number, which: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${which}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
}
