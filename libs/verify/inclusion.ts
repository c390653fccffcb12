// Many inclusion proofs under one root, in the order of the log: what two of them share is compared and not hashed again.
import { fromBase64, HASH_BYTES, nodeHash, sameBytes, splitOf, toBase64 } from '#libs/log';
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
   * shares with the proof before, its parts must be the same. One step below that node each has the other's node beside it,
   * known by then; only what lies further below is hashed.
   */
  isProved(leaf: Uint8Array, index: number, path: readonly string[]): boolean {
    const { before, head } = this;
    if (!(Number.isSafeInteger(index) && index >= 0 && index < head.size)) return false;
    const { rights, shared } = descent(index, head.size, before?.index ?? null);
    if (path.length !== rights.length) return false;
    const parting = path.length - shared - 1;
    const hashed = this.climb(
      leaf,
      path.slice(0, before === null ? undefined : Math.max(parting, 0)),
      rights,
    );
    const reached = hashed?.at(-1);
    if (!hashed || !reached) return false;
    if (before === null) {
      if (!sameBytes(reached, head.root)) return false;
      this.before = { index, path, nodes: hashed };
      return true;
    }
    const partingBefore = before.path.length - shared - 1;
    const meets =
      parting < 0
        ? sameBytes(reached, before.nodes[0] as Uint8Array)
        : before.path[partingBefore] === toBase64(reached) &&
          path[parting] === toBase64(before.nodes[partingBefore] as Uint8Array);
    if (!meets || !sameFrom(path, parting + 1, before.path, partingBefore + 1)) return false;
    const above = before.nodes.slice(partingBefore + 1);
    this.before = { index, path, nodes: parting < 0 ? above : [...hashed, ...above] };
    return true;
  }

  /** The nodes reached from a leaf by so many steps; null if a step is no hash. */
  private climb(leaf: Uint8Array, steps: readonly string[], rights: readonly boolean[]): Uint8Array[] | null {
    const nodes = [leaf];
    let hash = leaf;
    for (const [i, step] of steps.entries()) {
      const sibling = fromBase64(step);
      if (sibling?.length !== HASH_BYTES) return null;
      hash = rights[rights.length - 1 - i] === true ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
      nodes.push(hash);
    }
    return nodes;
  }
}

function sameFrom(a: readonly string[], fromA: number, b: readonly string[], fromB: number): boolean {
  for (let i = 0; fromA + i < a.length; i += 1) if (a[fromA + i] !== b[fromB + i]) return false;
  return true;
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
