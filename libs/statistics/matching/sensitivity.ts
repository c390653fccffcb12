// How strong an unmeasured cause would have to be to explain an effect away: Rosenbaum's bounds and E-values.
import { normalUpper } from '../distributions';
import { ascending } from '../order';

/** Wilcoxon's signed ranks of differences within pairs, zeros left out: what the bounds need of them. */
export interface SignedRanks {
  /** Sum of the ranks of positive differences, of all ranks, and of their squares. */
  readonly positive: number;
  readonly all: number;
  readonly squares: number;
}

export function signedRanks(differences: Float64Array): SignedRanks {
  const present = differences.filter((difference) => difference !== 0);
  const sizes = present.map(Math.abs);
  const order = ascending(sizes);
  let [positive, all, squares] = [0, 0, 0];
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && sizes[order[end]!] === sizes[order[start]!]) end += 1;
    // Equal differences share the mean of their ranks.
    const rank = (start + 1 + end) / 2;
    for (let at = start; at < end; at += 1) {
      if (present[order[at]!]! > 0) positive += rank;
      all += rank;
      squares += rank * rank;
    }
    start = end;
  }
  return { positive, all, squares };
}

/**
 * Greatest one-sided p-value of Wilcoxon's signed rank test over pairs, in the direction of the estimate, if one of a pair
 * could be up to `gamma` times likelier to be treated (Rosenbaum 2002, § 4.3.3; normal approximation).
 */
export function rosenbaumBound({ positive, all, squares }: SignedRanks, gamma: number): number {
  if (all === 0) return 1;
  const chance = gamma / (1 + gamma);
  const statistic = Math.max(positive, all - positive);
  return normalUpper((statistic - all * chance) / Math.sqrt(squares * chance * (1 - chance)));
}

/** The least gamma at which the bound exceeds `alpha`; 1 if it does without any hidden bias, at most `most`. */
export function criticalGamma(ranks: SignedRanks, alpha: number, most = 100): number {
  if (rosenbaumBound(ranks, 1) > alpha) return 1;
  let [low, high] = [1, most];
  if (rosenbaumBound(ranks, high) <= alpha) return most;
  for (let halving = 0; halving < 60; halving += 1) {
    const middle = (low + high) / 2;
    if (rosenbaumBound(ranks, middle) > alpha) high = middle;
    else low = middle;
  }
  return high;
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
