// Looking at and ending operating system processes that this process may not have started itself.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { until } from './waiting';

/** A process, told apart from a later one that got the same number by when it started. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startedAt: string;
}

const hasProc = existsSync('/proc/self/stat');

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it exists and belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !isZombie(pid);
}

/** A process that ended but whose parent has not asked how: it holds nothing any more. */
function isZombie(pid: number): boolean {
  return hasProc && statFields(pid)?.[0] === 'Z';
}

/** The fields of /proc/<pid>/stat after the name, which may itself hold spaces and brackets. */
function statFields(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

const PARENT_FIELD = 1;
const START_TIME_FIELD = 19;

/** When a process started, in whatever form this system tells it; undefined when there is no such process. */
export function startTimeOf(pid: number): string | undefined {
  if (hasProc) return statFields(pid)?.[START_TIME_FIELD];
  return ps(pid, 'lstart=');
}

/** The command line of a process, or undefined when there is none or it may not be seen. */
export function commandOf(pid: number): string | undefined {
  if (!hasProc) return ps(pid, 'command=');
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return undefined;
  }
}

/** The process that started this one. */
export function parentOf(pid: number): number | undefined {
  const parent = Number(hasProc ? statFields(pid)?.[PARENT_FIELD] : ps(pid, 'ppid='));
  return parent > 0 ? parent : undefined;
}

function ps(pid: number, column: string): string | undefined {
  try {
    return execFileSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

export function identify(pid: number): ProcessIdentity | undefined {
  const startedAt = startTimeOf(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Whether exactly this process is still running, rather than another under its number. */
export function isRunning(identity: ProcessIdentity): boolean {
  return isAlive(identity.pid) && startTimeOf(identity.pid) === identity.startedAt;
}

const WATCH_MS = 500;

/** Resolves when a process is no longer there: for those that are not our children, which the system tells us nothing of. */
export function whenGone(pid: number): Promise<void> {
  const identity = identify(pid);
  return new Promise((resolve) => {
    const look = () => {
      if (identity && isRunning(identity)) return;
      clearInterval(timer);
      resolve();
    };
    const timer = setInterval(look, WATCH_MS);
    timer.unref();
  });
}

/**
 * Asks a process to end with `signal`, and kills it when it has not done so in `graceMs`.
 * Resolves once it is gone; says whether it went by itself.
 */
export async function endProcess(pid: number, signal: NodeJS.Signals, graceMs: number): Promise<boolean> {
  const identity = identify(pid);
  if (!identity || !isRunning(identity)) return true;
  send(pid, signal);
  try {
    await gone(identity, graceMs);
    return true;
  } catch {
    send(pid, 'SIGKILL');
    await gone(identity, 5_000);
    return false;
  }
}

function gone(identity: ProcessIdentity, deadlineMs: number): Promise<void> {
  const check = () =>
    isRunning(identity) ? Promise.reject(new Error('it is still running')) : Promise.resolve();
  return until(check, { what: `process ${identity.pid} to end`, deadlineMs });
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in the meantime, which is what was wanted.
  }
}
