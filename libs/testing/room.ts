// A disk that fills up, for one process: the limit that the system sets on how large a file it may write.
import { execFileSync } from 'node:child_process';

/**
 * From now on no file that this process or its later children write may grow beyond so many bytes; null lifts it. A write
 * beyond fails as on a full disk, with EFBIG in the place of ENOSPC, and needs neither rights nor a disk of its own.
 * Not for the process that runs tests: the signal that goes with it would end that one.
 */
export function leaveRoom(pid: number, bytes: number | null): void {
  execFileSync('prlimit', [`--pid=${pid}`, `--fsize=${bytes ?? 'unlimited'}:`]);
}
