// Papers the engine writes and nobody signs: conformance reports, certificates of destruction. Content-addressed.
import { randomBytes } from 'node:crypto';
import { canonicalText, sha256 } from '#libs/ledger';
import type { DraftContent } from '#libs/ledger';
import type { Destruction } from '#libs/vault';

/** A paper as canonical bytes with a random salt, so that its id tells nothing about what it says. */
export function document(paper: object): DraftContent {
  const bytes = Buffer.from(canonicalText({ ...paper, salt: randomBytes(16).toString('hex') }));
  return { id: sha256(bytes), bytes };
}

/** What was destroyed, when and how: first the part of the key that the ledger keeps, then what the vault has. */
export function certificate(proof: Destruction): DraftContent {
  return document({ format: 1, paper: 'certificate of destruction', ...proof, ledgerKeyPartDestroyed: true });
}
