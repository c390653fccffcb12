// The database's part of a result's key: kept by the worker, opened for a person who may see the result.
import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Instant } from '#libs/domain';
import { asRefused } from '../transactions';

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

/**
 * API: the part, if the token's person may see this result now; otherwise null.
 * @throws Refused LOG_CLOSED while the log is wrong: nothing opens then.
 */
export async function openResult(
  source: DataSource,
  secret: string,
  project: string,
  analysis: string,
): Promise<Buffer | null> {
  const sql = 'select parley.open_result($1, $2, $3) as part';
  const rows = await asked<{ part: Buffer | null }>(source, sql, [secret, project, analysis]);
  return rows[0]?.part ?? null;
}

/**
 * Worker: makes the result unreadable for ever, whatever becomes of its bytes; the instant at which that was done first.
 * @throws Refused STILL_NEEDED while the result passed its check and stands.
 */
export async function destroyResultPart(
  source: DataSource,
  project: string,
  analysis: string,
): Promise<Instant> {
  const sql = 'select parley.instant(parley.destroy_result_part($1, $2)) as at';
  const rows = await asked<{ at: Instant }>(source, sql, [project, analysis]);
  const at = rows[0]?.at;
  if (at === undefined) throw new Error(`the key part of result ${analysis} of ${project} was not destroyed`);
  return at;
}

/** @throws Refused with the rule the database named. */
async function asked<T>(source: DataSource, sql: string, parameters: unknown[]): Promise<T[]> {
  try {
    return await source.query<T[]>(sql, parameters);
  } catch (error) {
    throw asRefused(error);
  }
}
