// Parley's own processes, as the launcher runs them: who gets which role, port and task queue.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import type { ProcessKind } from '#libs/config';
import { runProgram, startServer } from './node-process';
import type { RoleName } from './roles';
import type { Launch } from './servers';
import { environmentOf } from './settings';
import type { Settings } from './settings';
import { writePrivately } from './state';
import type { State } from './state';

interface App {
  readonly kind: ProcessKind;
  readonly role: RoleName;
  readonly more?: Settings;
}

/** By the name of its port. */
export const APPS = {
  api: { kind: 'api', role: 'API' },
  portal: { kind: 'portal', role: 'PORTAL' },
  worker: { kind: 'worker', role: 'WORKER', more: { WORKER_QUEUES: 'default' } },
  analysis: { kind: 'worker', role: 'WORKER', more: { WORKER_QUEUES: 'analysis' } },
  courier: { kind: 'courier', role: 'COURIER' },
} as const satisfies Record<string, App>;

export type AppName = keyof typeof APPS;

/** What is stopped together, and in which order: nobody is left working for someone who is gone. */
export const STOP_ORDER = [
  ['courier', 'worker', 'analysis', 'api', 'portal'],
  ['inbox', 'temporal', 'sign-in'],
  ['postgres'],
] as const;

const DIST = path.resolve(__dirname, '..', '..');
const mainOf = (...folder: string[]) => path.join(DIST, ...folder, 'main.js');

/** Starts one of the processes, to be ready when this resolves. */
export async function startApp({ state, ports, supervisor }: Launch, name: AppName, settings: Settings) {
  const { kind, role, more }: App = APPS[name];
  const url = `http://127.0.0.1:${ports[name]}`;
  const environment = { ...environmentOf(kind, role, settings), PORT: String(ports[name]), ...more };
  const server = { name, script: mainOf('apps', kind), environment, logFile: state.log(name), url };
  await supervisor.start({ name, start: (onSpawn) => startServer(server, onSpawn) });
  return { shown: url };
}

/** Brings the database up to date with this version of Parley. */
export async function migrate(state: State, settings: Settings): Promise<void> {
  await runCli(state, settings, ['migrate']);
}

/** Makes the key of the transparency log, once; it stays outside the database. */
export async function makeLogKey(state: State, settings: Settings): Promise<void> {
  if (existsSync(state.logKeys)) return;
  if (await holdsEntries(settings.OWNER_DATABASE_URL ?? ''))
    throw new Error(
      `The database holds what a Parley recorded whose keys are not in ${state.root}: with new ones every gate would stay ` +
        'closed. Put log-keys/ and keys/ back from where they are kept, or name an empty database in DATABASE_URL.',
    );
  await runCli(state, settings, ['log-key', '--origin', 'parley.example/log']);
}

async function holdsEntries(ownerUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from parley.streams limit 1');
    return rowCount === 1;
  } finally {
    await client.end();
  }
}

export const ADMINISTRATOR = 'admin@parley.example';

/** Makes the first administrator, once, and keeps their API token where only this user can read it. */
export async function makeAdministrator(state: State, settings: Settings): Promise<void> {
  if (existsSync(state.adminToken)) return;
  const printed = await runCli(state, settings, ['init', '--email', ADMINISTRATOR, '--print-token']);
  const token = printed.trim().split('\n').at(-1) ?? '';
  if (token === '') throw new Error('`parley init --print-token` printed no token');
  writePrivately(state.adminToken, `${token}\n`);
}

function runCli(state: State, settings: Settings, args: readonly string[]): Promise<string> {
  const environment = environmentOf('cli', 'OWNER', settings);
  return runProgram(
    { name: `parley ${args[0]}`, script: mainOf('apps', 'cli'), environment, logFile: state.log('cli') },
    args,
  );
}

export const DEMONSTRATION = mainOf('infra', 'demo');
