// One way to ask each algorithm for k clusters, and for the clusters that a sample of the records would have given.
import { SeededRandom } from '../random';
import { gowerDistances } from './gower';
import type { MixedField } from './gower';
import { kMeans, kMeansRestarted, total } from './kmeans';
import { pam } from './pam';
import { rowsOf, squaredDistance } from './points';
import type { Points } from './points';
import type { Distance } from './silhouette';
import { cutTree, wardMerges } from './ward';

export interface Partition {
  /** Each record's cluster, from 0. */
  readonly clusters: Int32Array;
  /** What the algorithm makes small: the within-cluster sum of squares, or the sum of distances to the medoids. */
  readonly cost: number;
  readonly converged: boolean;
}

/** The share of a step that is done, from 0 to 1. */
export type Done = (share: number) => void;

export interface Clusterer {
  readonly distance: Distance;
  /** k clusters of all records; null if fewer than k records differ. */
  partition(k: number, done: Done): Partition | null;
  /** Clusters of all records, each with the centre nearest to it of those found in a sample (rows, some repeatedly). */
  fromSample(sample: Int32Array, k: number): Int32Array | null;
}

/** The within-cluster sum of squares of some records at each of these numbers of clusters. */
export type Dispersion = (points: Points, ks: readonly number[]) => Float64Array;

export function kMeansDispersion({ restarts, seed }: { restarts: number; seed: number }): Dispersion {
  const random = new SeededRandom(seed);
  return (points, ks) =>
    Float64Array.from(ks, (k) => {
      if (k === 1) return withinOf(points, new Int32Array(points.rows), 1);
      const found = kMeansRestarted(points, { k, restarts, random }, () => undefined);
      return found === null ? 0 : total(found.within);
    });
}

export const wardDispersion: Dispersion = (points, ks) => {
  const merges = wardMerges(points);
  return Float64Array.from(ks, (k) => withinOf(points, cutTree(points.rows, merges, k), k));
};

/** k-means; with `starts` from these rows alone. */
export function kMeansClusterer(
  points: Points,
  { restarts, seed, starts }: { restarts: number; seed: number; starts: Int32Array | null },
): Clusterer {
  const random = new SeededRandom(seed);
  const best = (of: Points, k: number, done: Done) =>
    kMeansRestarted(of, { k, restarts, random }, (run) => done(run / restarts));
  return {
    distance: euclidean(points),
    partition(k, done) {
      const found = starts === null ? best(points, k, done) : kMeans(points, starts);
      if (found === null || new Set(found.clusters).size < k) return null;
      return { ...found, cost: total(found.within) };
    },
    fromSample(sample, k) {
      const found = best(rowsOf(points, sample), k, () => undefined);
      return found && nearestCentres(points, found.centres);
    },
  };
}

export function wardClusterer(points: Points): Clusterer {
  let merges: ReturnType<typeof wardMerges> | null = null;
  return {
    distance: euclidean(points),
    partition(k, done) {
      merges ??= wardMerges(points, (merged) => done(merged / points.rows));
      if (differing(merges) < k) return null;
      const clusters = cutTree(points.rows, merges, k);
      return { clusters, cost: withinOf(points, clusters, k), converged: true };
    },
    fromSample(sample, k) {
      const drawn = rowsOf(points, sample);
      return nearestCentres(points, centresOf(drawn, cutTree(drawn.rows, wardMerges(drawn), k), k));
    },
  };
}

export function pamClusterer(fields: readonly MixedField[], rows: number): Clusterer {
  const distances = gowerDistances(fields, rows);
  const everyone = Int32Array.from({ length: rows }, (_, row) => row);
  return {
    distance: (a, b) => distances[a * rows + b]!,
    partition(k) {
      const { clusters, cost } = pam(distances, rows, everyone, k);
      const isEmpty = new Set(clusters).size < k;
      return isEmpty ? null : { clusters, cost, converged: true };
    },
    fromSample(sample, k) {
      const { medoids } = pam(distances, rows, sample, k);
      return everyone.map((row) => nearest(k, (at) => distances[medoids[at]! * rows + row]!));
    },
  };
}

/** How many records differ: merges of equal ones have no height but that of rounding. */
function differing(merges: ReturnType<typeof wardMerges>): number {
  const rounding = 1e-12 * (merges.at(-1)?.height ?? 0);
  return merges.filter(({ height }) => height > rounding).length + 1;
}

function euclidean({ width, values }: Points): Distance {
  return (a, b) => Math.sqrt(squaredDistance(width, values, a, values, b));
}

function centresOf({ rows, width, values }: Points, clusters: Int32Array, k: number): Float64Array {
  const sums = new Float64Array(k * width);
  const counts = new Int32Array(k);
  for (let row = 0; row < rows; row += 1) {
    const own = clusters[row]!;
    counts[own]! += 1;
    for (let column = 0; column < width; column += 1)
      sums[own * width + column]! += values[row * width + column]!;
  }
  return sums.map((sum, at) => sum / counts[Math.floor(at / width)]!);
}

function withinOf(points: Points, clusters: Int32Array, k: number): number {
  const centres = centresOf(points, clusters, k);
  return clusters.reduce(
    (sum, own, row) => sum + squaredDistance(points.width, points.values, row, centres, own),
    0,
  );
}

function nearestCentres({ rows, width, values }: Points, centres: Float64Array): Int32Array {
  const k = centres.length / width;
  return Int32Array.from({ length: rows }, (_, row) =>
    nearest(k, (at) => squaredDistance(width, values, row, centres, at)),
  );
}

function nearest(k: number, distanceTo: (at: number) => number): number {
  let best = 0;
  let least = Infinity;
  for (let at = 0; at < k; at += 1) {
    const distance = distanceTo(at);
    if (distance < least) [best, least] = [at, distance];
  }
  return best;
}
