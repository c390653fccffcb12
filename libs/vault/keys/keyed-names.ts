// Names made with a key: HMAC-SHA256 for a million values in seconds, here and, the same, as an SQL expression.
import { hash } from 'node:crypto';

const BLOCK = 64;

interface Pads {
  readonly inner: Buffer;
  readonly outer: Buffer;
}

/** The two padded keys of HMAC (RFC 2104). */
function padsOf(key: Buffer): Pads {
  const block = Buffer.alloc(BLOCK);
  (key.length > BLOCK ? hash('sha256', key, 'buffer') : key).copy(block);
  const padded = (pad: number) => Buffer.from(block.map((byte) => byte ^ pad));
  return { inner: padded(0x36), outer: padded(0x5c) };
}

/**
 * HMAC-SHA256 (RFC 2104) under one key, in hex. Written over one-shot hashes because `createHmac` builds a stream object per
 * call and takes six times as long, which a million rows feel.
 */
export function keyedNames(key: Buffer): (text: string) => string {
  const { inner, outer } = padsOf(key);
  return (text) => {
    const first = hash('sha256', Buffer.concat([inner, Buffer.from(text)]), 'buffer');
    return hash('sha256', Buffer.concat([outer, first]), 'hex');
  };
}

const bytes = (buffer: Buffer) => `from_hex('${buffer.toString('hex')}')`;

/** The same name of an SQL text value, computed where the rows are. */
export function keyedNameSql(key: Buffer, value: string): string {
  const { inner, outer } = padsOf(key);
  return `sha256(${bytes(outer)} || from_hex(sha256(${bytes(inner)} || encode(${value}))))`;
}

/** People's names in a release: 128 bits in hexadecimal digits. */
export const RELEASE_NAME_LENGTH = 32;

/**
 * A name of one release, as SQL: half of SHA-256 over its key of 32 bytes and the text. Half a hash cannot be continued to that of a
 * longer text, which is what HMAC's second round is for (chop-MD: Coron, Dodis, Malinaud and Puniya 2005), and a million
 * names take half the time.
 */
export function releaseNameSql(key: Buffer, value: string): string {
  return `left(sha256(${bytes(key)} || encode(${value})), ${RELEASE_NAME_LENGTH})`;
}
