// A newcomer's terminal: `npm start` in a checkout of its own, what it says, Ctrl-C, and what is left running after it.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { Client } from 'pg';
import { copyCheckout, removeCheckout } from '../dev/testing/checkout';
import { endProcess } from '../dev/processes';
import { until } from '../dev/waiting';

const PATIENCE_MS = 180_000;

/** An entry of the ledger, as its place and the digest of its text. */
export type Kept = `${string}/${number} ${string}`;

/** A copy of the checkout, and what its launcher leaves in `.parley`. */
export class Checkout {
  readonly root = copyCheckout(path.resolve(__dirname, '..', '..'));

  inState(...names: string[]): string {
    return path.join(this.root, '.parley', ...names);
  }

  /** What the launcher's child of this name has said. */
  log(name: string): string {
    return readFileSync(this.inState('logs', `${name}.log`), 'utf8');
  }

  get settings(): Readonly<Record<string, string | undefined>> {
    return parseEnv(readFileSync(this.inState('env'), 'utf8'));
  }

  /** The launcher's children by the names it gives them. */
  children(): Record<string, number> {
    const { children } = JSON.parse(readFileSync(this.inState('run.json'), 'utf8')) as {
      children: Record<string, { pid: number }>;
    };
    return Object.fromEntries(Object.entries(children).map(([name, { pid }]) => [name, pid]));
  }

  /** Everything in the ledger, read as an auditor reads it. */
  async ledger(): Promise<Kept[]> {
    const client = new Client({ connectionString: this.settings.AUDITOR_DATABASE_URL ?? '' });
    await client.connect();
    try {
      const sql = 'select stream, version, hash from parley.events order by at, stream, version';
      const { rows } = await client.query<{ stream: string; version: number; hash: string }>(sql);
      return rows.map(({ stream, version, hash }): Kept => `${stream}/${version} ${hash}`);
    } finally {
      await client.end();
    }
  }

  /** The numbers and command lines of all processes that were started from here or work on what is kept here. */
  running(): [pid: number, command: string][] {
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return all.flatMap((pid): [number, string][] => {
      const [command, settings] = [told(pid, 'cmdline'), told(pid, 'environ')];
      return command !== '' && `${command}${settings}`.includes(this.root) ? [[Number(pid), command]] : [];
    });
  }

  /** Ends whatever a failed test has left, and removes the copy. */
  async remove(): Promise<void> {
    await Promise.all(this.running().map(([pid]) => endProcess(pid, 'SIGKILL', 0)));
    removeCheckout(this.root);
  }
}

/** Empty for processes that are gone, and for those of others. */
function told(pid: string, what: 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

/** One `npm start`, in a process group of its own as in a terminal. */
export class Terminal {
  /** Everything on the screen so far. */
  screen = '';
  /** The exit code, or the name of the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  private readonly npm: ChildProcess;

  /** `servers`: somebody's own, by the variables that name them. */
  constructor({ root }: Checkout, flags: string[], servers: Readonly<Record<string, string>> = {}) {
    const { PATH = '', HOME = '' } = process.env;
    this.npm = spawn('npm', ['start', '--', ...flags], {
      cwd: root,
      env: { PATH, HOME, ...servers },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [this.npm.stdout, this.npm.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.screen += text));
    this.ended = new Promise((resolve) => this.npm.once('close', (code, signal) => resolve(code ?? signal)));
  }

  /** Resolves once this stands on the screen, and fails if it ends before. */
  async says(words: string | RegExp): Promise<void> {
    const look = () => (this.has(words) ? Promise.resolve() : Promise.reject(new Error(this.screen)));
    const hasEnded = () => this.npm.exitCode !== null && !this.has(words);
    await until(look, {
      what: `"${String(words)}"`,
      deadlineMs: PATIENCE_MS,
      giveUpIf: () => (hasEnded() ? new Error(`It ended:\n${this.screen}`) : undefined),
    });
  }

  /** Fails with the screen when it ends in another way than one of these. */
  async endsWith(...codes: (number | NodeJS.Signals)[]): Promise<void> {
    const ended = await this.ended;
    if (ended === null || !codes.includes(ended)) throw new Error(`It ended with ${ended}:\n${this.screen}`);
  }

  private has(words: string | RegExp): boolean {
    return typeof words === 'string' ? this.screen.includes(words) : words.test(this.screen);
  }

  /** A terminal sends Ctrl-C to every process of the group; so is a signal that nobody can be spared. */
  send(signal: NodeJS.Signals): void {
    if (this.npm.pid) process.kill(-this.npm.pid, signal);
  }
}
