// Private directories for plain text while one operation runs; removed when it ends, and at start if it never did.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { SCRATCH, translateDiskError } from '../objects/failures';
import { ensurePrivate } from '../objects/files';

/** Gives `work` a fresh directory that only this user may enter, and removes it whatever happens. */
export async function withScratch<T>(
  scratchDir: string,
  work: (directory: string) => Promise<T>,
): Promise<T> {
  await ensurePrivate(scratchDir);
  const owner = `${process.pid}-${await startOf(process.pid)}`;
  const directory = path.join(scratchDir, `${owner}-${randomBytes(8).toString('hex')}`);
  await mkdir(directory, { mode: 0o700 });
  try {
    return await work(directory);
  } catch (error) {
    throw translateDiskError(error, SCRATCH);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Removes what processes that no longer run left behind; those of running processes stay. */
export async function sweepScratch(scratchDir: string): Promise<number> {
  await ensurePrivate(scratchDir);
  let removed = 0;
  for (const name of await readdir(scratchDir)) {
    const [pid = '', started = ''] = name.split('-');
    if (started !== '' && (await startOf(Number(pid))) === started) continue;
    await rm(path.join(scratchDir, name), { recursive: true, force: true });
    removed += 1;
  }
  return removed;
}

/**
 * When a process started, as text; empty if it does not run. A process number alone would not do: in a restarted
 * container the new process often has the old one's number.
 */
async function startOf(pid: number): Promise<string> {
  if (process.platform !== 'linux') return isRunning(pid) ? 'running' : '';
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field is the command in brackets and may hold spaces; the start time is field 22.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
