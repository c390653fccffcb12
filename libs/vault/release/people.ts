// Whose rows a release holds, as keyed unit ids of the project with the group each person is in: what releases are compared by.
import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { Engine } from '../engine/engine';
import { literal } from '../engine/tables';
import { deriveKey } from '../keys/derivation';
import { keyedNameSql } from '../keys/keyed-names';
import { writePieces } from '../objects/files';
import { publish, readObject } from '../objects/object-store';
import { prefixOf, seal, unseal } from '../objects/sealing';
import { digestOf } from '../objects/digest';

/** A release of the project that was made before, and where its people are kept; null where they are not known. */
export interface EarlierRelease {
  readonly release: string;
  readonly isLive: boolean;
  readonly units: string | null;
}

/** Both halves of the project's own key: it names units alike in every release, and is destroyed with the project. */
export interface UnitKeys {
  readonly project: string;
  readonly partA: Buffer;
  readonly partB: Buffer;
}

/** What gives people their names in a release, and the column of `release` these stand in. */
export interface NamedPeople {
  readonly rekey: (person: string) => string;
  readonly column: string | null;
}

/**
 * SQL that makes the table `people` (u, g, place) from a query of (person, group value), one row a person; `place` is the
 * person's first row in the release, from 0, null in a table of cells.
 */
export function peopleTable(keys: UnitKeys, rows: string, { rekey, column }: NamedPeople): string {
  const name = keyedNameSql(deriveKey(keys.partA, keys.partB, 'unit names', keys.project), 'person');
  // A person with several rows is in the group of all of them together.
  const people = `select ${name} as u, hash(list_sort(list(distinct g))) as g,
    ${rekey('person')} as named from (${rows}) where person is not null group by person`;
  if (column === null)
    return `create table people as select u, g, null::bigint as place from (${people}) order by u`;
  const places = `select ${column} as named, min(place) as place from release group by ${column}`;
  return `create table people as select u, g, place from (${people}) left join (${places}) using (named) order by u`;
}

/** Seals the table `people`; the same people give the same object. */
export async function keepPeople(
  engine: Engine,
  work: { keys: UnitKeys; release: string; vaultDir: string; directory: string },
): Promise<string> {
  const file = path.join(work.directory, 'people.parquet');
  await engine.run(`copy people to ${literal(file)} (format parquet, compression zstd)`);
  const key = fileKey(work.keys, work.release);
  const sealed = seal(key, 'units', prefixOf(key, await digestOf(file)));
  return (await publish(work.vaultDir, 'units', [createReadStream(file), sealed])).objectId;
}

/** Opens the people of an earlier release as a table of that name. */
export async function loadPeople(
  engine: Engine,
  table: string,
  work: { keys: UnitKeys; release: string; units: string; vaultDir: string; directory: string },
): Promise<void> {
  const file = await openPeople(table, work);
  await engine.run(`create table ${table} as select u, g from read_parquet(${literal(file)})`);
}

async function openPeople(
  table: string,
  work: { keys: UnitKeys; release: string; units: string; vaultDir: string; directory: string },
): Promise<string> {
  const file = path.join(work.directory, `${table}.parquet`);
  const sealed = readObject(work.vaultDir, work.units);
  await writePieces(file, unseal(sealed, fileKey(work.keys, work.release), 'units'));
  return file;
}

interface Kept {
  readonly release: string;
  readonly units: string;
}

/**
 * Who of other releases is who in this one: for each of them, by a person's first row there, the first row here, or a
 * number from `rows` on, the same in all of them, for whoever is not in it. Null where a release does not hold the rows.
 */
export async function placesAcross(
  engine: Engine,
  here: Kept & { readonly rows: number },
  others: readonly Kept[],
  work: { keys: UnitKeys; vaultDir: string; directory: string },
): Promise<(ReadonlyMap<number, number> | null)[]> {
  const all = [here, ...others];
  const tables = all.map((_, index) => `kept${index}`);
  const hasPlaces: boolean[] = [];
  for (const [index, { release, units }] of all.entries()) {
    const table = tables[index]!;
    hasPlaces.push(await loadPlaces(engine, table, { ...work, release, units }));
  }
  if (hasPlaces[0] !== true) return others.map(() => null);
  const known = tables.filter((_, index) => hasPlaces[index]).map((table) => `select u from ${table}`);
  await engine.run(
    `create table strangers as select u, row_number() over (order by u) - 1 as k
      from (${known.join(' union ')}) where u not in (select u from kept0)`,
  );
  const found: (ReadonlyMap<number, number> | null)[] = [];
  for (const [index, table] of tables.entries()) {
    if (index === 0) continue;
    found.push(hasPlaces[index] === true ? await placesIn(engine, table, here.rows) : null);
  }
  return found;
}

async function placesIn(engine: Engine, table: string, rows: number): Promise<Map<number, number>> {
  const [there, here] = await engine.columns(
    `select o.place::double as there, coalesce(h.place, ${rows} + s.k)::double as here from ${table} o
      left join kept0 h using (u) left join strangers s using (u) where o.place is not null`,
  );
  if (there?.kind !== 'number' || here?.kind !== 'number') return new Map();
  return new Map(Array.from(there.values, (at, index) => [at, here.values[index] ?? -1]));
}

/** Opens the people of a release with the rows they stand in; false where it was sealed before these were kept. */
async function loadPlaces(
  engine: Engine,
  table: string,
  work: { keys: UnitKeys; release: string; units: string; vaultDir: string; directory: string },
): Promise<boolean> {
  const file = await openPeople(table, work);
  const { named = 0 } = await engine.figures(
    `select count(*) as named from parquet_schema(${literal(file)}) where name = 'place'`,
  );
  const place = named === 0 ? 'null::bigint as place' : 'place';
  await engine.run(`create table ${table} as select u, ${place} from read_parquet(${literal(file)})`);
  const { placed = 0 } = await engine.figures(`select count(place) as placed from ${table}`);
  return placed > 0;
}

const fileKey = ({ partA, partB }: UnitKeys, release: string): Buffer =>
  deriveKey(partA, partB, 'units file', release);
