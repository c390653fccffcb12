// Makes a deposit from a raw file on the holder's machine: reads, minimises, checks, and only then puts it in place.
import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { DataSpec } from '#libs/vault';
import type { DepositFinding, DepositReport, EngineLimits } from '#libs/vault';
import { StructurePass, checkFile } from '#libs/vault/conformance';
import { cellsWriter } from './cells';
import { holderKey } from './key-file';
import type { HolderKey } from './key-file';
import { rowsWriter } from './rows';
import { PrepareRefused, sourceOf } from './source';
import type { Writer } from './source';

export interface PrepareRequest {
  readonly specFile: string;
  readonly input: string;
  readonly output: string;
  readonly person?: string | undefined;
  readonly keyFile?: string | undefined;
}

/** What was made, for the person and for `<output>.manifest.json`; stays with the holder. */
export interface PrepareManifest {
  readonly format: 1;
  readonly level: 'ROWS' | 'CELLS';
  readonly source: { readonly sha256: string; readonly bytes: number; readonly rows: number };
  readonly prepared: { readonly sha256: string; readonly bytes: number; readonly rows: number };
  readonly columns: readonly string[];
  readonly removedColumns: readonly string[];
  /** Rows left out because a person, dimension or summed value is missing. */
  readonly leftOut: number;
  /** Cells of fewer than 10 people: deposited as they are, suppressed in every result. */
  readonly smallCells: number | null;
  readonly keyFingerprint: string | null;
  readonly notes: readonly string[];
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
const SMALL = 10;
const LIMITS: EngineLimits = { memoryMb: 1024, threads: 1, wallClockMs: 600_000 };

/** Prepares without writing the output; the person sees what it is before `write`. Uses no network. */
export async function prepare(request: PrepareRequest): Promise<Prepared> {
  const spec = await readSpec(request.specFile);
  await refuseExisting(request.output);
  const source = sourceOf(spec, request.person);
  const key = await keyFor(spec, request);
  const unfinished = `${request.output}.${randomBytes(4).toString('hex')}.part`;
  try {
    const writer =
      spec.level === 'CELLS' ? cellsWriter(spec, source) : rowsWriter(spec, source, key?.key ?? null);
    const pass = new StructurePass(source.reads, { rowText: writer.rowText, leaveOutOthers: true });
    await writePrepared(request.input, unfinished, pass, writer);
    refuseUnreadable(pass, request.input);
    const report = await checkedLikeTheEngine(unfinished, spec);
    const manifest: PrepareManifest = {
      format: 1,
      level: spec.level,
      source: { sha256: pass.sha256, bytes: pass.bytes, rows: pass.rows },
      prepared: { sha256: report.sha256, bytes: report.bytes, rows: report.rows },
      columns: report.columns,
      removedColumns: removed(source.reads, report.columns, pass.others),
      leftOut: writer.counts.leftOut,
      smallCells: writer.smallCells(SMALL),
      keyFingerprint: key?.fingerprint ?? null,
      notes: report.findings.map(({ message }) => message),
    };
    return {
      manifest,
      preview: await firstLines(unfinished, PREVIEW_ROWS + 1),
      isNewKey: key?.isNew ?? false,
      write: () => putInPlace(unfinished, request.output, manifest),
      discard: () => rm(unfinished, { force: true }),
    };
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** The grant's `depositAs`: alone, or within a grant, which may hold more than the data's shape. */
const SpecFile = z.union([
  DataSpec,
  z.looseObject({ depositAs: DataSpec }).transform(({ depositAs }) => depositAs),
]);

async function readSpec(file: string): Promise<DataSpec> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new PrepareRefused(
      `The specification ${file} cannot be read. Ask for the request's grant and save it as JSON.`,
    );
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new PrepareRefused(
      `The specification ${file} is not JSON. Save the request's grant as it was given.`,
    );
  }
  const parsed = SpecFile.safeParse(json);
  if (!parsed.success) {
    throw new PrepareRefused(`The specification ${file} does not fit:\n${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

async function refuseExisting(output: string): Promise<void> {
  const exists = await stat(output).then(
    () => true,
    () => false,
  );
  if (exists) throw new PrepareRefused(`${output} exists already. Name another file, or remove it first.`);
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

async function writePrepared(
  input: string,
  output: string,
  pass: StructurePass,
  writer: Writer,
): Promise<void> {
  const raw = createReadStream(input);
  raw.once('error', () => undefined);
  const sink = createWriteStream(output, { flags: 'wx', mode: 0o600 });
  sink.write(`${writer.header}\n`);
  try {
    await pipeline(
      raw,
      pass,
      async function* (lines: AsyncIterable<Buffer>) {
        yield* lines;
        for (const line of writer.lines()) yield `${line}\n`;
      },
      sink,
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new PrepareRefused(`There is no file ${input}.`);
    }
    throw error;
  }
}

/** Columns of the raw file that are not in the prepared one: never read, or read and replaced by a pseudonym. */
function removed(reads: DataSpec, kept: readonly string[], others: readonly string[]): string[] {
  const isKept = (name: string) => kept.includes(name) || kept.includes(`sum_${name}`);
  return [...reads.fields.map(({ name }) => name).filter((name) => !isKept(name)), ...others];
}

function refuseUnreadable(pass: StructurePass, input: string): void {
  if (pass.findings.isRefused) throw notConforming(`${input} cannot be read`, pass.findings.list());
}

/** The engine's own checks, so that what leaves the house is not refused on arrival. */
async function checkedLikeTheEngine(file: string, spec: DataSpec): Promise<DepositReport> {
  const directory = await mkdtemp(path.join(tmpdir(), 'parley-prepare-'));
  try {
    const report = await checkFile({ plain: [createReadStream(file)], spec, directory }, LIMITS);
    if (!report.accepted) throw notConforming('The prepared data does not meet the grant', report.findings);
    return report;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function notConforming(what: string, findings: readonly DepositFinding[]): PrepareRefused {
  const reasons = findings
    .filter(({ severity }) => severity === 'refuse')
    .map(({ message }) => `  - ${message}`);
  return new PrepareRefused(`${what}:\n${reasons.join('\n')}\nNothing was written.`);
}

async function firstLines(file: string, count: number): Promise<string[]> {
  const lines: string[] = [];
  const handle = await open(file);
  try {
    for await (const line of handle.readLines()) {
      lines.push(line);
      if (lines.length === count) break;
    }
  } finally {
    await handle.close().catch(() => undefined);
  }
  return lines;
}

async function putInPlace(unfinished: string, output: string, manifest: PrepareManifest): Promise<void> {
  const manifestFile = `${output}.manifest.json`;
  const unfinishedManifest = `${unfinished}.manifest`;
  await writeSynced(unfinishedManifest, `${JSON.stringify(manifest, null, 2)}\n`);
  await sync(unfinished);
  await rename(unfinishedManifest, manifestFile);
  await rename(unfinished, output);
  await sync(path.dirname(path.resolve(output)));
}

async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
