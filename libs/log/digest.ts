// SHA-256 as every hash of the log takes it. The page in the browser is built with browser-digest.ts in this place.
import { hash } from 'node:crypto';

/** SHA-256 of bytes, or of a text's UTF-8: 32 bytes. */
export const sha256Bytes = (data: string | Uint8Array): Uint8Array => hash('sha256', data, 'buffer');

/** SHA-256 in lower-case hex of bytes, or of a text's UTF-8. */
export const sha256Hex = (data: string | Uint8Array): string => hash('sha256', data, 'hex');

/** SHA-256 in base64 of bytes: where a digest is compared as it is written, this takes half the time of making bytes of it. */
export const sha256Base64 = (data: Uint8Array): string => hash('sha256', data, 'base64');

/** SHA-256 taken piece by piece, for files too large to hold. */
export { createHash } from 'node:crypto';
