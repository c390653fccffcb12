// Makes a sealed release from deposits: a pure function of the deposits, the grants and the keys, byte for byte.
import { createReadStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { canonicalise, loadDeposit } from '../conformance/check';
import type { PlainFile } from '../conformance/check';
import type { Findings } from '../conformance/findings';
import { removeOutside } from '../conformance/periods';
import { checkValues } from '../conformance/values';
import type { OperationOptions, SealedRelease } from '../contract';
import { withEngine } from '../engine/engine';
import type { Engine, EngineLimits } from '../engine/engine';
import { columnAt, dropCanonical, literal } from '../engine/tables';
import { fileColumns } from '../grant/columns';
import type { FileColumn } from '../grant/columns';
import type { DataSpec, GrantSpec, Tier } from '../grant/spec';
import { releaseNameSql } from '../keys/keyed-names';
import { digestOf } from '../objects/digest';
import { VaultRefusal } from '../objects/failures';
import { publish } from '../objects/object-store';
import { prefixOf, seal } from '../objects/sealing';
import { assessAcross } from './across';
import { assess } from './assessment';
import { valueOf } from './coarsening';
import { join, joiningTable, linkedSpec } from './linking';
import type { ReleaseManifest } from './manifest';
import { keepPeople, peopleTable } from './people';
import type { EarlierRelease, UnitKeys } from './people';
import { linkedTable, releaseTable } from './tables';
import type { Rekey, ReleaseTable } from './tables';

const THREADS_FOR_ROWS = 2;

export interface ReleaseSource {
  readonly plain: PlainFile['plain'];
  readonly deposit: string;
  readonly source: string;
  readonly grant: GrantSpec;
  readonly without: readonly string[];
}

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

type Made = Pick<ReleaseManifest, 'rows' | 'assessment' | 'engine' | 'deposits' | 'linkage' | 'units'>;

/** Writes the release's Parquet file, assesses it, seals it and publishes the sealed bytes. */
export async function materialiseRelease(
  work: Materialisation,
  options: OperationOptions = {},
): Promise<SealedRelease> {
  const { signal, progress } = options;
  progress?.(0, 'opening the deposits');
  const { directory } = work;
  const parquet = path.join(directory, 'release.parquet');
  const { releaseAs, tier } = released(work.sources);
  // Rows are sorted, whoever made them; sums of floating point numbers depend on the order in which they are added.
  const limits = releaseAs.level === 'ROWS' ? { ...work.limits, threads: THREADS_FOR_ROWS } : work.limits;
  const made = await withEngine({ directory, limits, signal }, (engine) =>
    make(engine, work, releaseAs, parquet, options),
  );
  progress?.(0.8, 'sealing the release');
  const sha256 = await digestOf(parquet, signal);
  const sealed = seal(work.fileKey, 'release', prefixOf(work.fileKey, sha256));
  const { objectId } = await publish(work.vaultDir, 'release', [createReadStream(parquet), sealed], signal);
  const manifest: ReleaseManifest = {
    ...{ format: 1, sha256, bytes: (await stat(parquet)).size, tier, level: releaseAs.level, releaseAs },
    fields: fileColumns(releaseAs).map(({ name, field }, index) => ({
      column: columnAt(index),
      name,
      type: field.type,
    })),
    ...made,
  };
  progress?.(1, 'sealed');
  return { objectId, manifest };
}

/** One source is released as granted; several are linked. */
function released(sources: readonly ReleaseSource[]): { releaseAs: DataSpec; tier: Tier } {
  const [only, ...others] = sources;
  if (only && others.length === 0) return { releaseAs: only.grant.releaseAs, tier: only.grant.tier };
  return { releaseAs: linkedSpec(sources), tier: 'LINKED_DEIDENTIFIED' };
}

async function make(
  engine: Engine,
  work: Materialisation,
  releaseAs: DataSpec,
  parquet: string,
  { signal, progress }: OperationOptions,
): Promise<Made> {
  const rekey = (person: string) => releaseNameSql(work.pseudonymKey, person);
  const isLinked = work.sources.length > 1;
  const deposits: { deposit: string; sha256: string }[] = [];
  for (const [index, source] of work.sources.entries()) {
    const sha256 = await load(engine, work, source, index, signal);
    deposits.push({ deposit: source.deposit, sha256 });
    if (isLinked) await setAside(engine, source, index);
    progress?.((0.6 * (index + 1)) / work.sources.length, 'reading the deposits');
  }
  const linkage = isLinked ? await join(engine, work.sources) : undefined;
  const table = isLinked ? linkedTable(releaseAs, rekey) : releaseTable(work.sources[0]!.grant, rekey);
  if (table.repeated !== null) await refuseRepeatedPeople(engine, table.repeated);
  await engine.run(table.create);
  await engine.run(
    `copy release to ${literal(parquet)} (format parquet, compression zstd, row_group_size 122880)`,
  );
  const { rows = 0 } = await engine.figures('select count(*) as rows from release');
  const assessment = await assess(engine, releaseAs, table.columns);
  const compared = await compareReleases(engine, work, table, rekey);
  return {
    ...{ rows, deposits, engine: `duckdb ${await engine.version()}` },
    assessment: { ...assessment, ...(compared ? { across: compared.across } : {}) },
    ...(compared ? { units: compared.units } : {}),
    ...(linkage ? { linkage } : {}),
  };
}

/** Makes the table `deposit` and returns the digest of the file it came from. */
async function load(
  engine: Engine,
  work: Materialisation,
  { plain, grant, deposit, without }: ReleaseSource,
  index: number,
  signal: AbortSignal | undefined,
): Promise<string> {
  const directory = path.join(work.directory, `source${index + 1}`);
  await mkdir(directory, { mode: 0o700 });
  const file = { plain, spec: grant.depositAs, directory };
  const canonical = await canonicalise(file, work.limits, signal);
  const { pass, sha256 } = canonical;
  refuseIfWrong(pass.findings, deposit);
  await loadDeposit(engine, canonical, grant.depositAs);
  // Checked again, not believed: what was accepted once may not be what lies here now.
  await checkValues({
    ...{ engine, spec: grant.depositAs, columns: pass.columns },
    ...{ plain: pass.plainColumns, findings: pass.findings },
  });
  refuseIfWrong(pass.findings, deposit);
  await removeOutside(engine, grant.depositAs, pass.columns);
  await leaveOut(engine, pass.columns, without);
  return sha256;
}

/** People who object are in no release made from now on; where nobody can be told apart, none is made. */
async function leaveOut(
  engine: Engine,
  columns: readonly FileColumn[],
  without: readonly string[],
): Promise<void> {
  if (without.length === 0) return;
  const at = columns.findIndex(({ field }) => field.type === 'pseudonym');
  if (at === -1)
    throw new VaultRefusal(
      'NOT_CONFORMING',
      'People object, and the deposit has no pseudonyms to leave them out by. Ask the holder for a deposit without them.',
    );
  await engine.run(
    `delete from file_rows where list_contains(cast(from_json($1, '["VARCHAR"]') as varchar[]), ${columnAt(at)})`,
    [JSON.stringify(without)],
  );
}

async function setAside(engine: Engine, { grant }: ReleaseSource, index: number): Promise<void> {
  const given = fileColumns(grant.depositAs);
  await engine.run(joiningTable(index, grant, (name) => valueOf(name, given, grant.releaseAs)));
  await dropCanonical(engine);
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

function refuseIfWrong(findings: Findings, deposit: string): void {
  if (!findings.isRefused) return;
  const message = `Deposit ${deposit} does not meet its grant. Check it before a release.`;
  throw new VaultRefusal('NOT_CONFORMING', message);
}
