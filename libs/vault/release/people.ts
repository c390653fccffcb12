// Whose rows a release holds, as keyed unit ids of the project with the group each person is in: what releases are compared by.
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createWriteStream } from 'node:fs';
import type { Engine } from '../engine/engine';
import { literal } from '../engine/tables';
import { deriveKey } from '../keys/derivation';
import { keyedNameSql } from '../keys/keyed-names';
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

/** SQL that makes the table `people` (u, g) from a query of (person, group value), one row a person. */
export function peopleTable(keys: UnitKeys, rows: string): string {
  const name = keyedNameSql(deriveKey(keys.partA, keys.partB, 'unit names', keys.project), 'person');
  // A person with several rows is in the group of all of them together.
  return `create table people as select left(${name}, 24) as u, hash(list_sort(list(distinct g))) as g
    from (${rows}) where person is not null group by person order by u`;
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
  const file = path.join(work.directory, `${table}.parquet`);
  const sealed = await readObject(work.vaultDir, work.units);
  const sink = createWriteStream(file, { mode: 0o600 });
  await pipeline(sealed, unseal(fileKey(work.keys, work.release), 'units'), sink);
  await engine.run(`create table ${table} as select u, g from read_parquet(${literal(file)})`);
}

const fileKey = ({ partA, partB }: UnitKeys, release: string): Buffer =>
  deriveKey(partA, partB, 'units file', release);
