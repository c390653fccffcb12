// Tails and quantiles of the normal, t and chi-squared distributions, as tests and intervals use them.
import incompleteGamma from '@stdlib/math-base-special-gammainc';
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';

/** Degrees of freedom of a test; `Infinity` means the normal distribution. */
type Degrees = number;

/** Probability of a value at least as far from zero as `statistic`, in either direction. */
export function twoSidedP(statistic: number, df: Degrees): number {
  const lower = -Math.abs(statistic);
  return 2 * (Number.isFinite(df) ? tCdf(lower, df) : normalCdf(lower, 0, 1));
}

/** How many standard errors a two-sided interval of this level reaches to each side. */
export function criticalValue(level: number, df: Degrees): number {
  const upper = 1 - (1 - level) / 2;
  return Number.isFinite(df) ? tQuantile(upper, df) : normalQuantile(upper, 0, 1);
}

/** Probability of a standard normal value above `z`. */
export function normalUpper(z: number): number {
  return normalCdf(-z, 0, 1);
}

/** Probability of a chi-squared value above `statistic`. */
export function chiSquaredUpper(statistic: number, df: number): number {
  return incompleteGamma(statistic / 2, df / 2, true, true);
}
