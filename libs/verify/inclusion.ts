// Many inclusion proofs under one root, in the order of the log: what two of them share is compared and not hashed again.
import { fromBase64, HASH_BYTES, nodeHash, sameBytes, splitOf } from '#libs/log';
import type { TreeHead } from '#libs/log';

/** The proof before: its leaf's index, its path as written, and the node it reached at each step, leaf first, root last. */
interface Proved {
  index: number;
  path: readonly string[];
  nodes: readonly Uint8Array[];
}

export class Inclusions {
  private before: Proved | null = null;

  constructor(private readonly head: TreeHead) {}

  /**
   * Whether `path`, in base64, proves that a leaf of this hash is at `index` (RFC 9162 § 2.1.3.2). From the node up that it
   * shares with the proof before, its parts must be the same; below, they are hashed up to that node.
   */
  isProved(leaf: Uint8Array, index: number, path: readonly string[]): boolean {
    const { size, root } = this.head;
    if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) return false;
    const { before } = this;
    const { rights, shared } = descent(index, size, before?.index ?? null);
    const length = rights.length;
    if (path.length !== length) return false;
    for (let fromRoot = 1; fromRoot <= shared; fromRoot += 1)
      if (path[length - fromRoot] !== before?.path[before.path.length - fromRoot]) return false;
    const nodes = [leaf];
    let hash = leaf;
    for (let i = 0; i < length - shared; i += 1) {
      const sibling = fromBase64(path[i] as string);
      if (sibling?.length !== HASH_BYTES) return false;
      hash = rights[length - 1 - i] === true ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
      nodes.push(hash);
    }
    const above = before === null ? [root] : before.nodes.slice(before.path.length - shared);
    if (!sameBytes(hash, above[0] as Uint8Array)) return false;
    this.before = { index, path, nodes: [...nodes, ...above.slice(1)] };
    return true;
  }
}

/** From the root down to leaf `index`: where it goes right, and how many of these steps lead to leaf `other` too. */
function descent(index: number, size: number, other: number | null): { rights: boolean[]; shared: number } {
  const rights: boolean[] = [];
  let [start, end, shared] = [0, size, 0];
  let isSame = other !== null;
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    const isRight = index >= middle;
    isSame &&= (other as number) >= middle === isRight;
    if (isSame) shared += 1;
    rights.push(isRight);
    if (isRight) start = middle;
    else end = middle;
  }
  return { rights, shared };
}
