// The launcher's state in the checkout: where everything lies, and what a launcher that was killed left running.
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { identify, isRunning } from './processes';
import type { ProcessIdentity } from './processes';

/** The paths under `.parley`. */
export function stateIn(root: string) {
  const at = (...names: string[]) => path.join(root, ...names);
  return {
    root,
    postgres: at('postgres'),
    temporalFile: at('temporal', 'temporal.sqlite'),
    inbox: at('inbox'),
    keys: at('keys'),
    logKeys: at('log-keys'),
    vault: at('vault'),
    scratch: at('scratch'),
    secrets: at('secrets.json'),
    adminToken: at('admin-token'),
    environment: at('env'),
    run: at('run.json'),
    lock: at('launcher.json'),
    log: (name: string) => at('logs', `${name}.log`),
  };
}

export type State = ReturnType<typeof stateIn>;

/** Makes the directory; others may pass through it (the system user of Postgres has to), but see nothing in it. */
export function makeStateDirectories(state: State): void {
  mkdirSync(state.root, { recursive: true });
  chmodSync(state.root, 0o711);
  for (const dir of [state.keys, state.vault, state.scratch])
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  mkdirSync(path.dirname(state.log('any')), { recursive: true, mode: 0o700 });
}

/** Removes everything but the lock. The data of Postgres may lie elsewhere: see removePostgresHome. */
export function emptyState(state: State): void {
  for (const name of readdirSync(state.root)) {
    const file = path.join(state.root, name);
    if (file !== state.lock) rmSync(file, { recursive: true, force: true });
  }
}

/** Writes a file that only this user may read, whole or not at all. */
export function writePrivately(file: string, text: string): void {
  const unfinished = `${file}.unfinished`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  renameSync(unfinished, file);
}

interface RunFile {
  readonly base?: number;
  readonly children: Readonly<Record<string, ProcessIdentity>>;
}

/** What is running, kept on disk so that the next launcher finds it even if this one is killed. */
export class RunRecord {
  private children: Record<string, ProcessIdentity> = {};
  private base: number | undefined;

  constructor(private readonly file: string) {}

  /** The children of an earlier launcher that are still running, by name. */
  static leftBehind(file: string): [name: string, identity: ProcessIdentity][] {
    return Object.entries(readRun(file).children).filter(([, identity]) => isRunning(identity));
  }

  /** Whether the earlier launcher was killed: one that stops in order leaves no child on record. */
  static wasCutOff(file: string): boolean {
    return Object.keys(readRun(file).children).length > 0;
  }

  /** The base port of the last run: links in mails that were sent then lead there. */
  static lastBase(file: string): number | undefined {
    return readRun(file).base;
  }

  takePorts(base: number): void {
    this.base = base;
    this.write();
  }

  started(name: string, pid: number): void {
    const identity = identify(pid);
    if (identity) this.children[name] = identity;
    this.write();
  }

  ended(name: string): void {
    delete this.children[name];
    this.write();
  }

  private write(): void {
    const run: RunFile = { ...(this.base === undefined ? {} : { base: this.base }), children: this.children };
    writePrivately(this.file, `${JSON.stringify(run, null, 2)}\n`);
  }
}

function readRun(file: string): RunFile {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunFile;
  } catch {
    return { children: {} };
  }
}
