// Logistic regression with a lasso or elastic net penalty: columns that tell too little get the coefficient 0.
import { times } from '../linear-algebra/cross-product';
import { binomial } from '../regression/family';

/** Columns at mean 0 and mean square 1, the intercept's ones first; a column that does not vary is all 0. */
export interface Block {
  readonly rows: number;
  readonly size: number;
  readonly values: Float64Array;
}

export interface Net {
  /** λ: the strength of the whole penalty, above 0. */
  readonly penalty: number;
  /** α: the share of it that is lasso; 1 is the lasso, 0 ridge. */
  readonly mixing: number;
}

const MOST_STEPS = 200;
const MOST_SWEEPS = 10_000;
const SMALL_STEP = 1e-12;
const LEAST_WEIGHT = 1e-10;

/**
 * Minimises −log likelihood + λ·Σ(α·|β| + (1 − α)/2·β²) by coordinate descent on its quadratic approximations (Friedman,
 * Hastie and Tibshirani 2010), each step shortened until it gains. The intercept is not penalised.
 */
export function descend(design: Block, y: Float64Array, net: Net): Float64Array {
  let beta: Float64Array = new Float64Array(design.size);
  beta[0] = binomial.link(y.reduce((sum, value) => sum + value, 0) / y.length);
  let loss = lossAt(design, y, beta, net);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const target = quadraticMinimum(design, y, beta, net);
    const move = target.map((value, at) => value - beta[at]!);
    const reach = move.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (reach <= SMALL_STEP * (1 + Math.abs(beta[0]!))) return target;
    let size = 1;
    let next = target;
    let reached = lossAt(design, y, next, net);
    while (!(reached <= loss + 1e-13 * Math.abs(loss)) && size > 1e-6) {
      size /= 2;
      next = beta.map((value, at) => value + size * move[at]!);
      reached = lossAt(design, y, next, net);
    }
    [beta, loss] = [next, reached];
  }
  return beta;
}

/** The minimum of the penalised quadratic around `from`, one coefficient after the other until none moves. */
function quadraticMinimum(design: Block, y: Float64Array, from: Float64Array, net: Net): Float64Array {
  const { rows, size, values } = design;
  const mean = times(design, from).map((eta) => binomial.mean(eta));
  const weight = mean.map((value) => Math.max(LEAST_WEIGHT, binomial.variance(value)));
  const residual = y.map((value, row) => value - mean[row]!);
  const column = (at: number) => values.subarray(at * rows, (at + 1) * rows);
  const curvature = Float64Array.from({ length: size }, (_, at) =>
    column(at).reduce((sum, value, row) => sum + weight[row]! * value * value, 0),
  );
  const beta = Float64Array.from(from);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep += 1) {
    let reach = 0;
    for (let at = 0; at < size; at += 1) {
      if (curvature[at] === 0) continue;
      const own = column(at);
      let gradient = curvature[at]! * beta[at]!;
      for (let row = 0; row < rows; row += 1) gradient += own[row]! * residual[row]!;
      const next = at === 0 ? gradient / curvature[at]! : shrunk(gradient, curvature[at]!, net);
      const change = next - beta[at]!;
      if (change === 0) continue;
      for (let row = 0; row < rows; row += 1) residual[row]! -= change * weight[row]! * own[row]!;
      beta[at] = next;
      reach = Math.max(reach, Math.abs(change));
    }
    if (reach <= SMALL_STEP * (1 + Math.abs(beta[0]!))) break;
  }
  return beta;
}

/** Soft thresholding: towards 0 by the lasso's share, and smaller by the ridge's. */
function shrunk(gradient: number, curvature: number, { penalty, mixing }: Net): number {
  const beyond = Math.abs(gradient) - penalty * mixing;
  return beyond <= 0 ? 0 : (Math.sign(gradient) * beyond) / (curvature + penalty * (1 - mixing));
}

function lossAt(design: Block, y: Float64Array, beta: Float64Array, { penalty, mixing }: Net): number {
  const mean = times(design, beta).map((eta) => binomial.mean(eta));
  let loss = 0;
  for (let row = 0; row < y.length; row += 1) loss += binomial.deviance(y[row]!, mean[row]!) / 2;
  for (let at = 1; at < beta.length; at += 1)
    loss += penalty * (mixing * Math.abs(beta[at]!) + ((1 - mixing) / 2) * beta[at]! ** 2);
  return Number.isNaN(loss) ? Infinity : loss;
}
