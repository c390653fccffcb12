// Inclusion proofs as they stand in a line: hashes in base64 at equal distances, read and compared byte by byte.
import { bytesOf } from '#libs/log';

/** A hash in base64 has 44 characters. */
const LENGTH = 44;
/** From one to the next, with `","` between. */
const STRIDE = LENGTH + 3;
/** More steps than any log's tree has. */
const MOST_STEPS = 64;

/** A path: hashes in base64, nearest the leaf first, with `","` between, from `at` on. */
export interface Path {
  bytes: Uint8Array;
  at: number;
  steps: number;
}

/** A leaf's place in a log of `size` entries, and the path that proves it. */
export interface Proof {
  index: number;
  size: number;
  /** Null where one of its hashes cannot be one. */
  path: Path | null;
}

/** A path of hashes in base64 that stand apart; null if one cannot be one. Whether each is one is seen where it is used. */
export function pathOf(hashes: readonly string[]): Path | null {
  if (hashes.some((hash) => hash.length !== LENGTH)) return null;
  const bytes = bytesOf(hashes.join('","'));
  const isAscii = bytes.length === Math.max(hashes.length * STRIDE - BETWEEN.length, 0);
  return isAscii ? { bytes, at: 0, steps: hashes.length } : null;
}

const [BEFORE_INDEX, BEFORE_PATH, BEFORE_SIZE, BETWEEN] = [
  '{"index":',
  ',"path":["',
  '"],"size":',
  '","',
].map(bytesOf) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
const [ZERO, NINE, EQUALS, CLOSE] = [0x30, 0x39, 0x3d, 0x7d];

/**
 * The proof in a line, as nearly every line writes it: `{"index":7,"path":["…","…"],"size":9}` and nothing else. Null for any
 * other line. Whether its hashes are hashes is seen where they are used.
 */
export function plainProof(bytes: Uint8Array, start: number, end: number): Proof | null {
  const indexAt = start + BEFORE_INDEX.length;
  const indexEnd = endOfDigits(bytes, indexAt, end);
  const sizeEnd = end - 1;
  const sizeAt = startOfDigits(bytes, sizeEnd, start);
  const pathAt = indexEnd + BEFORE_PATH.length;
  const pathEnd = sizeAt - BEFORE_SIZE.length;
  const steps = (pathEnd - pathAt + BETWEEN.length) / STRIDE;
  const index = numberIn(bytes, indexAt, indexEnd);
  const size = numberIn(bytes, sizeAt, sizeEnd);
  const isPlain =
    Number.isInteger(steps) &&
    steps >= 1 &&
    steps <= MOST_STEPS &&
    index >= 0 &&
    size >= 1 &&
    isAt(BEFORE_INDEX, bytes, start) &&
    isAt(BEFORE_PATH, bytes, indexEnd) &&
    isAt(BEFORE_SIZE, bytes, pathEnd) &&
    bytes[sizeEnd] === CLOSE;
  if (!isPlain) return null;
  for (let at = pathAt + LENGTH; at < pathEnd; at += STRIDE) if (!isAt(BETWEEN, bytes, at)) return null;
  return { index, size, path: { bytes, at: pathAt, steps } };
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= NINE;

function endOfDigits(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isDigit(bytes[at])) at += 1;
  return at;
}

function startOfDigits(bytes: Uint8Array, end: number, start: number): number {
  let at = end;
  while (at > start && isDigit(bytes[at - 1])) at -= 1;
  return at;
}

/** The number of these digits; -1 if there are none, too many, or a zero before others. */
function numberIn(bytes: Uint8Array, start: number, end: number): number {
  const digits = end - start;
  if (digits < 1 || digits > 15 || (digits > 1 && bytes[start] === ZERO)) return -1;
  let number = 0;
  for (let at = start; at < end; at += 1) number = number * 10 + (bytes[at] as number) - ZERO;
  return number;
}

function isAt(text: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < text.length; i += 1) if (bytes[at + i] !== text[i]) return false;
  return true;
}

const ALPHABET = bytesOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
/** What each character stands for; -1 where it is none of base64's. */
const VALUES = new Int8Array(256).fill(-1);
for (const [value, character] of ALPHABET.entries()) VALUES[character] = value;

/** Bytes of a hash that are written in threes; two are left. */
const IN_THREES = 30;

/** Puts the hash at a step of the path into `hash`; false where there is none, written as base64 writes it. */
export function hashAt({ bytes, at }: Path, step: number, hash: Uint8Array): boolean {
  let from = at + step * STRIDE;
  let seen = 0;
  for (let to = 0; to < IN_THREES; to += 3, from += 4) {
    const three =
      (valueAt(bytes, from) << 18) |
      (valueAt(bytes, from + 1) << 12) |
      (valueAt(bytes, from + 2) << 6) |
      valueAt(bytes, from + 3);
    seen |= three;
    hash[to] = three >> 16;
    hash[to + 1] = three >> 8;
    hash[to + 2] = three;
  }
  const last = (valueAt(bytes, from) << 12) | (valueAt(bytes, from + 1) << 6) | valueAt(bytes, from + 2);
  hash[IN_THREES] = last >> 10;
  hash[IN_THREES + 1] = last >> 2;
  // Two bits are nobody's, and zero.
  return (seen | last) >= 0 && (last & 3) === 0 && bytes[from + 3] === EQUALS;
}

const valueAt = (bytes: Uint8Array, at: number): number => VALUES[bytes[at] ?? 0] ?? -1;

/** Whether a step of the path is this hash, in base64. */
export function isHashAt({ bytes, at }: Path, step: number, hash: string): boolean {
  const from = at + step * STRIDE;
  for (let i = 0; i < LENGTH; i += 1) if (bytes[from + i] !== hash.charCodeAt(i)) return false;
  return hash.length === LENGTH;
}

const text = new Uint8Array(LENGTH);
const TEXT: Path = { bytes: text, at: 0, steps: 1 };

/** Puts a hash in base64 into `hash`; false where it is none, written as base64 writes it. */
export function readHash(written: string, hash: Uint8Array): boolean {
  if (written.length !== LENGTH) return false;
  for (let i = 0; i < LENGTH; i += 1) {
    const code = written.charCodeAt(i);
    // Nothing in base64 is written with more than a byte.
    text[i] = code < 256 ? code : 0;
  }
  return hashAt(TEXT, 0, hash);
}

/** Whether two paths are the same, as written, from these steps on to their ends. */
export function isSameFrom(path: Path, step: number, other: Path, otherStep: number): boolean {
  const count = path.steps - step;
  if (count !== other.steps - otherStep) return false;
  if (count <= 0) return true;
  const length = count * STRIDE - BETWEEN.length;
  const [from, otherFrom] = [path.at + step * STRIDE, other.at + otherStep * STRIDE];
  return isSame(path.bytes, from, other.bytes, otherFrom, length);
}

function isSame(a: Uint8Array, atA: number, b: Uint8Array, atB: number, length: number): boolean {
  if (typeof Buffer !== 'undefined')
    return Buffer.compare(a.subarray(atA, atA + length), b.subarray(atB, atB + length)) === 0;
  for (let i = 0; i < length; i += 1) if (a[atA + i] !== b[atB + i]) return false;
  return true;
}
