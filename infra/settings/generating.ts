// Writes the sources of a setting as CSV, person by person, so that a million people need no more memory than a hundred.
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EDUCATION } from './education';
import { HARDSHIP } from './hardship';
import { HEALTH } from './health';
import { Draw } from './source';
import type { Row, Source } from './source';
import { WELLBEING } from './wellbeing';

export const SETTINGS = {
  'financial-hardship': HARDSHIP,
  'community-health': HEALTH,
  wellbeing: WELLBEING,
  education: EDUCATION,
} as const satisfies Record<string, readonly Source[]>;
export type SettingName = keyof typeof SETTINGS;

export interface Size {
  /** From 100 to 1,000,000. */
  readonly people: number;
  /** From 0 to 2^32 − 1. */
  readonly seed: number;
}

const FEWEST = 100;
const MOST = 1_000_000;
const CHUNK_LINES = 2_000;

/** The size, where the generator makes it. @throws when it is out of bounds */
export function checked({ people, seed }: Size): Size {
  if (!Number.isInteger(people) || people < FEWEST || people > MOST)
    throw new Error(`${people} people: the generator makes ${FEWEST} to ${MOST.toLocaleString('en')}.`);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    throw new Error(`The seed ${seed} is not a whole number from 0 to 2^32 − 1.`);
  return { people, seed };
}

/** The source's CSV in pieces of some lines; the same size gives the same bytes. @throws when the size is out of bounds */
export function* csvOf(source: Source, size: Size): Iterable<string> {
  for (const lines of linesOf(source, checked(size))) yield lines.join('');
}

function* linesOf(source: Source, { people, seed }: Size): Iterable<string[]> {
  let lines = [lineOf(source.columns)];
  const count = source.things ?? people;
  for (let at = 0; at < count; at++) {
    const name = `P${String(at).padStart(7, '0')}`;
    for (const row of source.records(new Draw(seed, at), name, at)) lines.push(lineOf(row));
    if (lines.length < CHUNK_LINES) continue;
    yield lines;
    lines = [];
  }
  yield lines;
}

/** RFC 4180: what holds a comma, a quote or a line end stands in quotes. */
const lineOf = (row: Row): string => `${row.map(quoted).join(',')}\r\n`;
const quoted = (value: string | number): string => {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A file that was written: its records without the head, and its length in bytes. */
export interface Written {
  readonly file: string;
  readonly records: number;
  readonly bytes: number;
}

/** Writes a source into the folder. */
export async function write(source: Source, folder: string, size: Size): Promise<Written> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${source.name}.csv`);
  const stream = createWriteStream(file);
  let records = -1;
  function* counted() {
    for (const lines of linesOf(source, checked(size))) {
      records += lines.length;
      yield lines.join('');
    }
  }
  await pipeline(Readable.from(counted()), stream);
  return { file, records, bytes: stream.bytesWritten };
}

/** Writes every source of the setting into the folder; gives the files by the source's name. */
export async function generate(
  setting: SettingName,
  folder: string,
  size: Size,
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const source of SETTINGS[setting]) files[source.name] = (await write(source, folder, size)).file;
  return files;
}
