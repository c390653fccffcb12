// Opens a file as rows whatever its kind: CSV and TSV as they are, Parquet unpacked in the limited data process first.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { withEngine } from '../engine/engine';
import type { Engine, EngineLimits } from '../engine/engine';
import { literal } from '../engine/tables';
import type { VaultRefusal } from '../objects/failures';
import { writePieces } from '../objects/files';
import type { Pieces } from '../objects/files';
import { MOST_FIELDS } from './csv-rows';
import { isOfFile, twice } from './twice';

const PARQUET = Buffer.from('PAR1');
const MOST_UNPACKED_MB = 8192;
const WATCH_EVERY_MS = 50;

export interface Tabular {
  /** CSV or TSV. */
  readonly plain: Pieces;
  /** Digest and length of the file itself, once it was read; null where they are those of `plain`. */
  original(): { readonly sha256: string; readonly bytes: number } | null;
  /** Columns that were not taken out of a Parquet file. */
  readonly others: readonly string[];
  /** Why a Parquet file cannot be unpacked: it ended the data process, or is none. */
  readonly failure: VaultRefusal | null;
}

export interface TabularOptions {
  /** The columns wanted of a Parquet file; all if not given. */
  readonly names?: readonly string[];
  /** A private directory for what is unpacked. */
  readonly directory: string;
  readonly limits: EngineLimits;
  readonly signal?: AbortSignal | undefined;
}

/** Looks at the first bytes, and unpacks what is Parquet. */
export async function openTabular(plain: Pieces, options: TabularOptions): Promise<Tabular> {
  const pieces = plain[Symbol.asyncIterator]();
  const beginning = await firstPieces(pieces, PARQUET.length);
  const whole = chained(beginning, pieces);
  if (!beginning.subarray(0, PARQUET.length).equals(PARQUET))
    return { plain: whole, original: () => null, others: [], failure: null };
  return unpacked(whole, options);
}

/** The first pieces, until there are so many bytes of them or no more. */
async function firstPieces(pieces: AsyncIterator<Buffer>, count: number): Promise<Buffer> {
  const taken: Buffer[] = [];
  for (let length = 0; length < count;) {
    const next = await pieces.next();
    if (next.done === true) break;
    taken.push(Buffer.from(next.value));
    length += next.value.length;
  }
  return Buffer.concat(taken);
}

async function* chained(beginning: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (beginning.length > 0) yield beginning;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function unpacked(whole: Pieces, options: TabularOptions): Promise<Tabular> {
  const { directory, names } = options;
  const [file, csv] = [path.join(directory, 'file.parquet'), path.join(directory, 'unpacked.csv')];
  const hash = createHash('sha256');
  let bytes = 0;
  const metered = async function* () {
    for await (const piece of whole) {
      hash.update(piece);
      bytes += piece.length;
      yield piece;
    }
  };
  await writePieces(file, metered());
  const sha256 = hash.digest('hex');
  const original = () => ({ sha256, bytes });
  const columns = await twice(() => unpack(file, csv, options)).catch((error: unknown) => {
    if (isOfFile(error)) return error;
    throw error;
  });
  await rm(file);
  if (!Array.isArray(columns)) return { plain: nothing(), original, others: [], failure: columns };
  const taken = columns.filter((name) => !names || names.includes(name));
  const header = `${taken.map(quoted).join(',')}\n`;
  const others = columns.filter((name) => !taken.includes(name));
  return { plain: both(header, csv), original, others, failure: null };
}

/** Writes the wanted columns as CSV without a header, and returns the names of all. */
async function unpack(
  file: string,
  csv: string,
  { names, directory, limits, signal }: TabularOptions,
): Promise<string[]> {
  return withEngine({ directory, limits, signal }, async (engine) => {
    const [found] = await engine.columns(
      `select column_name from (describe select * from read_parquet(${literal(file)})) limit ${MOST_FIELDS}`,
    );
    const columns =
      found?.kind === 'text' ? Array.from(found.codes, (code) => found.dictionary[code] ?? '') : [];
    const wanted = columns.flatMap((name, at) => (names && !names.includes(name) ? [] : [at]));
    // By position: no name of the file becomes part of a statement.
    const values = wanted.map((at) => `cast(#${at + 1} as varchar) as c${at + 1}`);
    const copy = `copy (select ${values.length === 0 ? '1' : values.join(', ')} from read_parquet(${literal(file)}))
        to ${literal(csv)} (format csv, header false, delimiter ',', quote '"', escape '"')`;
    await within(engine, csv, limits.unpackedMb ?? MOST_UNPACKED_MB, () => engine.run(copy));
    return columns;
  });
}

/** A small Parquet file can hold terabytes of the same value: ends the engine before they fill the disk. */
async function within(
  engine: Engine,
  file: string,
  mostMb: number,
  work: () => Promise<void>,
): Promise<void> {
  const weigh = async () => {
    const bytes = await stat(file).then(
      ({ size }) => size,
      () => 0,
    );
    if (bytes > mostMb * 2 ** 20)
      engine.stop(`was ended: the file unpacks to more than ${mostMb.toLocaleString('en-GB')} MB`);
  };
  const watch = setInterval(() => void weigh(), WATCH_EVERY_MS);
  try {
    await work();
    await weigh();
  } finally {
    clearInterval(watch);
  }
}

async function* both(header: string, csv: string): AsyncGenerator<Buffer> {
  yield Buffer.from(header);
  for await (const piece of createReadStream(csv)) yield piece as Buffer;
  await rm(csv, { force: true });
}

async function* nothing(): AsyncGenerator<Buffer> {}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
