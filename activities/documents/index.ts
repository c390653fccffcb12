// Papers the engine writes and nobody signs: conformance reports, certificates of destruction. Content-addressed.
import { randomBytes } from 'node:crypto';
import type { DestructionCertificate } from '#libs/contracts/certificate';
import type { Instant } from '#libs/domain';
import { canonicalText, sha256 } from '#libs/ledger';
import type { DraftContent } from '#libs/ledger';
import type { Destruction } from '#libs/vault';

/** A paper as canonical bytes with a random salt, so that its id tells nothing about what it says. */
export function document(paper: object): DraftContent {
  const bytes = Buffer.from(canonicalText({ ...paper, salt: randomBytes(16).toString('hex') }));
  return { id: sha256(bytes), bytes };
}

/** What one place cannot know of a destruction: the ledger's part of the key, what else there is, how long backups are kept. */
export interface Around {
  ledgerPartDestroyedAt: Instant | null;
  remains: DestructionCertificate['remains'];
  backupDays: number | null;
}

/** What was seen to be destroyed, when, what is left elsewhere, and until when copies may lie in backups. */
export function certificate(
  { kind, ...proof }: Destruction,
  { ledgerPartDestroyedAt, remains, backupDays }: Around,
): DraftContent {
  if (kind !== 'deposit' && kind !== 'release' && kind !== 'result')
    throw new TypeError(`nobody is given a certificate about ${kind}`);
  const last = [ledgerPartDestroyedAt, proof.keyPart.destroyedAt, proof.at].flatMap((at) => at ?? []).sort();
  const paper: DestructionCertificate = {
    ...{ format: 2, paper: 'certificate of destruction', kind, ...proof, remains },
    ledgerPart: { destroyedAt: ledgerPartDestroyedAt },
    backups: { days: backupDays, goneBy: backupDays === null ? null : daysAfter(last.at(-1), backupDays) },
  };
  return document(paper);
}

const DAY_MS = 24 * 60 * 60 * 1000;
const daysAfter = (at: Instant | undefined, days: number): Instant | null =>
  at === undefined ? null : new Date(Date.parse(at) + days * DAY_MS).toISOString();
