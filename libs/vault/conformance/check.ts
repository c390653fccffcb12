// Checks an opened deposit against its grant: shape first, then every value in the data process.
import path from 'node:path';
import type { OperationOptions } from '../contract';
import { Engine, withEngine } from '../engine/engine';
import type { EngineLimits } from '../engine/engine';
import { loadCanonical } from '../engine/tables';
import type { DataSpec } from '../grant/spec';
import { VaultRefusal } from '../objects/failures';
import { writePieces } from '../objects/files';
import type { Pieces } from '../objects/files';
import { Findings } from './findings';
import { profile } from './profile';
import type { ColumnProfile } from './profile';
import type { DepositReport } from './report';
import { StructurePass } from './structure';
import type { RowText } from './structure';
import { openTabular } from './tabular';
import { isOfFile, twice } from './twice';
import { checkValues } from './values';

const CHECKING_THREADS = 2;

export interface PlainFile {
  /** Where the plain bytes come from. */
  readonly plain: Pieces;
  readonly spec: DataSpec;
  /** Whether an accepted file is described too. */
  readonly describes?: true;
  /** A private directory for the canonical rows. */
  readonly directory: string;
}

export interface Canonical {
  readonly pass: StructurePass;
  /** Where the canonical rows lie. */
  readonly file: string;
  /** Digest and length of the file as it came. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Reads a plain file once and leaves its canonical rows in the directory. */
export async function canonicalise(
  { plain, spec, directory }: PlainFile,
  limits: EngineLimits,
  signal?: AbortSignal,
  rowText?: RowText,
): Promise<Canonical> {
  const pass = new StructurePass(spec, rowText ? { rowText } : {});
  const file = path.join(directory, 'canonical.csv');
  const names = pass.columns.map(({ name }) => name);
  const tabular = await openTabular(plain, { names, directory, limits, signal });
  pass.refuseOthers(tabular.others, 0);
  if (tabular.failure) {
    pass.findings.note('UNREADABLE', { detail: tabular.failure.message });
    return { pass, file, ...(tabular.original() ?? { sha256: '', bytes: 0 }) };
  }
  await writePieces(file, pass.read(tabular.plain), signal);
  const { sha256, bytes } = tabular.original() ?? pass;
  return { pass, file, sha256, bytes };
}

/** Loads canonical rows, plain numbers as such. What a key or a rule compares stays text: there 1.0 is not 1. */
export async function loadDeposit(
  engine: Engine,
  { pass, file }: Pick<Canonical, 'pass' | 'file'>,
  { key = [], rules = [] }: DataSpec,
): Promise<void> {
  const compared = new Set([
    ...key,
    ...rules.flatMap((rule) => [rule.field, 'notBefore' in rule ? rule.notBefore : rule.requiredWhere.field]),
  ]);
  const plain = pass.columns.map(({ name }, at) => pass.plainColumns[at] === true && !compared.has(name));
  await loadCanonical(engine, file, pass.columns, plain);
}

/** The report on a file. Throws only if the operation is cancelled, the bytes do not open or the disk is full. */
export async function checkFile(
  source: PlainFile,
  limits: EngineLimits,
  options: OperationOptions = {},
): Promise<DepositReport> {
  options.progress?.(0, 'reading the file');
  const { directory } = source;
  // What is found does not depend on the order of work, so two threads may do it.
  const engineOptions = {
    directory,
    limits: { ...limits, threads: CHECKING_THREADS },
    signal: options.signal,
  };
  // The process starts while the file is read.
  const early = new Engine(engineOptions);
  void early.open().catch(() => undefined);
  try {
    const canonical = await canonicalise(source, limits, options.signal);
    const waiting = [early];
    const work = () =>
      withEngine(engineOptions, (engine) => checkRows(engine, canonical, source, options), waiting.pop());
    const isRead = !canonical.pass.findings.isRefused;
    const profiled = isRead ? await checkedTwice(work, canonical.pass.findings) : [];
    options.progress?.(1, 'checked');
    return reportOf(canonical, source, profiled);
  } finally {
    await early.kill();
  }
}

function reportOf(
  { pass, sha256, bytes }: Canonical,
  { spec, describes }: PlainFile,
  profiled: ColumnProfile[],
): DepositReport {
  return {
    format: 1,
    accepted: !pass.findings.isRefused,
    level: spec.level,
    ...{ sha256, bytes, rows: pass.rows },
    columns: pass.columns.map(({ name }) => name),
    findings: pass.findings.list(),
    ...(describes && !pass.findings.isRefused ? { profile: profiled } : {}),
  };
}

interface Checked {
  readonly findings: Findings;
  readonly profile: ColumnProfile[];
}

/** Adds what is wrong with the rows to what is known; a file that ends the process twice is unreadable. */
async function checkedTwice(work: () => Promise<Checked>, known: Findings): Promise<ColumnProfile[]> {
  const { findings, profile } = await twice(work).catch(asUnreadable);
  known.absorb(findings);
  return profile;
}

function asUnreadable(error: unknown): Checked {
  if (!isOfFile(error)) throw error;
  const findings = new Findings();
  findings.note('UNREADABLE', { detail: error.message });
  return { findings, profile: [] };
}

async function checkRows(
  engine: Engine,
  { pass, file }: Canonical,
  { spec, describes }: PlainFile,
  { progress }: OperationOptions,
): Promise<Checked> {
  const findings = new Findings();
  await loadDeposit(engine, { pass, file }, spec);
  const { n = 0 } = await engine.figures('select count(*) as n from deposit');
  if (n !== pass.rows)
    throw new VaultRefusal('ENGINE_FAILED', 'The two readers of the file disagree about its rows.');
  const deposit = { engine, spec, columns: pass.columns, plain: pass.plainColumns, findings };
  await checkValues(deposit, (done) => progress?.(0.3 + done * 0.6, 'checking values'));
  return { findings, profile: findings.isRefused || !describes ? [] : await profile(deposit) };
}
