// Names made with a key: HMAC-SHA256 for a million values in seconds, and names of 128 bits where the rows are.
import { hash, hkdfSync } from 'node:crypto';
import { KEYED_NAME } from '../engine/protocol';

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

/**
 * SQL of the name of an SQL text under a key of 32 bytes: 128 bits, as a UUID, computed where the rows are. What `parley prepare` names
 * people by is 128 bits already: these are one block x of AES-256, which the engine does for thousands at a time, and E(x) ⊕ x is a
 * function that nobody can go back, with the key neither (Davies–Meyer). Of any other text it is half of
 * SHA-256 over the key and the text, which cannot be continued to that of a longer text (chop-MD: Coron, Dodis, Malinaud and Puniya 2005).
 */
export function keyedNameSql(key: Buffer, value: string): string {
  const [ofBlocks, ofText] = ['blocks', 'text'].map((form) => bytes(keyOf(key, form)));
  return `case when regexp_full_match(${value}, 'p[0-9a-f]{32}') then ${KEYED_NAME}(cast(substr(${value}, 2) as uuid), ${ofBlocks})
    else cast(left(sha256(${ofText} || encode(${value})), 32) as uuid) end`;
}

const keyOf = (key: Buffer, form: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `parley names of ${form} v1`, 32));
