// Canonical texts, digests, commitments and ids: everything that turns values into bytes that never change.
import { createHash, randomBytes } from 'node:crypto';
import { canonicalText } from '#libs/log';
import type { SignedContent } from '#libs/domain';
import type { DraftContent, DraftText } from './types';

/** SHA-256 in lower-case hex of bytes, or of a text's UTF-8. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Free text on its way into the ledger: the commitment is sha256(salt, a zero byte, text), all UTF-8. */
export function commitText(text: string): DraftText {
  // PostgreSQL keeps no NUL, and half a surrogate pair has no UTF-8 form.
  const clean = Buffer.from(text.replaceAll('\u0000', '')).toString();
  const salt = randomBytes(16).toString('base64url');
  return { commitment: sha256(`${salt}\u0000${clean}`), salt, text: clean };
}

/** Canonical bytes of a JSON object with a random `salt` beside its own fields, so that no digest can be guessed. */
export function contentOf(value: Record<string, unknown>): DraftContent {
  const bytes = Buffer.from(canonicalText({ ...value, salt: randomBytes(16).toString('base64url') }));
  return { id: sha256(bytes), bytes };
}

/** What people sign: the core binds, the cover explains. */
export function signContent(
  core: Record<string, unknown>,
  cover: Record<string, unknown>,
): { content: SignedContent; contents: DraftContent[] } {
  const contents = [contentOf(core), contentOf(cover)];
  const [first, second] = contents as [DraftContent, DraftContent];
  return { content: { core: first.id, cover: second.id }, contents };
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** A random opaque id: the prefix, an underscore, 16 base32 characters (80 bits). */
export function newId(prefix: string): string {
  return idFrom(prefix, randomBytes(16).toString('hex'));
}

/** An opaque id that follows from a digest of at least 16 bytes (hex): the same one whenever it is asked for. */
export function idFrom(prefix: string, digest: string): string {
  const characters = [...Buffer.from(digest, 'hex').subarray(0, 16)].map((byte) => BASE32[byte % 32]);
  return `${prefix}_${characters.join('')}`;
}
