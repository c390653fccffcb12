// The database's part of the key of a file of evidence: kept with the entry that records the file, opened for its readers.
import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { digestOf } from '../secrets';
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

/** Which file, for whom, and until when the proof is good (an instant within two minutes). */
export interface EvidenceAsked {
  person: string;
  stream: string;
  evidence: string;
  until: string;
}

/** Portal: proves to the API that a link of this person was shown, without showing it; for this file and moment only. */
export function evidenceProof(token: string, { person, stream, evidence, until }: EvidenceAsked): string {
  const hash = digestOf(token);
  const keyed = (message: Buffer) => createHash('sha256').update(hash).update(message).digest();
  return keyed(keyed(Buffer.from([person, stream, evidence, until].join(' ')))).toString('hex');
}

/** API: the part, if the proof is right and the link's person reads the item now; otherwise null. */
export async function openEvidencePartByLink(
  source: DataSource,
  { person, stream, evidence, until }: EvidenceAsked,
  proof: string,
): Promise<Buffer | null> {
  const sql = 'select parley.open_evidence_by_link($1, $2, $3, $4, $5) as part';
  const parameters = [person, stream, evidence, until, Buffer.from(proof, 'hex')];
  const rows: { part: Buffer | null }[] = await source.query(sql, parameters);
  return rows[0]?.part ?? null;
}
