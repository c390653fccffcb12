// Memory of a process that handles data, limited from outside: by what it really takes, wherever in it that lies.
import type { ChildProcess } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';

const WATCH_EVERY_MS = 100;

/**
 * Calls `onOverrun` as often as `child` is found to take more than `limitMb` megabytes of resident memory, until what is
 * returned is called. V8's own limit sees its heap only: typed arrays and what native code takes lie outside of it. An address space limit
 * (`ulimit -v`) would not do: V8 reserves gigabytes it never uses, as many as it can get.
 * Only where the system says how large a process is (Linux).
 */
export function limitMemory(child: ChildProcess, limitMb: number, onOverrun: () => void): () => void {
  if (process.platform === 'linux' && child.pid !== undefined) {
    // If the machine runs out of memory, the kernel is to end this process first and never its parent.
    void writeFile(`/proc/${child.pid}/oom_score_adj`, '1000').catch(() => undefined);
  }
  const weigh = async () => {
    if ((await residentMb(child.pid)) > limitMb) onOverrun();
  };
  const watch = setInterval(() => void weigh(), WATCH_EVERY_MS).unref();
  return () => clearInterval(watch);
}

/** Resident megabytes of a process; 0 where the system does not say, or the process is gone. */
async function residentMb(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}
