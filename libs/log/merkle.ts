// The Merkle tree of RFC 9162 § 2.1: hashes of leaves and nodes, and proofs that a leaf is in it and that it only grew.
import { sha256Base64, sha256Bytes } from './digest';
import { sameBytes } from './encoding';

/** Leaves from `start` up to, not including, `end`. */
export interface Range {
  start: number;
  end: number;
}

/** The hash of the complete subtree of 2^height leaves, the `index`-th of its height. */
export type HashAt = (height: number, index: number) => Uint8Array;

export const HASH_BYTES = 32;
/** The tree of no leaves. */
export const EMPTY_ROOT = sha256Bytes(new Uint8Array(0));

/** Where leaves are written behind their 0x00, one after the other. */
let prefixed = new Uint8Array(0);

/** 0x00 ‖ leaf. */
function leafData(leaf: Uint8Array): Uint8Array {
  if (prefixed.length <= leaf.length) prefixed = new Uint8Array(2 * leaf.length + 1);
  prefixed.set(leaf, 1);
  return prefixed.subarray(0, leaf.length + 1);
}

/** SHA-256(0x00 ‖ leaf), of bytes or of a text's UTF-8. */
export const leafHash = (leaf: string | Uint8Array): Uint8Array =>
  sha256Bytes(typeof leaf === 'string' ? `\u0000${leaf}` : leafData(leaf));

/** The same in base64. */
export const leafHashBase64 = (leaf: Uint8Array): string => sha256Base64(leafData(leaf));

const node = new Uint8Array(1 + 2 * HASH_BYTES);
node[0] = 1;

/** 0x01 ‖ left ‖ right. */
function nodeData(left: Uint8Array, right: Uint8Array): Uint8Array {
  node.set(left, 1);
  node.set(right, 1 + HASH_BYTES);
  return node;
}

/** SHA-256(0x01 ‖ left ‖ right). */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  sha256Bytes(nodeData(left, right));

/** The same in base64. */
export const nodeHashBase64 = (left: Uint8Array, right: Uint8Array): string =>
  sha256Base64(nodeData(left, right));

/** The largest power of two below `n` (n > 1), where RFC 9162 splits a tree. */
export function splitOf(n: number): number {
  if (n <= 2 ** 31) return 2 ** (31 - Math.clz32(n - 1));
  let k = 2 ** 30;
  while (k * 2 < n) k *= 2;
  return k;
}

/** The complete subtrees a range is made of, left to right. The range begins where one of its length may begin. */
export function subtreesOf({ start, end }: Range): { height: number; index: number }[] {
  const found: { height: number; index: number }[] = [];
  for (let at = start; at < end;) {
    let height = 0;
    let size = 1;
    while (at % (size * 2) === 0 && at + size * 2 <= end) {
      size *= 2;
      height += 1;
    }
    found.push({ height, index: at / size });
    at += size;
  }
  return found;
}

/** The hash over a range, from those of the complete subtrees in it. */
export function rangeHash(range: Range, hashAt: HashAt): Uint8Array {
  if (range.start === range.end) return EMPTY_ROOT;
  return subtreesOf(range)
    .map(({ height, index }) => hashAt(height, index))
    .reduceRight((right, left) => nodeHash(left, right));
}

/** RFC 9162 § 2.1.3.1: the ranges whose hashes prove that leaf `index` is in the tree of `size`, nearest the leaf first. */
export function inclusionRanges(index: number, size: number): Range[] {
  checkIndex(index, size);
  const path: Range[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
    }
  }
  return path.reverse();
}

/** RFC 9162 § 2.1.4.1: the ranges whose hashes prove that the tree of `size` begins with the one of `older` leaves. */
export function consistencyRanges(older: number, size: number): Range[] {
  if (!(older >= 0 && older <= size))
    throw new RangeError(`A tree of ${size} does not extend one of ${older}.`);
  if (older === 0 || older === size) return [];
  const path: Range[] = [];
  let [start, end] = [0, size];
  while (older !== end) {
    const middle = start + splitOf(end - start);
    if (older <= middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
    }
  }
  // The older tree's own root is known to whoever holds it.
  if (start > 0) path.push({ start, end });
  return path.reverse();
}

/** Whether `path` shows a leaf of this hash at `index` in the tree of `size` with `root`. */
export function isIncluded(
  leaf: Uint8Array,
  index: number,
  { size, root }: { size: number; root: Uint8Array },
  path: readonly Uint8Array[],
): boolean {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) return false;
  const ranges = inclusionRanges(index, size);
  if (ranges.length !== path.length) return false;
  let hash = leaf;
  for (const [i, range] of ranges.entries()) {
    const sibling = path[i] as Uint8Array;
    hash = range.start > index ? nodeHash(hash, sibling) : nodeHash(sibling, hash);
  }
  return sameBytes(hash, root);
}

/** RFC 9162 § 2.1.4.2: whether `path` shows that the newer tree begins with the older one. */
export function isConsistent(
  older: { size: number; root: Uint8Array },
  newer: { size: number; root: Uint8Array },
  path: readonly Uint8Array[],
): boolean {
  if (older.size > newer.size) return false;
  if (older.size === newer.size) return path.length === 0 && sameBytes(older.root, newer.root);
  if (older.size === 0) return path.length === 0 && sameBytes(older.root, EMPTY_ROOT);
  const ranges = consistencyRanges(older.size, newer.size);
  if (ranges.length !== path.length) return false;
  const known = new Map(ranges.map(({ start, end }, i) => [`${start}-${end}`, path[i] as Uint8Array]));
  const covers = (range: Range): Uint8Array => {
    const hash = known.get(`${range.start}-${range.end}`);
    if (hash !== undefined) return hash;
    if (range.start === 0 && range.end === older.size) return older.root;
    const middle = range.start + splitOf(range.end - range.start);
    return nodeHash(covers({ start: range.start, end: middle }), covers({ start: middle, end: range.end }));
  };
  return (
    sameBytes(covers({ start: 0, end: newer.size }), newer.root) &&
    sameBytes(oldRoot(older.size, covers), older.root)
  );
}

/** The older root rebuilt from the proof's own hashes, so that they are bound to it too. */
function oldRoot(size: number, covers: (range: Range) => Uint8Array): Uint8Array {
  const subtrees = subtreesOf({ start: 0, end: size }).map(({ height, index }) => {
    const width = 2 ** height;
    return { start: index * width, end: (index + 1) * width };
  });
  if (subtrees.length === 1) return covers({ start: 0, end: size });
  return subtrees.map(covers).reduceRight((right, left) => nodeHash(left, right));
}

function checkIndex(index: number, size: number): void {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < size))
    throw new RangeError(`A tree of ${size} leaves has no leaf ${index}.`);
}
