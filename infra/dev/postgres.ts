// Runs an embedded Postgres 18 on this machine: initialised on first use, adopted when a dead launcher left it running.
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { logSize, logTail, withLogFile } from './log-files';
import { postgresBinaries } from './postgres-binaries';
import type { PostgresBinaries } from './postgres-binaries';
import { postgresHome } from './postgres-home';
import { commandOf, endProcess, isAlive, whenGone } from './processes';
import { endOf, noteEnd } from './running';
import type { Running } from './running';
import { until } from './waiting';

export interface PostgresOptions {
  /** The state directory; the data lies in it, or elsewhere if the system user Postgres runs as cannot reach it. */
  readonly dir: string;
  /** The TCP port on 127.0.0.1. */
  readonly port: number;
  readonly logFile: string;
  /** Forget everything on a power cut: for tests, which begin anew anyway. */
  readonly isDisposable?: boolean;
}

export interface RunningPostgres extends Running {
  readonly superuserUrl: string;
  readonly port: number;
  /** Whether it was already running when we came. */
  readonly wasAdopted: boolean;
}

interface Cluster extends PostgresOptions {
  readonly binaries: PostgresBinaries;
  readonly home: string;
  readonly data: string;
  readonly password: string;
}

const SUPERUSER = 'postgres';
const START_DEADLINE_MS = 30_000;
const STOP_GRACE_MS = 20_000;

/** Starts, or adopts, the Postgres of `options.dir`, and resolves when it answers. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const cluster = await openCluster(options);
  const left = await findLeftRunning(cluster);
  if (left && left.port === options.port) {
    const ended = whenGone(left.pid).then(() => 'it is gone');
    return { ...running(cluster, left.pid), ended, wasAdopted: true };
  }
  if (left) await stopPostmaster(left.pid);
  const { pid, ended } = await launch(cluster);
  return { ...running(cluster, pid), ended, wasAdopted: false };
}

/** Stops whatever Postgres runs on the data of `dir`, without having started it. */
export async function stopLeftPostgres(dir: string): Promise<void> {
  if (!existsSync(dir)) return;
  const left = postmasterOf(path.join(postgresHome(dir, postgresBinaries().user), 'data'));
  if (left) await stopPostmaster(left.pid);
}

async function openCluster(options: PostgresOptions): Promise<Cluster> {
  const binaries = postgresBinaries();
  const home = postgresHome(options.dir, binaries.user);
  const data = path.join(home, 'data');
  const passwordFile = path.join(options.dir, 'superuser-password');
  if (!existsSync(data)) writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  const cluster = { ...options, binaries, home, data, password: readFileSync(passwordFile, 'utf8') };
  if (!existsSync(data)) await initialise(cluster);
  return cluster;
}

/** Makes the data directory under another name first: a half-made one is never mistaken for a cluster. */
async function initialise({ binaries, home, data, password }: Cluster): Promise<void> {
  const unfinished = path.join(home, 'data.unfinished');
  const passwordFile = path.join(home, 'initdb-password');
  rmSync(unfinished, { recursive: true, force: true });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const user = binaries.user;
  if (user) {
    chownSync(home, user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = [`--username=${SUPERUSER}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  try {
    await promisify(execFile)(
      binaries.initdb,
      ['-D', unfinished, ...access, ...locale],
      surroundings(home, user),
    );
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error(`initdb could not make a database in ${home}: ${stderr?.trim()}`, { cause: error });
  } finally {
    rmSync(passwordFile);
  }
  renameSync(unfinished, data);
}

/** Nothing of our own environment reaches Postgres: a PGPORT or a locale there would change what it does. */
function surroundings(home: string, user: PostgresBinaries['user']) {
  return { cwd: home, env: { HOME: home, PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C' }, ...user };
}

/** The process that the data directory names, if it really is a Postgres on that very directory. */
function postmasterOf(data: string): { pid: number; port: number } | undefined {
  let lines: string[];
  try {
    lines = readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  // The number may have gone to another process since.
  const command = commandOf(pid) ?? '';
  if (!isAlive(pid) || !command.includes('postgres') || !command.includes(data)) return undefined;
  return { pid, port };
}

/** Left by a launcher that was killed; it may still be recovering, or be about to end. */
async function findLeftRunning(cluster: Cluster): Promise<{ pid: number; port: number } | undefined> {
  const found = postmasterOf(cluster.data);
  if (!found) return undefined;
  const hasEnded = () => (isAlive(found.pid) ? undefined : new Error('it ended'));
  try {
    await until(() => checkAnswers(cluster, found.port), {
      what: `the Postgres that is already running (process ${found.pid})`,
      deadlineMs: START_DEADLINE_MS,
      giveUpIf: hasEnded,
    });
    return found;
  } catch (error) {
    if (hasEnded()) return undefined;
    throw error;
  }
}

/** Connects as superuser and makes sure that the server serves our data, and not someone else's on the same port. */
async function checkAnswers(cluster: Cluster, port: number): Promise<void> {
  const client = new Client({ connectionString: urlOf(cluster, port), connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    if (rows[0]?.data_directory !== cluster.data) throw new Error(`port ${port} is another Postgres's`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function urlOf({ password }: Cluster, port: number): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
}

/** What the server says while the one before it, killed a moment ago, still has processes of its own. */
const STILL_OCCUPIED = /lock file "postmaster\.pid" already exists|shared memory block .* still in use/;
const OCCUPIED_DEADLINE_MS = 10_000;

async function launch(cluster: Cluster): Promise<Pick<Running, 'pid' | 'ended'>> {
  const deadline = Date.now() + OCCUPIED_DEADLINE_MS;
  for (;;) {
    const before = logSize(cluster.logFile);
    try {
      return await attemptLaunch(cluster);
    } catch (error) {
      const said = logTail(cluster.logFile, before);
      if (!STILL_OCCUPIED.test(said) || Date.now() > deadline) {
        throw new Error(`Postgres did not start on port ${cluster.port}. It said:\n${said}`, {
          cause: error,
        });
      }
    }
  }
}

async function attemptLaunch(cluster: Cluster): Promise<Pick<Running, 'pid' | 'ended'>> {
  const { binaries, home, logFile } = cluster;
  const child = withLogFile(logFile, (log) =>
    spawn(binaries.postgres, serverArguments(cluster), {
      ...surroundings(home, binaries.user),
      stdio: ['ignore', log, log],
      // In a group of its own, so that Ctrl-C in the terminal reaches the launcher only, which stops things in order.
      detached: true,
    }),
  );
  const ended = endOf(child);
  await until(() => checkAnswers(cluster, cluster.port), {
    what: 'Postgres to answer',
    deadlineMs: START_DEADLINE_MS,
    giveUpIf: noteEnd(ended),
  });
  child.unref();
  return { pid: child.pid ?? 0, ended };
}

function serverArguments({ data, port, isDisposable }: Cluster): string[] {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'timezone=UTC',
    'log_timezone=UTC',
    ...(isDisposable ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []),
  ];
  return ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
}

function running(cluster: Cluster, pid: number) {
  const { port } = cluster;
  return { superuserUrl: urlOf(cluster, port), port, pid, stop: () => stopPostmaster(pid) };
}

/** SIGINT is Postgres's fast shutdown: clients are disconnected, nothing committed is lost. */
async function stopPostmaster(pid: number): Promise<void> {
  await endProcess(pid, 'SIGINT', STOP_GRACE_MS);
}
