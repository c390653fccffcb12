// One launcher per checkout: the lock, and the processes without which a launcher is to end.
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { commandOf, identify, isRunning, parentOf } from './processes';
import type { ProcessIdentity } from './processes';
import { until } from './waiting';

interface Holder {
  readonly launcher: ProcessIdentity;
  /** npm, its shell and the bootstrap: when one of them was killed, nobody watches the launcher any more. */
  readonly startedBy: readonly ProcessIdentity[];
}

const ORPHAN_GRACE_MS = 30_000;

/** Takes the lock or throws; gives the function that releases it. Waits for a launcher that is on its way out. */
export async function takeLock(file: string): Promise<() => void> {
  const mine: Holder = { launcher: identifyOrThrow(process.pid), startedBy: starters() };
  await until(() => Promise.resolve(attempt(file, mine)), {
    what: 'the last launcher to end',
    deadlineMs: ORPHAN_GRACE_MS,
    giveUpIf: () => refusal(file),
  });
  return () => rmSync(file, { force: true });
}

/** Calls `then` once a process that started this one is gone: a killed `npm start` takes everything with it. */
export function watchStarters(then: () => void): void {
  const watched = starters();
  const timer = setInterval(() => {
    if (watched.every(isRunning)) return;
    clearInterval(timer);
    then();
  }, 500);
  timer.unref();
}

const STARTER = /^npm\b|npm-cli|start\.mjs/;

function starters(): ProcessIdentity[] {
  const found: ProcessIdentity[] = [];
  for (let pid = parentOf(process.pid); pid !== undefined; pid = parentOf(pid)) {
    const identity = identify(pid);
    if (!identity || !STARTER.test(commandOf(pid) ?? '')) break;
    found.push(identity);
  }
  return found;
}

/** Links a finished file into place, which fails if there is one: nobody ever sees half a lock. */
function attempt(file: string, mine: Holder): void {
  const holder = readHolder(file);
  if (holder && !isRunning(holder.launcher)) rmSync(file, { force: true });
  const unlinked = `${file}.${process.pid}`;
  writeFileSync(unlinked, JSON.stringify(mine));
  try {
    linkSync(unlinked, file);
  } finally {
    rmSync(unlinked);
  }
}

/** A launcher that somebody still watches is not to be disturbed. */
function refusal(file: string): Error | undefined {
  const holder = readHolder(file);
  if (!holder || !isRunning(holder.launcher) || !holder.startedBy.every(isRunning)) return undefined;
  const { pid } = holder.launcher;
  return new Error(
    `Parley is already running from this checkout (process ${pid}). ` +
      `Use that one, or end it with Ctrl-C where it runs, or with \`kill ${pid}\`.`,
  );
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function identifyOrThrow(pid: number): ProcessIdentity {
  const identity = identify(pid);
  if (!identity) throw new Error('This system does not say when a process started (neither /proc nor `ps`)');
  return identity;
}
