// The embedded Postgres survives what happens to launchers: being killed, being started twice, keeping roles.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { anyFreePort } from './ports';
import { startPostgres } from './postgres';
import type { RunningPostgres } from './postgres';
import { removePostgresHome } from './postgres-home';
import { isAlive } from './processes';
import { createRoles, ROLES } from './roles';

jest.setTimeout(60_000);

const parent = mkdtempSync(path.join(tmpdir(), 'parley-postgres-'));
const dir = path.join(parent, 'postgres');
const logFile = path.join(parent, 'postgres.log');
let server: RunningPostgres;

async function query<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  server = await startPostgres({ dir, port: await anyFreePort(), logFile });
});

afterAll(async () => {
  await server.stop();
  removePostgresHome(dir);
  rmSync(parent, { recursive: true });
});

it('keeps its password to this user, and takes no other', async () => {
  expect(statSync(path.join(dir, 'superuser-password')).mode & 0o777).toBe(0o600);
  const wrong = server.superuserUrl.replace(/:[^:@]+@/, ':wrong@');
  await expect(query(wrong, 'select 1')).rejects.toThrow(/password authentication failed/);
});

it('listens on this machine only', async () => {
  const [row] = await query<{ listen_addresses: string }>(server.superuserUrl, 'show listen_addresses');
  expect(row?.listen_addresses).toBe('127.0.0.1');
});

it('is adopted by the next launcher, when a killed one left it running', async () => {
  await query(server.superuserUrl, 'create table kept (word text); insert into kept values ($$still here$$)');
  const again = await startPostgres({ dir, port: server.port, logFile });
  expect(again.wasAdopted).toBe(true);
  expect(again.pid).toBe(server.pid);
});

it('is started anew on another port, when that is what the next launcher wants', async () => {
  const earlier = server;
  server = await startPostgres({ dir, port: await anyFreePort(), logFile });
  expect(isAlive(earlier.pid)).toBe(false);
  expect(await query(server.superuserUrl, 'table kept')).toEqual([{ word: 'still here' }]);
});

it('comes back with everything committed after kill -9', async () => {
  const idle = new Client({ connectionString: server.superuserUrl });
  idle.on('error', () => undefined);
  await idle.connect();
  process.kill(server.pid, 'SIGKILL');
  server = await startPostgres({ dir, port: server.port, logFile });
  expect(server.wasAdopted).toBe(false);
  expect(await query(server.superuserUrl, 'table kept')).toEqual([{ word: 'still here' }]);
});

it('makes the database and its roles, and doing so again keeps their passwords', async () => {
  const options = { database: 'parley', secretsFile: path.join(parent, 'secrets.json') };
  const first = await createRoles(server.superuserUrl, options);
  expect(await createRoles(server.superuserUrl, options)).toEqual(first);
  expect(statSync(options.secretsFile).mode & 0o777).toBe(0o600);
  expect(readFileSync(options.secretsFile, 'utf8')).not.toContain('superuser');
  const [row] = await query<{ current_user: string }>(first.PORTAL, 'select current_user');
  expect(row?.current_user).toBe('parley_portal');
  await expect(query(first.PORTAL, 'create table public.mine ()')).rejects.toThrow(/permission denied/);
});

it('lets a role that may make roles and databases set it all up, on a server that is somebody’s own', async () => {
  const can = 'login createrole createdb password $$theirs$$';
  await query(server.superuserUrl, 'drop database parley');
  await query(server.superuserUrl, `create role administrator ${can}`);
  for (const role of Object.values(ROLES)) await query(server.superuserUrl, `drop role ${role}`);
  const theirs = new URL(server.superuserUrl);
  [theirs.username, theirs.password] = ['administrator', 'theirs'];
  const options = { database: 'parley', secretsFile: path.join(parent, 'their-secrets.json') };
  const first = await createRoles(theirs.href, options);
  expect(await createRoles(theirs.href, options)).toEqual(first);
  await query(first.OWNER, 'create table parley.made_by_owner ()');
});
