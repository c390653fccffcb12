// Ward's hierarchical clustering by nearest-neighbour chains.
import { squaredDistance } from './points';
import type { Points } from './points';

/** One merge: the lowest rows of both parts, and the height √(2ΔSS) at which they join. */
interface Merge {
  readonly a: number;
  readonly b: number;
  readonly height: number;
}

/**
 * Every merge of Ward's method (1963), lowest first, with heights as R's `ward.D2` and SciPy give them. Chains of
 * nearest neighbours find them (Murtagh 1983; Müllner 2011) in rows² distances, from centres alone: memory is linear.
 */
export function wardMerges(
  points: Points,
  onMerge: (merged: number) => void = () => undefined,
): readonly Merge[] {
  const parts = new Parts(points);
  const merges: Merge[] = [];
  const chain: number[] = [];
  while (merges.length < points.rows - 1) {
    if (chain.length === 0) chain.push(parts.first());
    const tip = chain[chain.length - 1]!;
    const before = chain[chain.length - 2] ?? -1;
    const { nearest, distance } = parts.nearestTo(tip, before);
    if (nearest !== before) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    const height = Math.max(Math.sqrt(distance), parts.heightOf(tip), parts.heightOf(nearest));
    merges.push({ a: Math.min(tip, nearest), b: Math.max(tip, nearest), height });
    parts.join(tip, nearest, height);
    onMerge(merges.length);
  }
  // Stable, and no merge is lower than those within it, whatever rounding did: what depends on a merge comes after it.
  return merges.sort((x, y) => x.height - y.height);
}

/** The clusters that remain when all but the highest k − 1 merges are made, numbered by their first rows. */
export function cutTree(rows: number, merges: readonly Merge[], k: number): Int32Array {
  const root = Int32Array.from({ length: rows }, (_, row) => row);
  const find = (row: number): number => {
    let at = row;
    while (root[at] !== at) {
      root[at] = root[root[at]!]!;
      at = root[at]!;
    }
    return at;
  };
  for (const { a, b } of merges.slice(0, rows - k)) {
    const [low, high] = [find(a), find(b)].sort((x, y) => x - y) as [number, number];
    root[high] = low;
  }
  const numbers = new Map<number, number>();
  return Int32Array.from(root, (_, row) => {
    const top = find(row);
    const number = numbers.get(top) ?? numbers.size;
    numbers.set(top, number);
    return number;
  });
}

/** The parts that are left, each by the place of one of its rows: centre and size. */
class Parts {
  private readonly centres: Float64Array;
  private readonly sizes: Float64Array;
  private readonly heights: Float64Array;
  /** The places still in use, in no particular order, and where each stands in that list. */
  private readonly active: Int32Array;
  private readonly position: Int32Array;
  private count: number;

  constructor(private readonly points: Points) {
    this.centres = points.values.slice();
    this.sizes = new Float64Array(points.rows).fill(1);
    this.heights = new Float64Array(points.rows);
    this.active = Int32Array.from({ length: points.rows }, (_, row) => row);
    this.position = this.active.slice();
    this.count = points.rows;
  }

  first(): number {
    return this.active[0]!;
  }

  /** The height at which the part was made; 0 for a row. */
  heightOf(place: number): number {
    return this.heights[place]!;
  }

  /** The part whose merge with `place` adds least to the sum of squares; a tie goes to `preferred`, then to the lowest. */
  nearestTo(place: number, preferred: number): { nearest: number; distance: number } {
    let nearest = preferred;
    let distance = preferred < 0 ? Infinity : this.distance(place, preferred);
    for (let at = 0; at < this.count; at += 1) {
      const other = this.active[at]!;
      if (other === place || other === preferred) continue;
      const to = this.distance(place, other);
      if (to < distance || (to === distance && nearest !== preferred && other < nearest)) {
        distance = to;
        nearest = other;
      }
    }
    return { nearest, distance };
  }

  /** Joins two parts under the lower place. */
  join(a: number, b: number, height: number): void {
    const [kept, gone] = a < b ? [a, b] : [b, a];
    const { width } = this.points;
    const [x, y] = [this.sizes[kept]!, this.sizes[gone]!];
    for (let column = 0; column < width; column += 1) {
      const at = kept * width + column;
      this.centres[at] = (x * this.centres[at]! + y * this.centres[gone * width + column]!) / (x + y);
    }
    this.sizes[kept] = x + y;
    this.heights[kept] = height;
    this.count -= 1;
    const last = this.active[this.count]!;
    this.active[this.position[gone]!] = last;
    this.position[last] = this.position[gone]!;
  }

  /** Twice what a merge adds to the sum of squares: 2·|a||b| ÷ (|a|+|b|) · squared distance of the centres. */
  private distance(a: number, b: number): number {
    const [x, y] = [this.sizes[a]!, this.sizes[b]!];
    return ((2 * x * y) / (x + y)) * squaredDistance(this.points.width, this.centres, a, this.centres, b);
  }
}
