// How strong an unmeasured cause would have to be to explain an effect away: Rosenbaum's bounds and E-values.
import { normalUpper } from '../distributions';
import { ascending } from '../order';

/**
 * Greatest one-sided p-value of Wilcoxon's signed rank test over pairs, in the direction of the estimate, if one of a pair
 * could be up to `gamma` times likelier to be treated (Rosenbaum 2002, § 4.3.3; normal approximation, zeros left out).
 */
export function rosenbaumBound(differences: Float64Array, gamma: number): number {
  const present = differences.filter((difference) => difference !== 0);
  const ranks = averageRanks(present.map(Math.abs));
  const chance = gamma / (1 + gamma);
  let [positive, all, variance] = [0, 0, 0];
  present.forEach((difference, at) => {
    if (difference > 0) positive += ranks[at]!;
    all += ranks[at]!;
    variance += ranks[at]! ** 2 * chance * (1 - chance);
  });
  return variance === 0
    ? 1
    : normalUpper((Math.max(positive, all - positive) - all * chance) / Math.sqrt(variance));
}

/** The least gamma at which the bound exceeds `alpha`; 1 if it does without any hidden bias, at most `most`. */
export function criticalGamma(differences: Float64Array, alpha: number, most = 100): number {
  if (rosenbaumBound(differences, 1) > alpha) return 1;
  let [low, high] = [1, most];
  if (rosenbaumBound(differences, high) <= alpha) return most;
  for (let halving = 0; halving < 60; halving += 1) {
    const middle = (low + high) / 2;
    if (rosenbaumBound(differences, middle) > alpha) high = middle;
    else low = middle;
  }
  return high;
}

function averageRanks(values: Float64Array): Float64Array {
  const order = ascending(values);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end += 1;
    for (let at = start; at < end; at += 1) ranks[order[at]!] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** The E-value of a risk ratio (VanderWeele & Ding 2017): 1 for no effect. */
export function eValue(riskRatio: number): number {
  const above = riskRatio < 1 ? 1 / riskRatio : riskRatio;
  return above + Math.sqrt(above * (above - 1));
}

export interface Effect {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * The E-values of an effect and of the end of its interval that is nearer to none. `riskRatioOf` turns a difference into a
 * risk ratio; none are given where that has no meaning (a risk of 0).
 */
export function eValuesOf(
  { estimate, lower, upper }: Effect,
  riskRatioOf: (difference: number) => number,
): { point: number; limit: number } | undefined {
  const nearer = estimate >= 0 ? lower : upper;
  const limit = lower <= 0 && upper >= 0 ? 1 : eValue(riskRatioOf(nearer));
  const point = eValue(riskRatioOf(estimate));
  return Number.isFinite(point) && Number.isFinite(limit) ? { point, limit } : undefined;
}

/** exp(0.91 d), d being a difference in standard deviations of the outcome (VanderWeele & Ding 2017, table 2). */
export function riskRatioOfDifference(difference: number, sd: number): number {
  return Math.exp((0.91 * difference) / sd);
}
