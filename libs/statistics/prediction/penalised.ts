// Logistic regression with a penalty, fitted on some rows of a design and asked about others.
import type { Design } from '../design/matrix';
import { InputRefused } from '../input';
import { factorise, solve } from '../linear-algebra/cholesky';
import { crossProduct, times, transposeTimes } from '../linear-algebra/cross-product';
import { binomial } from '../regression/family';
import { descend } from './elastic-net';
import type { Block, Net } from './elastic-net';

export interface PenalisedModel {
  /** By column of the design as given, the intercept first. */
  readonly coefficients: Float64Array;
}

const MOST_ITERATIONS = 60;
const SMALL_STEP = 1e-10;

/**
 * Minimises −log likelihood + λ·Σ(α·|β| + (1 − α)/2·β²) over these rows, β being the coefficients of columns at mean 0 and
 * mean square 1 over the rows; the intercept is not penalised. Ridge (α = 0) by Newton's method (le Cessie and van
 * Houwelingen 1992), the rest by coordinate descent. A column that is constant in these rows gets the coefficient 0.
 * Refuses what has no finite fit, which happens with λ = 0 only.
 */
export function fitPenalised(design: Design, y: Float64Array, rows: Int32Array, net: Net): PenalisedModel {
  const { centred, means, scales } = standardisedRows(design, rows);
  const outcome = Float64Array.from(rows, (row) => y[row]!);
  const isRidge = net.penalty === 0 || net.mixing === 0;
  const beta = isRidge ? newton(centred, outcome, net.penalty) : descend(centred, outcome, net);
  const coefficients = beta.map((value, column) => (scales[column] === 0 ? 0 : value / scales[column]!));
  for (let column = 1; column < coefficients.length; column += 1)
    coefficients[0]! -= coefficients[column]! * means[column]!;
  return { coefficients };
}

/** Predicted risks of all rows of the design. */
export function predict(design: Design, { coefficients }: PenalisedModel): Float64Array {
  return times(design, coefficients).map((eta) => binomial.mean(eta));
}

function standardisedRows(design: Design, rows: Int32Array) {
  const { size } = design;
  const values = new Float64Array(rows.length * size).fill(1, 0, rows.length);
  const means = new Float64Array(size);
  const scales = new Float64Array(size).fill(1);
  for (let column = 1; column < size; column += 1) {
    const from = design.values.subarray(column * design.rows, (column + 1) * design.rows);
    const own = values.subarray(column * rows.length, (column + 1) * rows.length);
    rows.forEach((row, at) => (own[at] = from[row]!));
    const isConstant = own.every((value) => value === own[0]);
    const mean = own.reduce((sum, value) => sum + value / own.length, 0);
    const scale = isConstant
      ? 0
      : Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length);
    own.forEach((value, at) => (own[at] = scale === 0 ? 0 : (value - mean) / scale));
    [means[column], scales[column]] = [mean, scale];
  }
  return { centred: { rows: rows.length, size, values }, means, scales };
}

function newton(design: Block, y: Float64Array, penalty: number): Float64Array {
  const share = y.reduce((sum, value) => sum + value, 0) / y.length;
  let beta = new Float64Array(design.size);
  beta[0] = binomial.link(share);
  let state = stateAt(design, y, beta, penalty);
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration += 1) {
    const step = stepFrom(design, y, { beta, mean: state.mean, penalty });
    let size = 1;
    let next = beta.map((value, at) => value + step[at]!);
    let reached = stateAt(design, y, next, penalty);
    while (!(reached.loss <= state.loss + 1e-12 * Math.abs(state.loss)) && size > 1e-6) {
      size /= 2;
      next = beta.map((value, at) => value + size * step[at]!);
      reached = stateAt(design, y, next, penalty);
    }
    [beta, state] = [next, reached];
    const reach = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (reach <= SMALL_STEP * (1 + Math.abs(beta[0]!))) return beta;
  }
  throw endless();
}

function stepFrom(
  design: Block,
  y: Float64Array,
  { beta, mean, penalty }: { beta: Float64Array; mean: Float64Array; penalty: number },
): Float64Array {
  const curvature = crossProduct(
    design,
    mean.map((value) => binomial.variance(value)),
  );
  const gradient = transposeTimes(
    design,
    y.map((value, row) => value - mean[row]!),
  );
  for (let column = 1; column < design.size; column += 1) {
    const at = column * design.size + column;
    // A column without spread has no curvature of its own: 1 keeps its coefficient at 0.
    curvature.values[at]! += curvature.values[at] === 0 && penalty === 0 ? 1 : penalty;
    gradient[column]! -= penalty * beta[column]!;
  }
  const factorised = factorise(curvature);
  if (!('factor' in factorised)) throw endless();
  return solve(factorised.factor, gradient);
}

function stateAt(design: Block, y: Float64Array, beta: Float64Array, penalty: number) {
  const mean = times(design, beta).map((eta) => binomial.mean(eta));
  let loss = 0;
  for (let row = 0; row < y.length; row += 1) loss += binomial.deviance(y[row]!, mean[row]!) / 2;
  for (let column = 1; column < beta.length; column += 1) loss += (penalty / 2) * beta[column]! ** 2;
  return { mean, loss: Number.isNaN(loss) ? Infinity : loss };
}

function endless(): InputRefused {
  return new InputRefused(
    'With "penalty" 0 the model has no finite fit on these terms: one of them, or several together, tells the outcome without error or can be computed from others. Set a penalty above 0, such as 1, or leave that term out.',
  );
}
