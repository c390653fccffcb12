// The whole product as a newcomer has it: the launcher as a process of its own, its state in a directory of its own.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { Client } from 'pg';
import { CAST } from '../demo/cast';
import { Memory } from '../demo/memory';
import { Report } from '../demo/report';
import { Tour } from '../demo/tour';
import type { Ending, Places } from '../demo/tour';
import { removePostgresHome } from '../dev/postgres-home';
import { choosePorts } from '../dev/ports';
import { until } from '../dev/waiting';

const CHECKOUT = path.resolve(__dirname, '..', '..');
const LAUNCHER = path.join(CHECKOUT, 'dist', 'infra', 'dev', 'up.js');
const READY_MS = 150_000;
const STOPPED_MS = 60_000;

interface TourOptions {
  readonly report?: Report;
  readonly ending?: Ending;
}

export type Settings = Readonly<Record<string, string>>;

export class Product {
  readonly state = mkdtempSync(path.join(tmpdir(), 'parley-e2e-'));
  private launcher: ChildProcess | undefined;
  private said = '';
  private base: number | undefined;

  static async start(): Promise<Product> {
    const product = new Product();
    await product.start();
    return product;
  }

  /** Starts it, for the first time or again, and resolves once every process is ready. */
  async start(): Promise<void> {
    this.base ??= await freeBase();
    this.said = '';
    const args = ['--enable-source-maps', LAUNCHER, '--no-demo', '--ports', String(this.base)];
    const { PATH = '', HOME = '' } = process.env;
    const launcher = spawn(process.execPath, args, {
      env: { PATH, HOME, PARLEY_STATE_DIR: this.state, LOG_LEVEL: 'debug' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.launcher = launcher;
    for (const stream of [launcher.stdout, launcher.stderr])
      stream.on('data', (text) => (this.said += String(text)));
    await until(() => Promise.resolve(this.checkReady()), {
      what: 'the product to be ready',
      deadlineMs: READY_MS,
      giveUpIf: () =>
        launcher.exitCode === null ? undefined : new Error(`the launcher ended:\n${this.said}`),
    });
  }

  private checkReady(): void {
    if (!this.said.includes('Ctrl-C stops everything')) throw new Error(this.said.slice(-2_000));
  }

  /** As Ctrl-C does it: everything in order. */
  async stop(): Promise<void> {
    const launcher = this.launcher;
    if (!launcher || launcher.exitCode !== null) return;
    const ended = new Promise((resolve) => launcher.once('exit', resolve));
    launcher.kill('SIGTERM');
    const late = setTimeout(() => launcher.kill('SIGKILL'), STOPPED_MS);
    await ended;
    clearTimeout(late);
  }

  /** Stops it and removes everything. */
  async remove(): Promise<void> {
    await this.stop();
    removePostgresHome(path.join(this.state, 'postgres'));
    rmSync(this.state, { recursive: true, force: true });
  }

  /** Wipes Temporal as a lost disk would, while nothing runs. */
  wipeTemporal(): void {
    rmSync(path.join(this.state, 'temporal'), { recursive: true, force: true });
  }

  get settings(): Settings {
    return parseEnv(readFileSync(path.join(this.state, 'env'), 'utf8')) as Settings;
  }

  /** The process of a part, by the name the launcher gives it; parts are started again under new numbers. */
  pidOf(name: string): number | undefined {
    const run = JSON.parse(readFileSync(path.join(this.state, 'run.json'), 'utf8')) as {
      children: Record<string, { pid: number } | undefined>;
    };
    return run.children[name]?.pid;
  }

  /** @returns whether there was such a process. */
  signal(name: string, signal: NodeJS.Signals): boolean {
    const pid = this.pidOf(name);
    if (pid === undefined) return false;
    try {
      process.kill(pid, signal);
      return true;
    } catch {
      return false;
    }
  }

  /** Everything that all processes have logged. */
  logs(): Record<string, string> {
    const directory = path.join(this.state, 'logs');
    return Object.fromEntries(
      readdirSync(directory).map((name) => [name, readFileSync(path.join(directory, name), 'utf8')]),
    );
  }

  /** Where everything is, as the launcher's settings say. */
  places(): Places {
    const { settings } = this;
    return {
      api: settings.API_URL ?? '',
      inbox: settings.INBOX_URL ?? '',
      administratorToken: readFileSync(path.join(this.state, 'admin-token'), 'utf8').trim(),
      data: path.join(CHECKOUT, 'infra', 'demo', 'data', 'lalonde.csv'),
      cli: path.join(CHECKOUT, 'dist', 'apps', 'cli', 'main.js'),
    };
  }

  /** What a demonstration or a story of this name remembers. */
  memory(name: string): Memory {
    return Memory.at(path.join(this.state, `${name}.json`));
  }

  /** A demonstration of its own, in a programme of its own. */
  tour(
    name: string,
    { report = new Report(() => undefined), ending = { once: true } }: TourOptions = {},
  ): Tour {
    return new Tour(this.places(), this.memory(name), report, ending, CAST);
  }

  /** Runs one statement in the product's database, as the role named. */
  async query<T>(sql: string, parameters: unknown[] = [], role = 'OWNER'): Promise<T[]> {
    const client = new Client({ connectionString: this.settings[`${role}_DATABASE_URL`] ?? '' });
    await client.connect();
    try {
      return (await client.query(sql, parameters)).rows as T[];
    } finally {
      await client.end();
    }
  }
}

/** Tests that run side by side keep apart from each other, and from a product that somebody runs here. */
async function freeBase(): Promise<number> {
  const own = 21_000 + 500 * Number(process.env.JEST_WORKER_ID ?? 0);
  return (await choosePorts(undefined, own)).api;
}
