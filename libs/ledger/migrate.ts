// Brings a database to the present schema: roles where they are missing, the ledger's SQL in order, BullMQ's own schema.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runMigrations as runJobMigrations } from 'bullmq';
import { Client, escapeIdentifier } from 'pg';
import { DataSource } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rebuildAll } from './views/anew';

export const PROCESS_ROLES = [
  'parley_api',
  'parley_portal',
  'parley_worker',
  'parley_courier',
  'parley_auditor',
] as const;
const OWNER = 'parley_owner';
const COURIER = 'parley_courier';
const JOBS_SCHEMA = 'parley_jobs';

const SQL_DIRECTORY = path.join(__dirname, 'sql');
/** Migrations run in the order of their file names; this keeps TypeORM's names in the same order. */
const FIRST_TIMESTAMP = 1700000000000;

type MigrationClass = new () => MigrationInterface;

/** One migration class per file of `sql/`, in order. Files are append-only once released: change nothing, add another. */
export function migrationClasses(): MigrationClass[] {
  return readdirSync(SQL_DIRECTORY)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map(migrationOf);
}

function migrationOf(file: string, index: number): MigrationClass {
  return class implements MigrationInterface {
    readonly name = `${path.basename(file, '.sql')}_${FIRST_TIMESTAMP + index}`;

    async up(runner: QueryRunner): Promise<void> {
      // A function may call one that a later file defines.
      await runner.query('set local check_function_bodies = off');
      await runner.query(readFileSync(path.join(SQL_DIRECTORY, file), 'utf8'));
    }

    down(): Promise<void> {
      return Promise.reject(new Error(`${file} cannot be undone: what was recorded stays recorded.`));
    }
  };
}

/** `ownerUrl`: the URL of parley_owner, or of a superuser. Doing it again changes nothing. */
export async function migrate(ownerUrl: string): Promise<void> {
  await prepare(ownerUrl);
  const url = new URL(ownerUrl);
  if (!(await isOwner(ownerUrl))) url.searchParams.set('options', `-c role=${OWNER}`);
  const dataSource = new DataSource({
    type: 'postgres',
    url: url.href,
    schema: 'parley',
    installExtensions: false,
    migrations: migrationClasses(),
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'all',
    logging: false,
  });
  await dataSource.initialize();
  try {
    const applied = await dataSource.runMigrations();
    if (applied.length > 0) await rebuildAll(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

async function isOwner(url: string): Promise<boolean> {
  return connected(url, async (client) => {
    const { rows } = await client.query<{ owner: boolean }>('select current_user = $1 as owner', [OWNER]);
    return rows[0]?.owner ?? false;
  });
}

/** Roles and schemas are normally made by whoever sets the database up; here only what is missing. */
async function prepare(ownerUrl: string): Promise<void> {
  await connected(ownerUrl, async (client) => {
    // Two processes may start at once on an empty database.
    await client.query('select pg_advisory_lock(7261)');
    await createMissingRoles(client);
    await createSchemas(client);
    await migrateJobs(client);
  });
}

async function createMissingRoles(client: Client): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles');
  const present = new Set(rows.map((row) => row.rolname));
  for (const role of [OWNER, ...PROCESS_ROLES].filter((name) => !present.has(name))) {
    try {
      await client.query(`create role ${role} nologin`);
    } catch (cause) {
      const advice = "Create it as a superuser, or run the migrations with a superuser's URL.";
      throw new Error(`The database role ${role} does not exist and may not be created here. ${advice}`, {
        cause,
      });
    }
  }
}

async function createSchemas(client: Client): Promise<void> {
  const { rows } = await client.query<{ nspname: string }>('select nspname from pg_namespace');
  const present = new Set(rows.map((row) => row.nspname));
  if (!present.has('parley')) await client.query(`create schema parley authorization ${OWNER}`);
  if (!present.has(JOBS_SCHEMA)) await client.query(`create schema ${JOBS_SCHEMA} authorization ${COURIER}`);
}

/** BullMQ's migrator insists on `create schema if not exists`, for which its role needs CREATE on the database a moment. */
async function migrateJobs(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  const database = escapeIdentifier(rows[0]?.name ?? '');
  await client.query(`grant create on database ${database} to ${COURIER}`);
  try {
    await client.query(`set role ${COURIER}`);
    await runJobMigrations(client, JOBS_SCHEMA);
  } finally {
    await client.query('reset role');
    // BullMQ passes jobs through a temporary table.
    await client.query(`grant temporary on database ${database} to ${COURIER}`);
    await client.query(`revoke create on database ${database} from ${COURIER}`);
  }
}

async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
