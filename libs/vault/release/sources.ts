// The deposits a release is made from: read again, held to their grants again, and without those who object.
import { mkdir } from 'node:fs/promises';
import { Loading, canonicalise } from '../conformance/loading';
import type { PlainFile } from '../conformance/loading';
import type { Findings } from '../conformance/findings';
import { removeOutside } from '../conformance/periods';
import { checkValues } from '../conformance/values';
import type { Engine, EngineLimits } from '../engine/engine';
import { columnAt, dropRows } from '../engine/tables';
import { fileColumns } from '../grant/columns';
import type { FileColumn } from '../grant/columns';
import type { GrantSpec } from '../grant/spec';
import { VaultRefusal } from '../objects/failures';
import { valueOf } from './coarsening';
import { joiningTable } from './linking';

export interface ReleaseSource {
  readonly plain: PlainFile['plain'];
  readonly deposit: string;
  readonly source: string;
  readonly grant: GrantSpec;
  readonly without: readonly string[];
  readonly isPublished: boolean;
}

export interface Drawing {
  readonly directory: string;
  readonly limits: EngineLimits;
  readonly named: string | null;
  readonly signal: AbortSignal | undefined;
}

export interface Drawn {
  /** Digest of the deposited file. */
  readonly sha256: string;
  /** Whether nobody has two rows. */
  readonly isOneRowEach: boolean;
}

/**
 * Makes the view `deposit` of one that meets its grant. `directory` is private, and there for this one alone; with `named`, SQL of a
 * further column, the rows come with a column of that name.
 */
export async function drawOn(
  engine: Engine,
  { plain, grant, deposit, without }: ReleaseSource,
  { directory, limits, named, signal }: Drawing,
): Promise<Drawn> {
  await mkdir(directory, { mode: 0o700 });
  const loading = new Loading(engine, grant.depositAs, named);
  const canonical = await canonicalise({ plain, spec: grant.depositAs, directory }, limits, loading, signal);
  const { pass, sha256 } = canonical;
  refuseIfWrong(pass.findings, deposit);
  await loading.finish(canonical);
  // Checked again, not believed: what was accepted once may not be what lies here now.
  await checkValues({
    ...{ engine, spec: grant.depositAs, columns: pass.columns },
    ...{ plain: pass.plainColumns, findings: pass.findings },
  });
  refuseIfWrong(pass.findings, deposit);
  await removeOutside(engine, grant.depositAs, pass.columns);
  await leaveOut(engine, pass.columns, without);
  return { sha256, isOneRowEach: !pass.findings.has('REPEATED_PSEUDONYM') };
}

function refuseIfWrong(findings: Findings, deposit: string): void {
  if (!findings.isRefused) return;
  const message = `Deposit ${deposit} does not meet its grant. Check it before a release.`;
  throw new VaultRefusal('NOT_CONFORMING', message);
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

/** Keeps what the table `deposit` gives to a linked release, and takes the table away. */
export async function setAside(engine: Engine, { grant }: ReleaseSource, index: number): Promise<void> {
  const given = fileColumns(grant.depositAs);
  await engine.run(joiningTable(index, grant, (name) => valueOf(name, given, grant.releaseAs)));
  await dropRows(engine);
}
