// Keys made from two parts, one from Postgres and one from the key store: without either there is no key.
import { hkdfSync } from 'node:crypto';
import { VaultRefusal } from '../objects/failures';

const PART_BYTES = 32;

/** What a derived key is for; each purpose has its own, none tells anything about another. */
export type KeyPurpose =
  'release file' | 'release pseudonyms' | 'result file' | 'evidence file' | 'units file' | 'unit names';

/** HKDF-SHA256 (RFC 5869) over both parts, bound to the purpose and to the id of what it opens. */
export function deriveKey(partA: Buffer, partB: Buffer, purpose: KeyPurpose, id: string): Buffer {
  if (partA.length !== PART_BYTES || partB.length !== PART_BYTES) {
    throw new VaultRefusal(
      'WRONG_KEY',
      `A key part of ${id} is not ${PART_BYTES} bytes long, so no key can be made from it.`,
    );
  }
  const info = `parley ${purpose} v1\0${id}`;
  return Buffer.from(hkdfSync('sha256', Buffer.concat([partA, partB]), Buffer.alloc(0), info, PART_BYTES));
}
