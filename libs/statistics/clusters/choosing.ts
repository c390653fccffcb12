// How many clusters, how well they are told apart, and whether they come back in other samples of the same people.
import { SeededRandom } from '../random';
import { total } from './kmeans';
import type { Clusterer, Done, Partition } from './partition';
import { adjustedRandIndex } from './rand-index';
import { silhouettes } from './silhouette';

/** Up to here silhouettes are worked out for every record, beyond for a random sample of this size. */
export const EXACT_SILHOUETTES = 4_000;

export interface Judged extends Partition {
  readonly k: number;
  /** The mean silhouette, of the sample where there is one. */
  readonly silhouette: number;
  /** Of every record; null where only a sample was looked at. */
  readonly silhouettes: Float64Array | null;
}

/** Clusters the records into each k and judges the result; what fewer records than k differ in is left out. */
export function judgeEach(
  clusterer: Clusterer,
  { ks, rows, seed }: { ks: readonly number[]; rows: number; seed: number },
  done: Done,
): Judged[] {
  const sample =
    rows <= EXACT_SILHOUETTES ? null : new SeededRandom(seed).sample(rows, EXACT_SILHOUETTES).sort();
  return ks.flatMap((k, at) => {
    const partition = clusterer.partition(k, (share) => done((at + share) / ks.length));
    if (partition === null) return [];
    const each = silhouettesOf(clusterer, partition.clusters, k, sample);
    const judged = { k, silhouette: total(each) / each.length, silhouettes: sample === null ? each : null };
    return [{ ...partition, ...judged }];
  });
}

function silhouettesOf(
  { distance }: Clusterer,
  clusters: Int32Array,
  k: number,
  sample: Int32Array | null,
): Float64Array {
  if (sample === null) return silhouettes(clusters, k, distance);
  const drawn = sample.map((row) => clusters[row]!);
  return silhouettes(drawn, k, (a, b) => distance(sample[a]!, sample[b]!));
}

/** The one of the best mean silhouette; of several, the one with fewest clusters. */
export function bestOf(judged: readonly Judged[]): Judged | undefined {
  return judged.reduce<Judged | undefined>(
    (best, each) => (best === undefined || each.silhouette > best.silhouette ? each : best),
    undefined,
  );
}

/**
 * The adjusted Rand index between the clusters and those that each bootstrap sample of the records gives (after Hennig
 * 2007 and Fang and Wang 2012): near 1 if the same clusters come back, near 0 if they are chance.
 */
export function stabilityOf(
  clusterer: Clusterer,
  { clusters, k }: Judged,
  { samples, seed }: { samples: number; seed: number },
  done: Done,
): Float64Array {
  const random = new SeededRandom(seed);
  const found: number[] = [];
  for (let at = 0; at < samples; at += 1) {
    done(at / samples);
    const sample = Int32Array.from({ length: clusters.length }, () => random.below(clusters.length));
    const other = clusterer.fromSample(sample, k);
    if (other !== null) found.push(adjustedRandIndex(clusters, other));
  }
  return Float64Array.from(found);
}
