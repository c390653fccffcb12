// The database's part of a result's key: kept by the worker, opened for a person who may see the result.
import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';

/** Worker: 32 bytes drawn once per analysis, the same ever after. */
export async function keepResultPart(source: DataSource, project: string, analysis: string): Promise<Buffer> {
  const rows: { part: Buffer }[] = await source.query('select parley.keep_result_part($1, $2, $3) as part', [
    project,
    analysis,
    randomBytes(32),
  ]);
  const part = rows[0]?.part;
  if (part === undefined) throw new Error(`no key part came back for result ${analysis} of ${project}`);
  return part;
}

/** API: the part, if the token's person may see this result now; otherwise null. */
export async function openResult(
  source: DataSource,
  secret: string,
  project: string,
  analysis: string,
): Promise<Buffer | null> {
  const rows: { part: Buffer | null }[] = await source.query(
    'select parley.open_result($1, $2, $3) as part',
    [secret, project, analysis],
  );
  return rows[0]?.part ?? null;
}

/** Worker: makes the result unreadable for ever, whatever becomes of its bytes. */
export async function destroyResultPart(
  source: DataSource,
  project: string,
  analysis: string,
): Promise<void> {
  await source.query('select parley.destroy_result_part($1, $2)', [project, analysis]);
}
