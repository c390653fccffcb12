// Makes a sealed release from a deposit: a pure function of the deposit, the grant and the keys, byte for byte.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { canonicalise } from '../conformance/check';
import type { PlainFile } from '../conformance/check';
import type { Findings } from '../conformance/findings';
import { canonicalRow } from '../conformance/structure';
import type { RowText } from '../conformance/structure';
import { checkValues } from '../conformance/values';
import type { OperationOptions, SealedRelease } from '../contract';
import { withEngine } from '../engine/engine';
import type { Engine, EngineLimits } from '../engine/engine';
import { columnAt, literal, loadCanonical } from '../engine/tables';
import { fileColumns } from '../grant/columns';
import type { GrantSpec } from '../grant/spec';
import { keyedNames } from '../keys/keyed-names';
import { VaultRefusal } from '../objects/failures';
import { publish } from '../objects/object-store';
import { prefixOf, seal } from '../objects/sealing';
import { assess } from './assessment';
import { releaseTable } from './coarsening';
import type { ReleaseManifest } from './manifest';

export interface Materialisation {
  readonly plain: PlainFile['plain'];
  readonly deposit: string;
  readonly grant: GrantSpec;
  readonly fileKey: Buffer;
  readonly pseudonymKey: Buffer;
  readonly vaultDir: string;
  readonly directory: string;
  readonly limits: EngineLimits;
}

/** Writes the release's Parquet file, assesses it, seals it and publishes the sealed bytes. */
export async function materialiseRelease(
  work: Materialisation,
  { signal, progress }: OperationOptions = {},
): Promise<SealedRelease> {
  progress?.(0, 'opening the deposit');
  const { directory, grant } = work;
  const source = { plain: work.plain, spec: grant.depositAs, directory };
  const { pass, file, sha256: deposited } = await canonicalise(source, work.limits, signal, rekeyed(work));
  refuseIfWrong(pass.findings, work.deposit);
  progress?.(0.4, 'making the release');
  const parquet = path.join(directory, 'release.parquet');
  const table = releaseTable(grant);
  const figures = await withEngine({ directory, limits: work.limits, signal }, async (engine) => {
    await engine.run(loadCanonical(file, pass.columns));
    // Checked again, not believed: what was accepted once may not be what lies here now.
    await checkValues(engine, grant.depositAs, pass.columns, pass.findings);
    refuseIfWrong(pass.findings, work.deposit);
    if (table.repeated !== null) await refuseRepeatedPeople(engine, table.repeated);
    await engine.run(table.create);
    await engine.run(
      `copy release to ${literal(parquet)} (format parquet, compression zstd, row_group_size 122880)`,
    );
    const { rows = 0 } = await engine.figures('select count(*) as rows from release');
    return {
      rows,
      assessment: await assess(engine, grant.releaseAs, table.columns),
      version: await engine.version(),
    };
  });
  progress?.(0.8, 'sealing the release');
  const sha256 = await digestOf(parquet, signal);
  const sealed = seal(work.fileKey, 'release', prefixOf(work.fileKey, sha256));
  const { objectId } = await publish(work.vaultDir, 'release', [createReadStream(parquet), sealed], signal);
  const manifest: ReleaseManifest = {
    format: 1,
    sha256,
    bytes: (await stat(parquet)).size,
    rows: figures.rows,
    tier: grant.tier,
    level: grant.releaseAs.level,
    fields: table.columns.map(({ name, field }, index) => ({
      column: columnAt(index),
      name,
      type: field.type,
    })),
    releaseAs: grant.releaseAs,
    deposits: [{ deposit: work.deposit, sha256: deposited }],
    assessment: figures.assessment,
    engine: `duckdb ${figures.version}`,
  };
  progress?.(1, 'sealed');
  return { objectId, manifest };
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

/** Rows in which each person has a new name: without the release's key nothing connects it to any other release. */
function rekeyed({ grant, pseudonymKey }: Materialisation): RowText {
  const at = fileColumns(grant.depositAs).findIndex(({ field }) => field.type === 'pseudonym');
  if (at === -1) return canonicalRow;
  const nameOf = keyedNames(pseudonymKey);
  return (values, row) => {
    const value = values[at] ?? '';
    const name = value === '' ? '' : nameOf(value).slice(0, 32);
    return canonicalRow(values.with(at, name), row);
  };
}

/** SHA-256 of a file, in hex. */
export async function digestOf(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline([createReadStream(file), hash], signal ? { signal } : {});
  return hash.digest('hex');
}
