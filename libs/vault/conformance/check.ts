// Checks an opened deposit against its grant: shape first, then every value in the data process.
import type { OperationOptions } from '../contract';
import { Engine, withEngine } from '../engine/engine';
import type { EngineLimits } from '../engine/engine';
import { VaultRefusal } from '../objects/failures';
import { Findings } from './findings';
import { Loading, canonicalise } from './loading';
import type { Canonical, PlainFile } from './loading';
import { profile } from './profile';
import type { ColumnProfile } from './profile';
import type { DepositReport } from './report';
import { isOfFile, twice } from './twice';
import { checkValues } from './values';

const CHECKING_THREADS = 2;

/** A file to be checked. */
export interface CheckedFile extends PlainFile {
  /** Whether an accepted file is described too. */
  readonly describes?: true;
}

/** The report on a file. Throws only if the operation is cancelled, the bytes do not open or the disk is full. */
export async function checkFile(
  source: CheckedFile,
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
  // The process starts while the file is read, and takes its first rows.
  const early = new Engine(engineOptions);
  void early.open().catch(() => undefined);
  try {
    const begun = [new Loading(early, source.spec)];
    const canonical = await canonicalise(source, limits, begun[0]!, options.signal);
    const waiting = [early];
    const work = () =>
      withEngine(
        engineOptions,
        async (engine) => {
          await (begun.pop() ?? new Loading(engine, source.spec)).finish(canonical);
          return checkRows(engine, canonical, source, options);
        },
        waiting.pop(),
      );
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
  { spec, describes }: CheckedFile,
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
  { pass }: Canonical,
  { spec, describes }: CheckedFile,
  { progress }: OperationOptions,
): Promise<Checked> {
  const findings = new Findings();
  const { n = 0 } = await engine.figures('select count(*) as n from deposit');
  if (n !== pass.rows)
    throw new VaultRefusal('ENGINE_FAILED', 'The two readers of the file disagree about its rows.');
  const deposit = { engine, spec, columns: pass.columns, plain: pass.plainColumns, findings };
  await checkValues(deposit, (done) => progress?.(0.3 + done * 0.6, 'checking values'));
  return { findings, profile: findings.isRefused || !describes ? [] : await profile(deposit) };
}
