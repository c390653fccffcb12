// Secrets that people carry: random, shown once, stored as SHA-256 only.
import { createHash, randomBytes } from 'node:crypto';

export function digestOf(secret: string | Uint8Array): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** An API token: 32 random bytes behind a prefix by which leaked ones are recognised. */
export const newSecret = (): string => `prl_${randomBytes(32).toString('base64url')}`;
