// The schema as files: `tables/` is applied once, in order; a file of `functions/` whenever its content has changed.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { MigrationExecutor } from 'typeorm';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';

/** Holds `tables/` and `functions/`; a test migrates from a copy. */
export const SCHEMA_DIRECTORY = path.join(__dirname, 'sql');

/** TypeORM orders migrations by the number at the end of their names, which has thirteen digits. */
const FIRST_TIMESTAMP = 1700000000000;

type MigrationClass = new () => MigrationInterface;

/** One migration for each file of `tables/`. Once released a file is never changed: what comes later is a further file. */
export function tableMigrations(directory: string): MigrationClass[] {
  return sqlFiles(path.join(directory, 'tables')).map(
    ({ name, content }) =>
      class implements MigrationInterface {
        readonly name = migrationName(name);

        async up(runner: QueryRunner): Promise<void> {
          await runner.query(content);
        }

        down(): Promise<void> {
          return Promise.reject(new Error(`${name} cannot be undone: what was recorded stays recorded.`));
        }
      },
  );
}

/** The names under which the files of `tables/` are recorded in `parley.migrations`. */
export function tableMigrationNames(directory: string): string[] {
  return sqlFiles(path.join(directory, 'tables')).map(({ name }) => migrationName(name));
}

function migrationName(file: string): string {
  const number = /^(\d{3})_\w+\.sql$/.exec(file)?.[1];
  if (number === undefined) throw new Error(`tables/${file}: name it by its number, as in 010_subject.sql.`);
  return `${path.basename(file, '.sql')}_${FIRST_TIMESTAMP + Number(number)}`;
}

/** Applies the files of `tables/` that were not applied yet, in the runner's transaction; refuses one that was changed since it was. */
export async function applyTables(
  dataSource: DataSource,
  runner: QueryRunner,
  directory: string,
): Promise<boolean> {
  const applied = await new MigrationExecutor(dataSource, runner).executePendingMigrations();
  const digests = await appliedDigests(runner);
  for (const { name, content } of sqlFiles(path.join(directory, 'tables'))) {
    const file = `tables/${name}`;
    // Comments may be mended.
    const digest = digestOf(content.replaceAll(/^\s*--.*$/gm, ''));
    if (digests.has(file) && digests.get(file) !== digest)
      throw new Error(
        `${file} was changed after this database was made by it. Leave it as it was and say the change in a further file; or, where nothing need be kept, begin with an empty database ("npm start -- --reset" on this machine).`,
      );
    await keepDigest(runner, file, digest);
  }
  return applied.length > 0;
}

/**
 * Applies the files of `functions/` whose content is another than was applied last, in the runner's transaction.
 * What a file no longer has (a function, a trigger, a grant) stays until it is dropped or revoked by name.
 * Answers whether any was applied.
 */
export async function applyFunctions(runner: QueryRunner, directory: string): Promise<boolean> {
  const files = sqlFiles(path.join(directory, 'functions')).map(({ name, content }) => ({
    file: `functions/${name}`,
    content,
    digest: digestOf(content),
  }));
  refuseTwice(files);
  const digests = await appliedDigests(runner);
  // One that comes back later is applied like a new one.
  await runner.query(`delete from parley.schema_files where file like 'functions/%' and file <> all ($1)`, [
    files.map(({ file }) => file),
  ]);
  const changed = files.filter(({ file, digest }) => digests.get(file) !== digest);
  if (changed.length === 0) return false;
  // A function may call one that a later file defines: bodies are looked at once all are there.
  await runner.query('set local check_function_bodies = off');
  for (const { file, content, digest } of changed) {
    await saying(`${file} cannot be applied`, () => runner.query(content));
    await keepDigest(runner, file, digest);
  }
  await checkBodies(runner);
  return true;
}

async function appliedDigests(runner: QueryRunner): Promise<ReadonlyMap<string, string>> {
  const rows = await runner.manager.query<{ file: string; digest: string }[]>(
    'select file, digest from parley.schema_files',
  );
  return new Map(rows.map(({ file, digest }) => [file, digest]));
}

async function keepDigest(runner: QueryRunner, file: string, digest: string): Promise<void> {
  await runner.query(
    `insert into parley.schema_files values ($1, $2) on conflict (file) do update set digest = excluded.digest
       where schema_files.digest <> excluded.digest`,
    [file, digest],
  );
}

/** What Postgres would have said at each `create function`: a body that names what is not there is found now, not when called. */
async function checkBodies(runner: QueryRunner): Promise<void> {
  await runner.query('set local check_function_bodies = on; set local search_path = parley, pg_temp');
  const functions = await runner.manager.query<{ name: string; check: string }[]>(
    `select p.oid::regprocedure::text as name, format('select %s(%s)', l.lanvalidator::regproc, p.oid) as check
       from pg_proc p join pg_language l on l.oid = p.prolang where p.pronamespace = 'parley'::regnamespace`,
  );
  for (const { name, check } of functions) await saying(`${name} cannot work`, () => runner.query(check));
}

async function saying(what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throw new Error(`${what}: ${(cause as Error).message}`, { cause });
  }
}

/** A function that stands in two files would be whichever was applied last. */
function refuseTwice(files: readonly { file: string; content: string }[]): void {
  const seen = new Map<string, string>();
  for (const { file, content } of files)
    for (const [, defined = ''] of content.matchAll(/^create or replace function parley\.(\w+)/gm)) {
      const other = seen.get(defined);
      if (other !== undefined)
        throw new Error(
          `${defined} is defined in ${other} and again in ${file}. Each function stands in one file; if one of these is left over from an earlier build, remove dist/ and build again.`,
        );
      seen.set(defined, file);
    }
}

interface SqlFile {
  /** Within its folder, with `/`. */
  readonly name: string;
  readonly content: string;
}

function sqlFiles(folder: string): SqlFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({
      name: file.split(path.sep).join('/'),
      content: readFileSync(path.join(folder, file), 'utf8'),
    }));
}

function digestOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
