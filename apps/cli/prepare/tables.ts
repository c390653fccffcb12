// The holder's own tables: codes by value (postcode → small area) and a frame that codes free text by phrases.
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { CsvRows, Utf8Text } from '#libs/vault/conformance';
import { PrepareRefused } from './refused';

interface NamedTable {
  readonly table: string;
  readonly key?: string | undefined;
  readonly value?: string | undefined;
}

/** Codes by value; case and spaces do not count, so that "SW1A 1AA" and "sw1a1aa" are one. */
export async function lookupIn(
  table: NamedTable,
  directory: string,
): Promise<(value: string) => string | null> {
  const codes = new Map<string, string>();
  const known = new Map<string, string>();
  for await (const [key, code] of pairsOf(table, directory)) {
    // One text per code, however many values have it: a table of all postcodes has two million rows.
    const kept = known.get(code) ?? code;
    known.set(code, kept);
    codes.set(plain(key), kept);
  }
  return (value) => codes.get(plain(value)) ?? null;
}

/** The second column of a table by its first, both exactly as they stand. */
export async function lookupExactly(table: string): Promise<(value: string) => string | null> {
  const found = new Map<string, string>();
  for await (const [key, value] of pairsOf({ table }, '.')) found.set(key, value);
  return (value) => found.get(value) ?? null;
}

/** The code of the first phrase that stands in a text as whole words; `*` stands for the rest of a word. */
export async function frameIn(
  table: NamedTable,
  directory: string,
): Promise<(text: string) => string | null> {
  const phrases: { pattern: RegExp; code: string }[] = [];
  for await (const [phrase, code] of pairsOf(table, directory)) {
    const escaped = phrase
      .trim()
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '\\p{L}*')
      .replace(/\s+/g, '\\s+');
    phrases.push({ pattern: new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu'), code });
  }
  return (text) => phrases.find(({ pattern }) => pattern.test(text))?.code ?? null;
}

const plain = (value: string): string => value.replace(/\s+/g, '').toUpperCase();

/** The two columns of a table, row by row. */
async function* pairsOf(
  { table, key, value }: NamedTable,
  directory: string,
): AsyncGenerator<[string, string]> {
  const file = path.resolve(directory, table);
  let positions: [number, number] | null = null;
  for await (const fields of rowsIn(file)) {
    if (positions === null) positions = positionsOf(fields, { key, value }, file);
    else yield [fields[positions[0]] ?? '', fields[positions[1]] ?? ''];
  }
}

function positionsOf(header: string[], names: Omit<NamedTable, 'table'>, file: string): [number, number] {
  const at = (name: string | undefined, otherwise: number) => {
    const position = name === undefined ? otherwise : header.indexOf(name);
    if (position >= 0 && position < header.length) return position;
    throw new PrepareRefused(`The table ${file} has no column "${name ?? otherwise + 1}".`);
  };
  return [at(names.key, 0), at(names.value, 1)];
}

/** The rows of a CSV file, the header among them. */
export async function* rowsIn(file: string): AsyncGenerator<string[]> {
  const ready: string[][] = [];
  const problems: number[] = [];
  const csv = new CsvRows({
    row: (fields) => ready.push(fields),
    problem: (_problem, row) => problems.push(row),
  });
  const utf8 = new Utf8Text();
  const take = (bytes: Buffer, isLast: boolean) => {
    const { text, stoppedAt } = utf8.decode(bytes, isLast);
    if (stoppedAt !== null)
      throw new PrepareRefused(`The table ${file} is not UTF-8. Save it as "CSV UTF-8".`);
    csv.write(text.replace(/^\ufeff/, ''));
  };
  const stream = createReadStream(file);
  try {
    for await (const bytes of stream) {
      take(bytes as Buffer, false);
      yield* ready.splice(0);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new PrepareRefused(`There is no table ${file}, which the plan names.`);
  }
  take(Buffer.alloc(0), true);
  csv.end();
  yield* ready;
  const [row] = problems;
  if (row !== undefined) throw new PrepareRefused(`The table ${file} cannot be read at row ${row}.`);
}
