// Many inclusion proofs under one root, in the order of the log: what two of them share is compared and not hashed again.
import { HASH_BYTES, nodeHashBase64, splitOf, toBase64 } from '#libs/log';
import type { TreeHead } from '#libs/log';
import { hashAt, isHashAt, isSameFrom, readHash } from './paths';
import type { Path } from './paths';

/** The way down from the root to a leaf: at each depth the leaves below, and the hash there in base64; and the path that proved it. */
interface Descent {
  starts: number[];
  ends: number[];
  nodes: string[];
  /** Of the leaf. */
  depth: number;
  path: Path;
}

const [own, beside] = [new Uint8Array(HASH_BYTES), new Uint8Array(HASH_BYTES)];

export class Inclusions {
  private before: Descent | null = null;

  constructor(private readonly head: TreeHead) {}

  /**
   * Whether `path` proves that a leaf of this hash, in base64, is at `index` (RFC 9162 § 2.1.3.2). Down to the node that both lie under, its
   * parts must be those of the proof before. Just below, each has the other's node beside it, known by then; only what lies
   * further below is hashed. After a proof that fails, the next one is hashed up to the root again.
   */
  isProved(leaf: string, index: number, path: Path): boolean {
    const { head, before } = this;
    this.before = null;
    if (!(Number.isSafeInteger(index) && index >= 0 && index < head.size)) return false;
    const way = before ?? { starts: [0], ends: [head.size], nodes: [], depth: 0, path };
    const shared = before === null ? -1 : sharedDepth(before, index);
    const depth = descend(way, index, Math.max(shared, 0));
    if (path.steps !== depth) return false;
    const isProved =
      before === null
        ? climb(way, leaf, depth, path, 0) && way.nodes[0] === toBase64(head.root)
        : this.joins(before, shared, leaf, depth, path);
    if (!isProved) return false;
    way.depth = depth;
    way.path = path;
    this.before = way;
    return true;
  }

  /** Climbs to just below the node shared with the proof before, and compares from there. */
  private joins(before: Descent, shared: number, leaf: string, depth: number, path: Path): boolean {
    const steps = depth - shared;
    const stepsBefore = before.depth - shared;
    if (!isSameFrom(path, steps, before.path, stepsBefore)) return false;
    if (steps === 0) return leaf === before.nodes[depth];
    const known = before.nodes[shared + 1] as string;
    return (
      isHashAt(path, steps - 1, known) &&
      climb(before, leaf, depth, path, shared + 1) &&
      isHashAt(before.path, stepsBefore - 1, before.nodes[shared + 1] as string)
    );
  }
}

/** The depth of the deepest node of that way that has leaf `index` below it. */
function sharedDepth({ starts, ends, depth }: Descent, index: number): number {
  let shared = depth;
  while (index < (starts[shared] as number) || index >= (ends[shared] as number)) shared -= 1;
  return shared;
}

/** Goes on from a node down to leaf `index`; returns how deep it lies. */
function descend({ starts, ends }: Descent, index: number, from: number): number {
  let depth = from;
  for (;;) {
    const [start, end] = [starts[depth] as number, ends[depth] as number];
    if (end - start === 1) return depth;
    const middle = start + splitOf(end - start);
    depth += 1;
    starts[depth] = index < middle ? start : middle;
    ends[depth] = index < middle ? middle : end;
  }
}

/** Hashes from the leaf up to the node at depth `to`; false if a step is no hash. */
function climb({ starts, nodes }: Descent, leaf: string, from: number, path: Path, to: number): boolean {
  nodes[from] = leaf;
  for (let depth = from; depth > to; depth -= 1) {
    if (!hashAt(path, from - depth, beside) || !readHash(nodes[depth] as string, own)) return false;
    const isRight = starts[depth] !== starts[depth - 1];
    nodes[depth - 1] = isRight ? nodeHashBase64(beside, own) : nodeHashBase64(own, beside);
  }
  return true;
}
