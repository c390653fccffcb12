// Brings a database to the present schema: roles where they are missing, the ledger's tables and functions, BullMQ's own schema.
//
// There are two kinds of files. Those of `sql/tables` change what is kept: each is applied once, in order, and never changed after
// a release. Those of `sql/functions` say what is done with it: each is applied again whenever its content has changed, so that a
// rule stands in one place, in its present form. Both are applied in one transaction; a fault leaves the ledger as it was.
import { runMigrations as runJobMigrations } from 'bullmq';
import { Client, escapeIdentifier } from 'pg';
import { DataSource } from 'typeorm';
import type { QueryRunner } from 'typeorm';
import {
  applyFunctions,
  applyTables,
  SCHEMA_DIRECTORY,
  tableMigrationNames,
  tableMigrations,
} from './schema';
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
/** Of processes that start at once, one migrates and the others find it done. */
const LOCK = 7261;

/** `ownerUrl`: the URL of parley_owner, or of a superuser. Doing it again changes nothing. `directory`: where the files lie. */
export async function migrate(ownerUrl: string, directory = SCHEMA_DIRECTORY): Promise<void> {
  await prepare(ownerUrl, directory);
  const url = new URL(ownerUrl);
  if (!(await isOwner(ownerUrl))) url.searchParams.set('options', `-c role=${OWNER}`);
  const dataSource = new DataSource({
    type: 'postgres',
    url: url.href,
    schema: 'parley',
    installExtensions: false,
    migrations: tableMigrations(directory),
    migrationsTableName: 'migrations',
    logging: false,
  });
  await dataSource.initialize();
  try {
    const hasChanged = await inTransaction(dataSource, async (runner) => {
      const hasTables = await applyTables(dataSource, runner, directory);
      return (await applyFunctions(runner, directory)) || hasTables;
    });
    if (hasChanged) await rebuildAll(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

async function inTransaction<T>(
  dataSource: DataSource,
  work: (runner: QueryRunner) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    await runner.query('select pg_advisory_xact_lock($1)', [LOCK]);
    const result = await work(runner);
    await runner.commitTransaction();
    return result;
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  } finally {
    await runner.release();
  }
}

async function isOwner(url: string): Promise<boolean> {
  return connected(url, async (client) => {
    const { rows } = await client.query<{ owner: boolean }>('select current_user = $1 as owner', [OWNER]);
    return rows[0]?.owner ?? false;
  });
}

/** Roles and schemas are normally made by whoever sets the database up; here only what is missing. */
async function prepare(ownerUrl: string, directory: string): Promise<void> {
  await connected(ownerUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await refuseForeign(client, tableMigrationNames(directory));
    await createMissingRoles(client);
    await createSchemas(client);
    await migrateJobs(client);
  });
}

/** Tables this version knows nothing of: made before the first release, when the schema was laid out anew, or by a later version. */
async function refuseForeign(client: Client, known: readonly string[]): Promise<void> {
  const { rows: found } = await client.query<{ exists: boolean }>(
    `select to_regclass('parley.migrations') is not null as exists`,
  );
  if (!found[0]?.exists) return;
  const { rows } = await client.query<{ name: string }>(
    'select name from parley.migrations where name <> all ($1) order by id limit 1',
    [known],
  );
  if (rows[0] === undefined) return;
  throw new Error(
    `This database has the migration ${rows[0].name}, which this version of Parley does not know: it was made before the first release, or by a later version. Nothing was changed. Run the version that made it, or begin with an empty database; "npm start -- --reset" does so on this machine, and forgets everything kept in .parley.`,
  );
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
