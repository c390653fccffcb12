// Many inclusion proofs under one root: nodes that were proved once are compared and not hashed again.
import { fromBase64, HASH_BYTES, inclusionRanges, nodeHash, sameBytes, splitOf, toBase64 } from '#libs/log';
import type { TreeHead } from '#libs/log';

/** Proved nodes by first leaf and width; base64, so that a sibling is compared as it is written. */
export class Inclusions {
  private readonly proved = new Map<number, string>();

  constructor(private readonly head: TreeHead) {}

  /** Whether `path`, in base64, proves that a leaf of this hash is at `index`. Every part of it must be right. */
  isProved(leaf: Uint8Array, index: number, path: readonly string[]): boolean {
    const { size, root } = this.head;
    if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) return false;
    const ranges = inclusionRanges(index, size);
    if (ranges.length !== path.length) return false;
    const learned: [number, string][] = [];
    let [hash, text] = [leaf, toBase64(leaf)];
    let [start, end, known] = [index, index + 1, false];
    for (const [i, range] of ranges.entries()) {
      const written = path[i] as string;
      const key = nodeKey(start, end);
      known ||= this.proved.get(key) === text;
      if (known) {
        // From here up everything was proved before, siblings included.
        if (this.proved.get(nodeKey(range.start, range.end)) !== written) return false;
      } else {
        const sibling = fromBase64(written);
        if (sibling?.length !== HASH_BYTES) return false;
        learned.push([key, text], [nodeKey(range.start, range.end), written]);
        hash = range.start > start ? nodeHash(hash, sibling) : nodeHash(sibling, hash);
        text = toBase64(hash);
      }
      [start, end] = [Math.min(start, range.start), Math.max(end, range.end)];
    }
    known ||= sameBytes(hash, root);
    if (!known) return false;
    for (const [key, node] of learned) this.proved.set(key, node);
    return true;
  }
}

/** Unique below 2^53: a node is named by its first leaf and the height of its range. */
function nodeKey(start: number, end: number): number {
  const width = end - start;
  const height = width === 1 ? 0 : Math.log2(splitOf(width)) + 1;
  return start * 64 + height;
}
