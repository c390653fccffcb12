// Fits a linear, logistic or Poisson model by Newton's method (which is iteratively reweighted least squares).
import type { Design } from '../design/matrix';
import { InputRefused } from '../input';
import { factorise, inverse, solve } from '../linear-algebra/cholesky';
import type { Square } from '../linear-algebra/cholesky';
import { crossProduct, times, transposeTimes } from '../linear-algebra/cross-product';
import type { Family } from './family';
import { separation } from './separation';
import { standardise } from './standardise';

/** A fitted model; everything by row or column of the design. */
export interface Fit {
  readonly family: Family;
  readonly design: Design;
  readonly y: Float64Array;
  readonly coefficients: Float64Array;
  readonly fitted: Float64Array;
  /** wᵢ (yᵢ − μᵢ): what a row adds to the score per unit of its columns. */
  readonly scores: Float64Array;
  readonly workingWeights: Float64Array;
  /** (Xᵀ W X)⁻¹ of the standardised columns, and what turns it into that of the raw ones. */
  readonly bread: Square;
  readonly standardised: Design;
  readonly back: Square;
  readonly deviance: number;
  readonly residualDf: number;
  readonly iterations: number;
}

export interface FitOptions {
  /** Prior weights, positive; 1 if not given. */
  readonly weights?: Float64Array;
  /** What is predicted, in messages; `the outcome` if not given. */
  readonly predicted?: string;
  /** Added to the linear predictor. */
  readonly offset?: Float64Array;
}

const MOST_ITERATIONS = 50;
/** A Newton step this small leaves an error of about its square. */
const SMALL_STEP = 1e-8;

/** Refuses what has no unique finite estimate, naming the column. */
export function fit(design: Design, y: Float64Array, family: Family, options: FitOptions = {}): Fit {
  const { rows, size } = design;
  if (rows <= size) {
    throw new InputRefused(
      `The model has ${size} coefficients and only ${rows} complete records. Use fewer terms, or codes with fewer levels.`,
    );
  }
  const { weights = new Float64Array(rows).fill(1), offset = new Float64Array(rows) } = options;
  const { predicted = 'the outcome' } = options;
  const { design: standardised, back } = standardise(design);
  refuseSingular(standardised, weights);
  const problem = { design: standardised, y, family, weights, offset, predicted };
  const { state, bread, iterations } = newton(problem);
  return {
    family,
    design,
    standardised,
    back,
    y,
    bread,
    iterations,
    coefficients: timesSquare(back, state.coefficients),
    fitted: state.mean,
    scores: scoresOf(problem, state),
    workingWeights: workingWeights(problem, state),
    deviance: state.deviance,
    residualDf: rows - size,
  };
}

interface Problem {
  readonly design: Design;
  readonly y: Float64Array;
  readonly family: Family;
  readonly weights: Float64Array;
  readonly offset: Float64Array;
  readonly predicted: string;
}

interface State {
  readonly coefficients: Float64Array;
  readonly mean: Float64Array;
  readonly deviance: number;
}

function newton(problem: Problem): { state: State; bread: Square; iterations: number } {
  const { design, family } = problem;
  let state = stateAt(problem, start(problem));
  const lost = () => separation(problem, state.coefficients);
  for (let iteration = 1; iteration <= MOST_ITERATIONS; iteration += 1) {
    const curvature = factorise(crossProduct(design, workingWeights(problem, state)));
    if (!('factor' in curvature)) throw lost();
    const step = solve(curvature.factor, transposeTimes(design, scoresOf(problem, state)));
    const reach = Math.max(...step.map(Math.abs));
    const size = 1 + Math.max(...state.coefficients.map(Math.abs));
    state = advance(problem, state, step);
    if (reach <= SMALL_STEP * size) {
      const last = family.isQuadratic
        ? curvature
        : factorise(crossProduct(design, workingWeights(problem, state)));
      if (!('factor' in last)) throw lost();
      return { state, bread: inverse(last.factor), iterations: iteration };
    }
  }
  throw lost();
}

/** The step, halved until the deviance does not rise. */
function advance(problem: Problem, from: State, step: Float64Array): State {
  for (let share = 1; share > 1e-4; share /= 2) {
    const state = stateAt(
      problem,
      from.coefficients.map((value, index) => value + share * step[index]!),
    );
    if (state.deviance <= from.deviance * (1 + 1e-9) + 1e-9) return state;
  }
  return from;
}

function start({ design, y, family, weights }: Problem): Float64Array {
  const coefficients = new Float64Array(design.size);
  if (family.isQuadratic || design.columns[0]?.fields.length !== 0) return coefficients;
  let [sum, total] = [0, 0];
  y.forEach((value, row) => {
    sum += weights[row]! * value;
    total += weights[row]!;
  });
  coefficients[0] = family.link(sum / total);
  return coefficients;
}

function stateAt({ design, y, family, weights, offset }: Problem, coefficients: Float64Array): State {
  const mean = times(design, coefficients);
  let deviance = 0;
  for (let row = 0; row < mean.length; row += 1) {
    const own = family.mean(mean[row]! + offset[row]!);
    mean[row] = own;
    deviance += weights[row]! * family.deviance(y[row]!, own);
  }
  return { coefficients, mean, deviance: Number.isNaN(deviance) ? Infinity : deviance };
}

function scoresOf({ y, weights }: Problem, { mean }: State): Float64Array {
  const scores = new Float64Array(y.length);
  for (let row = 0; row < y.length; row += 1) scores[row] = weights[row]! * (y[row]! - mean[row]!);
  return scores;
}

function workingWeights({ family, weights }: Problem, { mean }: State): Float64Array {
  const own = new Float64Array(mean.length);
  for (let row = 0; row < own.length; row += 1) own[row] = weights[row]! * family.variance(mean[row]!);
  return own;
}

function refuseSingular(design: Design, weights: Float64Array): void {
  const found = factorise(crossProduct(design, weights));
  if ('factor' in found) return;
  const nameAt = (index: number) => `"${design.columns[index]?.name ?? ''}"`;
  const others = found.of.map(nameAt).join(', ');
  throw new InputRefused(
    `${nameAt(found.column)} can be computed from ${others || 'the other terms'}, so their effects cannot be told apart. Leave one of them out.`,
  );
}

/** A x of a square A. */
export function timesSquare({ size, values }: Square, x: Float64Array): Float64Array {
  return x.map((_value, row) => {
    let sum = 0;
    for (let k = 0; k < size; k += 1) sum += values[row * size + k]! * x[k]!;
    return sum;
  });
}
