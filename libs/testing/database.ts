// A fresh, migrated database for each test, copied from a template that the first test of a run makes.
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { migrate } from '#libs/ledger';

export type TestRole = 'OWNER' | 'API' | 'PORTAL' | 'WORKER' | 'COURIER' | 'AUDITOR';

export interface TestDatabase {
  /** The connection string of each role, and of the superuser. */
  readonly urls: Readonly<Record<TestRole, string>> & { readonly SUPERUSER: string };
  /** Runs one statement as the owner, or as another role. */
  query<T>(sql: string, parameters?: unknown[], as?: TestRole | 'SUPERUSER'): Promise<T[]>;
  /** From now on the database's clock is off by this PostgreSQL interval, for example `3 days` or `-1 hour`. */
  shiftClock(interval: string): Promise<void>;
  drop(): Promise<void>;
}

const SQL = path.join(__dirname, '..', 'ledger', 'sql');
const LOCK = 726_100;

/** Needs the test servers (see infra/dev/testing). `drop()` it when done. */
export async function aDatabase(): Promise<TestDatabase> {
  const superuser = fromEnvironment('PARLEY_TEST_PG');
  const template = await makeTemplate(superuser);
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asSuperuser(superuser, async (client) => {
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
      template,
    ]);
    await client.query(`create database ${name} template ${template} owner parley_owner`);
    await client.query(`revoke all on database ${name} from public`);
    await client.query(`grant connect on database ${name} to ${ROLE_NAMES.join(', ')}`);
    // Rights on the database are not copied with the template.
    await client.query(`grant temporary on database ${name} to parley_courier`);
  });
  return open(superuser, name);
}

const ROLE_NAMES = [
  'parley_api',
  'parley_portal',
  'parley_worker',
  'parley_courier',
  'parley_auditor',
] as const;

function open(superuser: string, name: string): TestDatabase {
  const roles = JSON.parse(fromEnvironment('PARLEY_TEST_ROLES')) as Record<TestRole, string>;
  const entries = Object.entries({ ...roles, SUPERUSER: superuser });
  const urls = Object.fromEntries(
    entries.map(([role, url]) => [role, inDatabase(url, name)]),
  ) as TestDatabase['urls'];
  const clients = new Map<string, Promise<Client>>();

  const connect = async (url: string): Promise<Client> => {
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  const query = async <T>(
    sql: string,
    parameters: unknown[] = [],
    as: TestRole | 'SUPERUSER' = 'OWNER',
  ): Promise<T[]> => {
    const client = clients.get(as) ?? connect(urls[as]);
    clients.set(as, client);
    return (await (await client).query(sql, parameters)).rows as T[];
  };

  return {
    urls,
    query,
    async shiftClock(interval) {
      await query(
        `create or replace function parley.wall_clock() returns timestamptz
           language sql volatile set search_path = parley, pg_temp
           as $$ select date_trunc('milliseconds', clock_timestamp() + interval '${interval.replaceAll("'", '')}') $$`,
      );
    },
    async drop() {
      for (const client of clients.values()) await (await client).end();
      await asSuperuser(superuser, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** One template per content of the migrations, whoever of the parallel test processes comes first. */
async function makeTemplate(superuser: string): Promise<string> {
  const name = `template_${digestOfMigrations()}`;
  await asSuperuser(superuser, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const found = await client.query('select 1 from pg_database where datname = $1 and datistemplate', [
      name,
    ]);
    if (found.rowCount) return;
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name} owner parley_owner`);
    await migrate(inDatabase(superuser, name));
    await client.query(`alter database ${name} with is_template true`);
  });
  return name;
}

function digestOfMigrations(): string {
  const hash = createHash('sha256');
  const files = readdirSync(SQL, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.sql'),
  );
  for (const file of files.sort()) hash.update(file).update(readFileSync(path.join(SQL, file)));
  return hash.digest('hex').slice(0, 12);
}

async function asSuperuser(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function inDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set: run integration tests through jest, which starts the servers.`);
  return value;
}
