// Makes a sealed release from deposits: a pure function of the deposits, the grants and the keys, byte for byte.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { OperationOptions, SealedRelease } from '../contract';
import { withEngine } from '../engine/engine';
import type { Engine, EngineLimits } from '../engine/engine';
import { columnAt, literal } from '../engine/tables';
import { fileColumns } from '../grant/columns';
import type { DataSpec, Tier } from '../grant/spec';
import { keyedNameSql } from '../keys/keyed-names';
import { digestOf } from '../objects/digest';
import { PIECE_BYTES } from '../objects/files';
import { VaultRefusal } from '../objects/failures';
import { publish } from '../objects/object-store';
import { prefixOf, seal } from '../objects/sealing';
import { assessAcross } from './across';
import { assess } from './assessment';
import { join, linkedSpec } from './linking';
import type { ReleaseManifest } from './manifest';
import { keepPeople, peopleTable } from './people';
import type { EarlierRelease, UnitKeys } from './people';
import { drawOn, setAside } from './sources';
import type { Drawn, ReleaseSource } from './sources';
import { linkedTable, namedIn, releaseTable } from './tables';
import type { Rekey, ReleaseTable } from './tables';

const THREADS_FOR_ROWS = 2;
/** Most of a release is names, which no effort makes smaller: the least effort gives smaller files than the usual one, sooner. */
const PARQUET = '(format parquet, compression zstd, compression_level 1, row_group_size 122880)';

export interface Materialisation {
  readonly release: string;
  /** One, or several of a linked release. */
  readonly sources: readonly ReleaseSource[];
  readonly fileKey: Buffer;
  readonly pseudonymKey: Buffer;
  /** By what releases of the project are compared; null leaves that out. */
  readonly units: { readonly keys: UnitKeys; readonly earlier: readonly EarlierRelease[] } | null;
  readonly vaultDir: string;
  readonly directory: string;
  readonly limits: EngineLimits;
}

/** What stands in the release's file, and the rest of what its manifest says of it. */
interface Written extends Pick<ReleaseManifest, 'deposits' | 'linkage'> {
  readonly table: ReleaseTable;
  readonly isOneRowEach: boolean;
}

/** Writes the release's Parquet file, assesses it, seals it and publishes the sealed bytes. */
export async function materialiseRelease(
  work: Materialisation,
  options: OperationOptions = {},
): Promise<SealedRelease> {
  options.progress?.(0, 'opening the deposits');
  const { directory } = work;
  const parquet = path.join(directory, 'release.parquet');
  const { releaseAs, tier } = released(work.sources);
  const rekey = (person: string) => keyedNameSql(work.pseudonymKey, person);
  // Rows are sorted, whoever made them; sums of floating point numbers depend on the order in which they are added.
  const limits = releaseAs.level === 'ROWS' ? { ...work.limits, threads: THREADS_FOR_ROWS } : work.limits;
  const manifest = await withEngine({ directory, limits, signal: options.signal }, async (engine) => {
    const written = await write(engine, work, releaseAs, { parquet, rekey, options });
    options.progress?.(0.8, 'assessing and sealing the release');
    const assessing = told(engine, work, releaseAs, { written, rekey }).finally(() => engine.kill());
    // Whoever waits for the seal hears what went wrong here: it is sealed meanwhile, and has its name only once this is known.
    assessing.catch(() => undefined);
    return { sealed: await sealed(work, parquet, assessing, options.signal), told: await assessing };
  });
  options.progress?.(1, 'sealed');
  const { objectId, ...file } = manifest.sealed;
  const fields = fileColumns(releaseAs).map(({ name, field }, index) => ({
    column: columnAt(index),
    name,
    type: field.type,
  }));
  const { level } = releaseAs;
  return { objectId, manifest: { format: 1, ...file, tier, level, releaseAs, fields, ...manifest.told } };
}

/** Publishes the sealed file; it has its name once `ready` is fulfilled. */
async function sealed(
  { fileKey, vaultDir }: Materialisation,
  parquet: string,
  ready: Promise<unknown>,
  signal: AbortSignal | undefined,
): Promise<{ objectId: string; sha256: string; bytes: number }> {
  const sha256 = await digestOf(parquet, signal);
  const { size: bytes } = await stat(parquet);
  const plain = createReadStream(parquet, { highWaterMark: PIECE_BYTES });
  const source = [plain, seal(fileKey, 'release', prefixOf(fileKey, sha256))] as const;
  return { ...(await publish(vaultDir, 'release', source, signal, ready)), sha256, bytes };
}

/** One source is released as granted; several are linked. */
function released(sources: readonly ReleaseSource[]): { releaseAs: DataSpec; tier: Tier } {
  const [only, ...others] = sources;
  if (only && others.length === 0) return { releaseAs: only.grant.releaseAs, tier: only.grant.tier };
  return { releaseAs: linkedSpec(sources), tier: 'LINKED_DEIDENTIFIED' };
}

/** Writes the rows of the release; afterwards the view `release` has them, each with its place in the file. */
async function write(
  engine: Engine,
  work: Materialisation,
  releaseAs: DataSpec,
  { parquet, rekey, options }: { parquet: string; rekey: Rekey; options: OperationOptions },
): Promise<Written> {
  const isLinked = work.sources.length > 1;
  const drawn: (Drawn & { deposit: string })[] = [];
  for (const [index, source] of work.sources.entries()) {
    const directory = path.join(work.directory, `source${index + 1}`);
    const named = isLinked ? null : namedIn(source.grant, rekey);
    const found = await drawOn(engine, source, {
      directory,
      limits: work.limits,
      named,
      signal: options.signal,
    });
    drawn.push({ deposit: source.deposit, ...found });
    if (isLinked) await setAside(engine, source, index);
    options.progress?.((0.5 * (index + 1)) / work.sources.length, 'reading the deposits');
  }
  const joined = isLinked ? await join(engine, work.sources) : null;
  const isOneRowEach = (joined ?? drawn[0])?.isOneRowEach === true;
  const table = joined
    ? linkedTable(releaseAs, rekey, isOneRowEach)
    : releaseTable(work.sources[0]!.grant, isOneRowEach);
  if (table.repeated !== null) await refuseRepeatedPeople(engine, table.repeated);
  await engine.run(`copy (${table.query}) to ${literal(parquet)} ${PARQUET}`);
  await engine.run(
    `create view release as select *, file_row_number as place from read_parquet(${literal(parquet)}, file_row_number = true)`,
  );
  const deposits = drawn.map(({ deposit, sha256 }) => ({ deposit, sha256 }));
  return { table, isOneRowEach, deposits, ...(joined ? { linkage: joined.linkage } : {}) };
}

type Told = Pick<ReleaseManifest, 'rows' | 'assessment' | 'engine' | 'deposits' | 'linkage' | 'units'>;

/** What the manifest says of the rows of `release`. */
async function told(
  engine: Engine,
  work: Materialisation,
  releaseAs: DataSpec,
  { written: { table, isOneRowEach, ...from }, rekey }: { written: Written; rekey: Rekey },
): Promise<Told> {
  const { rows = 0 } = await engine.figures('select count(*) as rows from release');
  const assessment = await assess(engine, releaseAs, table.columns, isOneRowEach);
  const compared = await compareReleases(engine, work, table, rekey);
  return {
    ...{ rows, ...from, engine: `duckdb ${await engine.version()}` },
    assessment: { ...assessment, ...(compared ? { across: compared.across } : {}) },
    ...(compared ? { units: compared.units } : {}),
  };
}

async function compareReleases(engine: Engine, work: Materialisation, table: ReleaseTable, rekey: Rekey) {
  const { units, release, vaultDir, directory } = work;
  if (!units || table.people === null) return null;
  await engine.run(peopleTable(units.keys, table.people, { rekey, column: table.pseudonym }));
  const across = await assessAcross(engine, { ...units, vaultDir, directory });
  return { across, units: await keepPeople(engine, { keys: units.keys, release, vaultDir, directory }) };
}

async function refuseRepeatedPeople(engine: Engine, question: string): Promise<void> {
  const { cells = 0 } = await engine.figures(question);
  if (cells === 0) return;
  const message = `In ${cells} cells a person has several records, so sums would not be one value a person. Ask for a deposit of one row a person.`;
  throw new VaultRefusal('NOT_CONFORMING', message);
}
