// The gap statistic: whether k clusters are tighter than they would be among records that lie evenly, without any clusters.
import { SeededRandom } from '../random';
import { total } from './kmeans';
import type { Dispersion, Done } from './partition';
import type { Points } from './points';

/** The gap at each k from 1 on, and how much it varies with the samples. */
export interface Gap {
  readonly k: number;
  readonly gap: number;
  readonly spread: number;
}

/**
 * Tibshirani, Walther and Hastie (2001): the mean log dispersion of samples drawn evenly over the range of each column,
 * less that of the records; the spread is the samples' standard deviation · √(1 + 1/B).
 */
export function gapsOf(
  points: Points,
  dispersion: Dispersion,
  { ks, samples, seed }: { ks: readonly number[]; samples: number; seed: number },
  done: Done,
): Gap[] {
  const random = new SeededRandom(seed);
  const drawn = Array.from({ length: samples }, (_, at) => {
    done(at / (samples + 1));
    return dispersion(evenly(points, random), ks);
  });
  return gapsFrom(ks, dispersion(points, ks), drawn);
}

/** The same from the dispersions at each k, of the records and of each sample. */
export function gapsFrom(ks: readonly number[], own: Float64Array, samples: readonly Float64Array[]): Gap[] {
  return ks.map((k, at) => {
    const logs = Float64Array.from(samples, (sample) => Math.log(sample[at]!));
    const mean = total(logs) / logs.length;
    const deviation = Math.sqrt(total(logs.map((value) => (value - mean) ** 2)) / logs.length);
    return { k, gap: mean - Math.log(own[at]!), spread: deviation * Math.sqrt(1 + 1 / logs.length) };
  });
}

/** The smallest k whose gap is within one spread of the next one's; the last if none is. */
export function takenBy(gaps: readonly Gap[]): number {
  const found = gaps.find(({ gap }, at) => {
    const next = gaps[at + 1];
    return next !== undefined && gap >= next.gap - next.spread;
  });
  return (found ?? gaps[gaps.length - 1])?.k ?? 1;
}

/** As many records, each number drawn evenly between the least and the largest of its column. */
function evenly({ rows, width, values }: Points, random: SeededRandom): Points {
  const least = new Float64Array(width).fill(Infinity);
  const most = new Float64Array(width).fill(-Infinity);
  values.forEach((value, at) => {
    least[at % width] = Math.min(least[at % width]!, value);
    most[at % width] = Math.max(most[at % width]!, value);
  });
  const drawn = Float64Array.from({ length: rows * width }, (_, at) => {
    const column = at % width;
    return least[column]! + random.uniform() * (most[column]! - least[column]!);
  });
  return { rows, width, values: drawn };
}
