// SHA-256 where there is no node:crypto; it stands in for digest.ts in the page that verifies in the browser.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { toBase64 } from './encoding';

const bytesOf = (data: string | Uint8Array): Uint8Array =>
  typeof data === 'string' ? new TextEncoder().encode(data) : data;

export const sha256Bytes = (data: string | Uint8Array): Uint8Array => sha256(bytesOf(data));
export const sha256Hex = (data: string | Uint8Array): string => bytesToHex(sha256(bytesOf(data)));
export const sha256Base64 = (data: Uint8Array): string => toBase64(sha256(data));

/** As much of node:crypto's as is used here. */
export function createHash(_algorithm: 'sha256') {
  const running = sha256.create();
  const hashing = {
    update(data: string | Uint8Array) {
      running.update(bytesOf(data));
      return hashing;
    },
    digest: (_encoding: 'hex'): string => bytesToHex(running.digest()),
  };
  return hashing;
}
