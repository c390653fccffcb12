// How alike two groups are in one covariate: standardised difference, variance ratio and distance of distributions.
/** The two groups: 1 for the treated. `weights` are 0 for people who are not part of the comparison. */
export interface Groups {
  readonly treated: Uint8Array;
  readonly weights: Float64Array;
}

/** A covariate and the positions of its values in ascending order. */
export interface Ordered {
  readonly values: Float64Array;
  readonly order: Int32Array;
}

export interface Balance {
  readonly mean: { readonly treated: number; readonly control: number };
  /** Difference of means divided by the scale, which is the same before and after matching. */
  readonly difference: number;
  /** Variance of the treated by that of the controls; for a field of zeros and ones there is none. */
  readonly varianceRatio?: number;
  readonly ecdfMean: number;
  readonly ecdfMax: number;
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/** The measures of MatchIt 4.7's `summary`, which cites Stuart (2010) and Austin (2009). */
export function balanceOf({ values, order }: Ordered, groups: Groups, scale: number): Balance {
  const isBinary = values.every((value) => value === 0 || value === 1);
  const [treated, control] = [moments(values, groups, 1, isBinary), moments(values, groups, 0, isBinary)];
  const difference = treated.mean - control.mean;
  const mean = { treated: treated.mean, control: control.mean };
  if (isBinary) {
    const apart = Math.abs(difference);
    return { mean, difference: standardised(difference, scale), ecdfMean: apart, ecdfMax: apart };
  }
  return {
    mean,
    difference: standardised(difference, scale),
    varianceRatio: treated.variance / control.variance,
    ...distributionsApart({ values, order }, groups),
  };
}

/** What differences are divided by: the standard deviation, among everybody, of those the effect is on. */
export function scaleOf(values: Float64Array, treated: Uint8Array, estimand: 'ATT' | 'ATC' | 'ATE'): number {
  const isBinary = values.every((value) => value === 0 || value === 1);
  const groups = { treated, weights: new Float64Array(values.length).fill(1) };
  const [control, own] = [moments(values, groups, 0, isBinary), moments(values, groups, 1, isBinary)];
  if (estimand === 'ATE') return Math.sqrt((control.variance + own.variance) / 2);
  return Math.sqrt((estimand === 'ATT' ? own : control).variance);
}

/** A covariate that the scale's group does not vary in has no standardised difference unless it is 0. */
function standardised(difference: number, scale: number): number {
  return difference === 0 ? 0 : difference / scale;
}

/** Weighted mean and variance (with Σw − Σw² ∕ Σw in place of n − 1); p (1 − p) for zeros and ones. */
function moments(
  values: Float64Array,
  { treated, weights }: Groups,
  group: 0 | 1,
  isBinary: boolean,
): Moments {
  let [sum, total, squares] = [0, 0, 0];
  for (let at = 0; at < values.length; at += 1) {
    if (treated[at] !== group) continue;
    const weight = weights[at]!;
    sum += weight * values[at]!;
    total += weight;
    squares += weight * weight;
  }
  const mean = sum / total;
  if (isBinary) return { mean, variance: mean * (1 - mean) };
  let around = 0;
  for (let at = 0; at < values.length; at += 1)
    if (treated[at] === group) around += weights[at]! * (values[at]! - mean) ** 2;
  return { mean, variance: around / (total - squares / total) };
}

/** Mean and greatest distance of the two distribution functions, over the values that occur among everybody. */
function distributionsApart(
  { values, order }: Ordered,
  { treated, weights }: Groups,
): { ecdfMean: number; ecdfMax: number } {
  const totals: [number, number] = [0, 0];
  for (let at = 0; at < values.length; at += 1) totals[treated[at] === 1 ? 1 : 0] += weights[at]!;
  let [apart, sum, most, points] = [0, 0, 0, 0];
  for (let index = 0; index < order.length; index += 1) {
    const at = order[index]!;
    apart += treated[at] === 1 ? weights[at]! / totals[1] : -weights[at]! / totals[0];
    if (index + 1 < order.length && values[order[index + 1]!] === values[at]) continue;
    points += 1;
    sum += Math.abs(apart);
    most = Math.max(most, Math.abs(apart));
  }
  return { ecdfMean: sum / points, ecdfMax: most };
}
