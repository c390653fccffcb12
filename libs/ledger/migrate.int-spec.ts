// The schema: made once, changed file by file, refused where it is another's, and never half done.
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { migrate } from './migrate';
import { SCHEMA_DIRECTORY } from './schema';

let url: string;
let client: Client;
let directory: string;

beforeEach(async () => {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asSuperuser((superuser) => superuser.query(`create database ${name} owner parley_owner`));
  url = inDatabase(name);
  client = new Client({ connectionString: url });
  await client.connect();
  directory = mkdtempSync(path.join(tmpdir(), 'schema-'));
  cpSync(SCHEMA_DIRECTORY, directory, { recursive: true });
});

afterEach(async () => {
  await client.end();
  rmSync(directory, { recursive: true });
  await asSuperuser((superuser) =>
    superuser.query(`drop database ${path.basename(new URL(url).pathname)} with (force)`),
  );
});

test('migrating twice changes nothing', async () => {
  await migrate(url);
  const before = await everything();
  await migrate(url);
  expect(await everything()).toEqual(before);
});

test('two processes that start at once on an empty database make the schema once', async () => {
  await Promise.all([migrate(url), migrate(url)]);
  const tables = readdirSync(path.join(SCHEMA_DIRECTORY, 'tables'));
  expect(await rows('select name from parley.migrations')).toHaveLength(tables.length);
});

test('every function stands in one file, and nothing else is a function', async () => {
  await migrate(url);
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.sql'),
  );
  const defined = files.flatMap((file) =>
    [...read(file).matchAll(/^create (?:or replace )?function parley\.(\w+)/gm)].map(([, name]) => name),
  );
  const present = await rows<{ proname: string }>(
    `select proname from pg_proc where pronamespace = 'parley'::regnamespace order by 1`,
  );
  expect(defined.sort()).toEqual(present.map(({ proname }) => proname).sort());
});

test('of every column that can hold words it is decided what becomes of it when a person is erased', async () => {
  await migrate(url);
  const columns = await rows<{ name: string; column: string }>(
    `select table_name as name, column_name as column from information_schema.columns join information_schema.tables
       using (table_schema, table_name)
       where table_schema = 'parley' and table_type = 'BASE TABLE' and table_name <> 'migrations'
         and data_type not in ('integer', 'bigint', 'smallint', 'boolean', 'timestamp with time zone', 'oid')`,
  );
  const readme = readFileSync(path.join(__dirname, 'erasure', 'README.md'), 'utf8');
  const decided = [...readme.matchAll(/`(\*|\w+)\.(\w+)`/g)].map(([, name, column]) => ({
    name: name ?? '',
    column: column ?? '',
  }));
  const isOf = (one: { name: string; column: string }, other: { name: string; column: string }) =>
    one.column === other.column && (one.name === '*' || one.name === other.name);
  expect(columns.filter((each) => !decided.some((one) => isOf(one, each)))).toEqual([]);
  expect(decided.filter((one) => !columns.some((each) => isOf(one, each)))).toEqual([]);
});

test('a file of functions that has changed is applied again, and it alone', async () => {
  await migrate(url, directory);
  const before = await everything();
  change('functions/gate/doors/reads.sql', `interval '5 seconds'`, `interval '7 seconds'`);
  await migrate(url, directory);

  const after = await everything();
  const changed = after.filter((row) => !before.includes(row)).join('\n');
  expect(changed).toMatch(/^function lease_length/m);
  expect(changed).toMatch(/^file functions\/gate\/doors\/reads\.sql/m);
  expect(changed).not.toMatch(
    /^(table|migration|function gate_lacks|file (?!functions\/gate\/doors\/reads))/m,
  );
  expect(await rows('select parley.lease_length()::text as length')).toEqual([{ length: '00:00:07' }]);
});

test('a function replaced by one that takes something else is dropped by name in its file', async () => {
  await migrate(url, directory);
  change(
    'functions/gate/doors/reads.sql',
    /create or replace function parley\.lease_length\(\)/,
    'drop function if exists parley.lease_length();\ncreate or replace function parley.lease_length(unused integer default 0)',
  );
  await migrate(url, directory);
  expect(
    await rows(
      `select pronargs as arguments from pg_proc where proname = 'lease_length' and pronamespace = 'parley'::regnamespace`,
    ),
  ).toEqual([{ arguments: 1 }]);
});

test.each([
  [
    'does not parse',
    'create or replace function parley.broken() returns',
    /functions\/zz\.sql cannot be applied/,
  ],
  [
    'calls what is not there',
    'create or replace function parley.broken() returns text language sql set search_path = parley, pg_temp as $$ select missing() $$;',
    /broken\(\) cannot work: function missing\(\) does not exist/,
  ],
])('a file of functions that %s leaves the database as it was', async (_, content, message) => {
  await migrate(url, directory);
  const before = await everything();
  writeFileSync(path.join(directory, 'tables', '900_more.sql'), 'create table parley.more ();');
  writeFileSync(path.join(directory, 'functions', 'zz.sql'), content);
  change('functions/gate/doors/reads.sql', `interval '5 seconds'`, `interval '7 seconds'`);

  await expect(migrate(url, directory)).rejects.toThrow(message);
  expect(await everything()).toEqual(before);
});

test('a file of tables that was changed after it was applied is refused, but for its comments', async () => {
  await migrate(url, directory);
  change('tables/004_deliveries.sql', '-- What goes out', '-- What leaves');
  await migrate(url, directory);
  const before = await everything();
  change('tables/004_deliveries.sql', 'done_at timestamptz,', 'done_at timestamptz,\n  more text,');
  change('functions/gate/doors/reads.sql', `interval '5 seconds'`, `interval '7 seconds'`);

  await expect(migrate(url, directory)).rejects.toThrow(
    /tables\/004_deliveries\.sql was changed after this database was made by it.*a further file/,
  );
  expect(await everything()).toEqual(before);
});

test('a function in two files is refused', async () => {
  writeFileSync(
    path.join(directory, 'functions', 'left-over.sql'),
    'create or replace function parley.lease_length() returns interval language sql as $$ select null $$;',
  );
  await expect(migrate(url, directory)).rejects.toThrow(
    'lease_length is defined in functions/gate/doors/reads.sql and again in functions/left-over.sql',
  );
});

test('a database of another layout is refused, with what to do, and left as it is', async () => {
  await client.query(
    `create schema parley authorization parley_owner;
     create table parley.migrations (id serial, timestamp bigint, name text);
     insert into parley.migrations (timestamp, name) values (1700000000000, '0001_ledger_1700000000000')`,
  );
  const before = await everything();
  await expect(migrate(url)).rejects.toThrow(
    /0001_ledger_1700000000000, which this version of Parley does not know.*npm start -- --reset/,
  );
  expect(await everything()).toEqual(before);
});

/** What the schema consists of, one line each; a line changes with whatever was written, even where it reads the same. */
async function everything(): Promise<string[]> {
  const lines = await rows<{ line: string }>(
    `select 'function ' || proname || ' ' || xmin as line from pg_proc where pronamespace = 'parley'::regnamespace
     union all
     select 'table ' || relname || ' ' || xmin from pg_class where relnamespace = 'parley'::regnamespace and relkind = 'r'
     union all
     select 'schema ' || nspname from pg_namespace where nspname like 'parley%'`,
  );
  const recorded = await rows<{ line: string }>(
    `select format('migration %s', name) as line from parley.migrations`,
  );
  const hasFiles = await rows(`select from pg_class where relname = 'schema_files'`);
  const files =
    hasFiles.length === 0
      ? []
      : await rows<{ line: string }>(
          `select format('file %s %s', file, digest) as line from parley.schema_files`,
        );
  return [...lines, ...recorded, ...files].map(({ line }) => line).sort();
}

async function rows<T>(sql: string): Promise<T[]> {
  return (await client.query(sql)).rows as T[];
}

function read(file: string): string {
  return readFileSync(path.join(directory, file), 'utf8');
}

function change(file: string, from: string | RegExp, to: string): void {
  const content = read(file);
  const changed = content.replace(from, to);
  if (changed === content) throw new Error(`${file} has no ${from}`);
  writeFileSync(path.join(directory, file), changed);
}

function inDatabase(name: string): string {
  const changed = new URL(process.env.PARLEY_TEST_PG ?? '');
  changed.pathname = `/${name}`;
  return changed.href;
}

async function asSuperuser(work: (superuser: Client) => Promise<unknown>): Promise<void> {
  const superuser = new Client({ connectionString: process.env.PARLEY_TEST_PG });
  await superuser.connect();
  try {
    await work(superuser);
  } finally {
    await superuser.end();
  }
}
