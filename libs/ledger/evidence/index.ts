// The database's part of the key of a file of evidence: kept with the entry that records the file, opened for its readers.
import type { DataSource } from 'typeorm';
import type { Queryable } from '../views';

/** API: in the transaction that records the file (`Draft.alongside`). */
export async function storeEvidencePart(
  runner: Queryable,
  stream: string,
  evidence: string,
  part: Buffer,
): Promise<void> {
  await runner.query('select parley.store_evidence_part($1, $2, $3)', [stream, evidence, part]);
}

/** API: the part, if the token's person reads the item now; otherwise null. */
export async function openEvidencePart(
  source: DataSource,
  secret: string,
  stream: string,
  evidence: string,
): Promise<Buffer | null> {
  const sql = 'select parley.open_evidence($1, $2, $3) as part';
  const rows: { part: Buffer | null }[] = await source.query(sql, [secret, stream, evidence]);
  return rows[0]?.part ?? null;
}
