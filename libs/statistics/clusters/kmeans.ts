// k-means: exactly Lloyd's algorithm, with most of its distances left out by Hamerly's bounds.
import type { SeededRandom } from '../random';
import { squaredDistance } from './points';
import type { Points } from './points';

/** What a clustering is: each row's cluster (from 0), each cluster's centre, and how near its rows are to it. */
export interface KMeans {
  readonly clusters: Int32Array;
  /** k × width, cluster by cluster. */
  readonly centres: Float64Array;
  /** Sum of squared distances to the centre, per cluster. */
  readonly within: Float64Array;
  readonly iterations: number;
  /** False if the assignment still changed when the iterations were used up. */
  readonly converged: boolean;
}

const MOST_ITERATIONS = 300;
/** Bounds carry rounding: a distance is left out only where it is decided by more than this, relative to itself. */
const SURE = 1 - 1e-9;

/** Rows that start as centres by k-means++ (Arthur and Vassilvitskii 2007); null if fewer than k rows differ. */
export function plusPlusStarts(points: Points, k: number, random: SeededRandom): Int32Array | null {
  const { rows, width, values } = points;
  const starts = new Int32Array(k);
  const nearest = new Float64Array(rows).fill(Infinity);
  starts[0] = random.below(rows);
  for (let chosen = 1; chosen < k; chosen += 1) {
    let total = 0;
    for (let row = 0; row < rows; row += 1) {
      const distance = squaredDistance(width, values, row, values, starts[chosen - 1]!);
      if (distance < nearest[row]!) nearest[row] = distance;
      total += nearest[row]!;
    }
    if (total === 0) return null;
    starts[chosen] = drawn(nearest, random.uniform() * total);
  }
  return starts;
}

/** The row at which the running sum of weights passes `target`; never one of weight zero. */
function drawn(weights: Float64Array, target: number): number {
  let sum = 0;
  let last = 0;
  for (let row = 0; row < weights.length; row += 1) {
    if (weights[row] === 0) continue;
    sum += weights[row]!;
    last = row;
    if (sum > target) break;
  }
  return last;
}

/** The best of several runs from k-means++ starts, by total within-cluster sum of squares; null as for the starts. */
export function kMeansRestarted(
  points: Points,
  { k, restarts, random }: { k: number; restarts: number; random: SeededRandom },
  onRun: (run: number) => void = () => undefined,
): KMeans | null {
  let best: KMeans | null = null;
  for (let run = 0; run < restarts; run += 1) {
    onRun(run);
    const starts = plusPlusStarts(points, k, random);
    if (starts === null) return null;
    const found = kMeans(points, starts);
    if (best === null || total(found.within) < total(best.within)) best = found;
  }
  return best;
}

/**
 * k-means from the given starting rows (Lloyd 1982; bounds after Hamerly 2010, "Making k-means even faster", SDM).
 * Cluster numbers follow the order of the starts; a row equally near to two centres goes to the first. A cluster that
 * loses all its rows starts again at the row farthest from its own centre.
 */
export function kMeans(points: Points, starts: Int32Array): KMeans {
  const state = new Hamerly(points, starts);
  let iterations = 0;
  let changed = true;
  while (changed && iterations < MOST_ITERATIONS) {
    iterations += 1;
    changed = state.assign();
    if (changed) state.moveCentres();
  }
  return { ...state.result(), iterations, converged: !changed };
}

class Hamerly {
  private readonly k: number;
  private readonly clusters: Int32Array;
  private readonly centres: Float64Array;
  private readonly sums: Float64Array;
  private readonly counts: Int32Array;
  /** At least each row's distance to its own centre, and at most its distance to any other. */
  private readonly upper: Float64Array;
  private readonly lower: Float64Array;
  /** Half the distance from each centre to the nearest other. */
  private readonly gaps: Float64Array;

  constructor(
    private readonly points: Points,
    starts: Int32Array,
  ) {
    const { rows, width, values } = points;
    this.k = starts.length;
    this.clusters = new Int32Array(rows).fill(-1);
    this.centres = new Float64Array(this.k * width);
    starts.forEach((row, c) => this.centres.set(values.subarray(row * width, (row + 1) * width), c * width));
    this.sums = new Float64Array(this.k * width);
    this.counts = new Int32Array(this.k);
    this.upper = new Float64Array(rows).fill(Infinity);
    this.lower = new Float64Array(rows);
    this.gaps = new Float64Array(this.k);
  }

  /** Gives every row to its nearest centre; says whether any changed. */
  assign(): boolean {
    const { width, values, rows } = this.points;
    const { clusters, centres, upper, lower, gaps } = this;
    this.measureGaps();
    let changed = false;
    for (let row = 0; row < rows; row += 1) {
      const own = clusters[row]!;
      if (own >= 0) {
        const bound = Math.max(gaps[own]!, lower[row]!) * SURE;
        if (upper[row]! < bound) continue;
        upper[row] = Math.sqrt(squaredDistance(width, values, row, centres, own));
        if (upper[row]! < bound) continue;
      }
      const nearest = this.nearestTo(row);
      if (nearest === own) continue;
      this.give(row, own, nearest);
      changed = true;
    }
    return this.fillEmpty() || changed;
  }

  /** The nearest centre of a row, the first of several; sets both bounds exactly. */
  private nearestTo(row: number): number {
    const { width, values } = this.points;
    let nearest = 0;
    let best = Infinity;
    let second = Infinity;
    for (let centre = 0; centre < this.k; centre += 1) {
      const distance = squaredDistance(width, values, row, this.centres, centre);
      if (distance < best) {
        second = best;
        best = distance;
        nearest = centre;
      } else if (distance < second) second = distance;
    }
    this.upper[row] = Math.sqrt(best);
    this.lower[row] = Math.sqrt(second);
    return nearest;
  }

  private give(row: number, from: number, to: number): void {
    const { width, values } = this.points;
    const { sums, counts } = this;
    for (let column = 0; column < width; column += 1) {
      const value = values[row * width + column]!;
      if (from >= 0) sums[from * width + column]! -= value;
      sums[to * width + column]! += value;
    }
    if (from >= 0) counts[from]! -= 1;
    counts[to]! += 1;
    this.clusters[row] = to;
  }

  private fillEmpty(): boolean {
    let filled = false;
    for (let cluster = 0; cluster < this.k; cluster += 1) {
      if (this.counts[cluster]! > 0) continue;
      const row = this.farthestRow();
      if (row < 0) continue;
      this.give(row, this.clusters[row]!, cluster);
      this.upper[row] = Infinity;
      this.lower[row] = 0;
      filled = true;
    }
    return filled;
  }

  /** The row farthest from its centre among clusters of more than one row; −1 if every row lies on its centre. */
  private farthestRow(): number {
    const { width, values, rows } = this.points;
    let farthest = -1;
    let most = 0;
    for (let row = 0; row < rows; row += 1) {
      const own = this.clusters[row]!;
      const distance = squaredDistance(width, values, row, this.centres, own);
      if (distance <= most || this.counts[own]! < 2) continue;
      most = distance;
      farthest = row;
    }
    return farthest;
  }

  private measureGaps(): void {
    for (let a = 0; a < this.k; a += 1) {
      let nearest = Infinity;
      for (let b = 0; b < this.k; b += 1)
        if (b !== a)
          nearest = Math.min(nearest, squaredDistance(this.points.width, this.centres, a, this.centres, b));
      this.gaps[a] = Math.sqrt(nearest) / 2;
    }
  }

  /** Moves every centre to the mean of its rows and widens the bounds by how far centres moved. */
  moveCentres(): void {
    const { width, rows } = this.points;
    const before = this.centres.slice();
    this.centres.set(this.sums.map((sum, at) => sum / this.counts[Math.floor(at / width)]!));
    const moved = Float64Array.from({ length: this.k }, (_, cluster) =>
      Math.sqrt(squaredDistance(width, before, cluster, this.centres, cluster)),
    );
    const farthest = moved.indexOf(Math.max(...moved));
    const most = moved[farthest]!;
    const next = Math.max(0, ...moved.filter((_, cluster) => cluster !== farthest));
    for (let row = 0; row < rows; row += 1) {
      const own = this.clusters[row]!;
      this.upper[row]! += moved[own]!;
      this.lower[row]! -= own === farthest ? next : most;
    }
  }

  /** Centres and sums of squares worked out afresh from the assignment, free of what rounding had piled up. */
  result(): Pick<KMeans, 'clusters' | 'centres' | 'within'> {
    const { rows, width, values } = this.points;
    const centres = new Float64Array(this.k * width);
    const within = new Float64Array(this.k);
    for (let row = 0; row < rows; row += 1)
      for (let column = 0; column < width; column += 1)
        centres[this.clusters[row]! * width + column]! += values[row * width + column]!;
    for (let at = 0; at < centres.length; at += 1) centres[at]! /= this.counts[Math.floor(at / width)]!;
    for (let row = 0; row < rows; row += 1) {
      const own = this.clusters[row]!;
      within[own]! += squaredDistance(width, values, row, centres, own);
    }
    return { clusters: this.clusters, centres, within };
  }
}

/** The sum of the numbers. */
export function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
