// Makes a deposit from a raw file on the holder's machine: reads, minimises, checks, and only then puts it in place.
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { StructurePass, canonicalRow, checkFile, fileColumns, openTabular } from '#libs/vault/conformance';
import type { DataSpec, DepositFinding, DepositReport, EngineLimits } from '#libs/vault';
import { aggregate } from './aggregate';
import type { Aggregated } from './aggregate';
import { csvLine } from './csv';
import { besideOf, firstLines, putInPlace, refuseExisting } from './in-place';
import { holderKey, keepKey } from './key-file';
import type { HolderKey } from './key-file';
import type { FileSaid, PrepareManifest } from './manifest';
import { readPlan } from './plan';
import type { Plan } from './plan';
import { Problems } from './problems';
import { linkedPseudonyms, ownPseudonyms } from './pseudonyms';
import type { Pseudonyms } from './pseudonyms';
import { PrepareRefused } from './refused';
import { MISSING, rowLines, rowMaker } from './rows';
import type { Counts } from './rows';
import { isAggregated, sourceOf } from './source';
import type { Source } from './source';
import { readSpec } from './spec-file';
import { unfinished } from './unfinished';

export interface PrepareRequest {
  /** A file, or an address. */
  readonly specFile: string;
  readonly tokenFile?: string | undefined;
  readonly input: string;
  readonly output: string;
  readonly planFile?: string | undefined;
  readonly person?: string | undefined;
  /** The holder's own key or, with a key map, the linkage key. */
  readonly keyFile?: string | undefined;
  /** Linked across holders: the holder's row keys, and the linker's map of them. */
  readonly linked?: { readonly rowKeys: string; readonly map: string } | undefined;
  /** Told how far it is, from 0 to 1. */
  readonly progress?: (done: number, step: string) => void;
}

export interface Prepared {
  readonly manifest: PrepareManifest;
  /** The header and the first rows, as they will be deposited. */
  readonly preview: readonly string[];
  readonly isNewKey: boolean;
  /** Puts the file and its manifest in place, each whole or not at all. */
  write(): Promise<void>;
  discard(): Promise<void>;
}

const PREVIEW_ROWS = 5;
/** Together with Node's own, below 2 GB: what does not fit is spilled to disk. */
const LIMITS: EngineLimits = { memoryMb: 800, threads: 2, wallClockMs: 3_600_000 };

/** What is under way: the grant, the plan, and a private directory beside the output for what is unfinished. */
interface Work {
  readonly request: PrepareRequest;
  readonly spec: DataSpec;
  readonly plan: Plan;
  readonly planDirectory: string;
  readonly source: Source;
  readonly key: HolderKey | null;
  readonly directory: string;
}

/** Prepares without writing the output; the person sees what it is before `write`. Uses no network but for the grant. */
export async function prepare(request: PrepareRequest): Promise<Prepared> {
  const spec = await readSpec(request.specFile, request.tokenFile);
  const { plan: written, directory: planDirectory } = await readPlan(request.planFile);
  const plan = request.person === undefined ? written : { ...written, person: request.person };
  await refuseExisting(request.output);
  await refuseExisting(besideOf(request.output));
  const source = sourceOf(spec, plan);
  const key = await keyFor(spec, request);
  const { directory, discard } = await unfinished(request.output);
  try {
    return await made({ request, spec, plan, planDirectory, source, key, directory }, discard);
  } catch (error) {
    await discard();
    throw error;
  }
}

async function made(work: Work, discard: () => Promise<void>): Promise<Prepared> {
  const { request, spec, key, directory } = work;
  const file = path.join(directory, 'prepared.csv');
  const counts: Counts = { removed: new Map(), unmatched: new Map(), outside: new Map() };
  const { read, aggregated } = await writePrepared(work, file, counts);
  request.progress?.(0.6, 'checking what was made');
  const report = await checkedLikeTheEngine(file, spec, directory);
  request.progress?.(1, 'prepared');
  const manifest = manifestOf(work, read, report, counts, aggregated);
  return {
    manifest,
    preview: await firstLines(file, PREVIEW_ROWS + 1),
    isNewKey: key?.isNew ?? false,
    write: async () => {
      try {
        if (key?.isNew && request.keyFile !== undefined) await keepKey(request.keyFile, key.key);
        await putInPlace(file, request.output, manifest);
      } finally {
        await discard();
      }
    },
    discard,
  };
}

const numberedRow = (values: readonly string[], row: number): string => `${row},${canonicalRow(values)}`;

interface Read extends FileSaid {
  readonly others: readonly string[];
}

async function writePrepared(
  work: Work,
  output: string,
  counts: Counts,
): Promise<{ read: Read; aggregated: Aggregated | null }> {
  const { request, spec, plan, source, directory } = work;
  const problems = new Problems();
  const make = await rowMaker(spec, plan, source, {
    ...{ pseudonymOf: await pseudonymsOf(work), directory: work.planDirectory, counts, problems },
  });
  const isTogether = isAggregated(spec);
  const header = csvLine(fileColumns(spec).map(({ name }) => name));
  const rows = isTogether ? path.join(directory, 'rows.csv') : output;
  const pass = new StructurePass(source.reads, {
    rowText: rowLines(make, isTogether ? numberedRow : csvLine),
    leaveOutOthers: true,
  });
  const read = await readInput(work, pass, rows, isTogether ? null : header);
  problems.refuse(request.input);
  if (!isTogether) return { read, aggregated: null };
  request.progress?.(0.5, 'aggregating');
  const aggregated = await aggregate({ spec, plan, rows, directory, limits: LIMITS });
  await rm(rows);
  const sink = createWriteStream(output, { flags: 'wx', mode: 0o600 });
  sink.write(`${header}\n`);
  await pipeline(createReadStream(aggregated.file), sink);
  await rm(aggregated.file);
  return { read, aggregated };
}

/** Reads the raw file, whatever its kind, row by row into `rows`. */
async function readInput(
  work: Work,
  pass: StructurePass,
  rows: string,
  header: string | null,
): Promise<Read> {
  const { request, source, directory } = work;
  const { size } = await stat(request.input).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new PrepareRefused(`There is no file ${request.input}.`);
  });
  const names = source.reads.fields.map(({ name }) => name);
  const raw = createReadStream(request.input);
  const tabular = await openTabular(raw, { names, directory, limits: LIMITS });
  if (tabular.failure)
    throw new PrepareRefused(`${request.input} cannot be read as Parquet: ${tabular.failure.message}`);
  const sink = createWriteStream(rows, { flags: 'wx', mode: 0o600 });
  if (header !== null) sink.write(`${header}\n`);
  const metered = progressOf(size, (done) => request.progress?.(done * 0.5, 'reading the file'));
  await pipeline(tabular.plain, metered, (pieces) => pass.read(pieces), sink);
  refuseUnreadable(pass, request.input, tabular.others);
  const said = tabular.original() ?? { sha256: pass.sha256, bytes: pass.bytes };
  return { ...said, rows: pass.rows, others: [...pass.others, ...tabular.others] };
}

function progressOf(size: number, told: (done: number) => void) {
  return async function* (pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let bytes = 0;
    let last = 0;
    for await (const piece of pieces) {
      bytes += piece.length;
      const now = size === 0 ? 1 : Math.min(1, bytes / size);
      if (now - last >= 0.01) told((last = now));
      yield piece;
    }
  };
}

function manifestOf(
  { spec, source, key }: Work,
  read: Read,
  report: DepositReport,
  counts: Counts,
  aggregated: Aggregated | null,
): PrepareManifest {
  const isKept = (name: string) => report.columns.includes(name) || report.columns.includes(`sum_${name}`);
  const raw = source.reads.fields.map(({ name }) => name);
  return {
    format: 1,
    level: spec.level,
    granularity: spec.granularity ?? null,
    source: { sha256: read.sha256, bytes: read.bytes, rows: read.rows },
    prepared: { sha256: report.sha256, bytes: report.bytes, rows: report.rows },
    columns: report.columns,
    // Never read, or read and replaced by something coarser.
    removedColumns: [...raw.filter((name) => !isKept(name)), ...read.others],
    removedRows: [...counts.removed].map(([why, rows]) => ({ why, rows })),
    leftOut: counts.removed.get(MISSING) ?? 0,
    unmatched: Object.fromEntries(counts.unmatched),
    outsidePeriod: Object.fromEntries(counts.outside),
    keptBack: aggregated?.leftOut ?? { cells: 0, people: 0 },
    merged: aggregated?.merged ?? { cells: 0, people: 0 },
    smallCells: aggregated?.smallCells ?? null,
    verdicts: aggregated?.verdicts ?? {},
    keyFingerprint: key?.fingerprint ?? null,
    notes: report.findings.map(({ message }) => message),
  };
}

async function pseudonymsOf({ key, request: { linked } }: Work): Promise<Pseudonyms> {
  if (!linked) return ownPseudonyms(key?.key ?? null);
  if (key && !key.isNew) return linkedPseudonyms(linked, key.key);
  throw new PrepareRefused(
    'With a key map, --key-file is the linkage key that the holders share. Open yours: parley prepare linkage-key open.',
  );
}

async function keyFor(spec: DataSpec, { keyFile }: PrepareRequest): Promise<HolderKey | null> {
  if (!spec.fields.some(({ type }) => type === 'pseudonym')) return null;
  if (keyFile === undefined) {
    throw new PrepareRefused(
      'Pseudonyms need your own key: --key-file <file>. It is made if the file does not exist; keep it, and keep it to yourself.',
    );
  }
  return holderKey(keyFile);
}

function refuseUnreadable(pass: StructurePass, input: string, others: readonly string[]): void {
  if (!pass.findings.isRefused) return;
  const has = [...pass.others, ...others].map((name) => `"${name}"`).join(', ');
  const list = pass.findings.list().map((finding) =>
    // Its columns are the holder's own, and no grant names them.
    finding.code === 'MISSING_COLUMN'
      ? {
          ...finding,
          message: `Column "${finding.column}": asked for by your plan, --pseudonym or the grant, and not in the file, whose other columns are ${has || 'none'}. Say in the plan which it is ("from").`,
        }
      : finding,
  );
  throw notConforming(`${input} cannot be read`, list);
}

/** The engine's own checks, so that what leaves the house is not refused on arrival. */
async function checkedLikeTheEngine(file: string, spec: DataSpec, within: string): Promise<DepositReport> {
  const directory = path.join(within, 'check');
  await mkdir(directory, { mode: 0o700 });
  const report = await checkFile({ plain: createReadStream(file), spec, directory }, LIMITS);
  await rm(directory, { recursive: true, force: true });
  if (!report.accepted) throw notConforming('The prepared data does not meet the grant', report.findings);
  return report;
}

function notConforming(what: string, findings: readonly DepositFinding[]): PrepareRefused {
  const reasons = findings
    .filter(({ severity }) => severity === 'refuse')
    .map(({ message }) => `  - ${message}`);
  return new PrepareRefused(`${what}:\n${reasons.join('\n')}\nNothing was written.`);
}
