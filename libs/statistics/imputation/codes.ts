// Imputing a code: drawn from the probabilities of a multinomial logistic model, its coefficients drawn around their estimate.
import { InputRefused } from '../input';
import { factorise, solve } from '../linear-algebra/cholesky';
import type { Square } from '../linear-algebra/cholesky';
import { crossProduct } from '../linear-algebra/cross-product';
import type { Columns } from '../linear-algebra/cross-product';
import type { SeededRandom } from '../random';
import { drawAround } from './normal';
import type { Asked } from './numbers';

/**
 * Precision of a normal prior around no difference: a standard deviation of 10 per standard deviation of a predictor says next to nothing,
 * and keeps estimates finite where a code is told apart perfectly (White, Daniel and Royston 2010 add records to the same end).
 */
const PRIOR = 0.01;
/** What an intercept's curvature is at least, so that its factor exists where a code is all but certain. */
const FLOOR = 1e-9;
const MOST_ITERATIONS = 50;
const SMALL_STEP = 1e-8;
/** More coefficients than this take too long, and mean that the field should be coarser. */
const MOST_COEFFICIENTS = 400;

/** A code (0 to `count` − 1) for each row without one. `field` is named where there are too many codes. */
export function drawCodes(
  { observed, missing }: Asked,
  y: Int32Array,
  { count, field, random }: { count: number; field: string; random: SeededRandom },
): Int32Array {
  if (count < 2) return new Int32Array(missing.rows);
  const size = (count - 1) * observed.size;
  if (size > MOST_COEFFICIENTS)
    throw new InputRefused(
      `"${field}" has ${count} codes, too many to impute beside the other fields. Use a coarser field, or leave it out.`,
    );
  const { beta, factor } = multinomial(observed, y, count);
  const drawn = drawAround(random, beta, factor);
  const chances = probabilities(missing, drawn, count);
  return Int32Array.from({ length: missing.rows }, (_, row) => {
    let left = random.uniform();
    for (let code = 1; code < count; code += 1) {
      left -= chances[(code - 1) * missing.rows + row]!;
      if (left < 0) return code;
    }
    return 0;
  });
}

/** Coefficients of the codes from 1 on against code 0, one block of the design's columns each, by Newton's method. */
export function multinomial(
  design: Columns,
  y: Int32Array,
  count: number,
  prior = PRIOR,
): { beta: Float64Array; factor: Square } {
  let beta = new Float64Array((count - 1) * design.size);
  let loss = lossOf({ design, y, count, prior }, beta);
  for (let iteration = 0; ; iteration += 1) {
    const chances = probabilities(design, beta, count);
    const found = factorise(curvature({ design, count, prior }, chances));
    if (!('factor' in found)) throw new Error('A curvature with a prior cannot be singular.');
    const step = solve(found.factor, gradient({ design, y, prior }, chances, beta));
    const reach = step.reduce((most, own) => Math.max(most, Math.abs(own)), 0);
    if (reach <= SMALL_STEP || iteration === MOST_ITERATIONS) return { beta, factor: found.factor };
    for (let share = 1; share > 1e-4; share /= 2) {
      const next = beta.map((own, at) => own + share * step[at]!);
      const reached = lossOf({ design, y, count, prior }, next);
      if (reached > loss + 1e-12 * Math.abs(loss)) continue;
      [beta, loss] = [next, reached];
      break;
    }
  }
}

/** By code from 1 on, and within it by row. */
function probabilities(design: Columns, beta: Float64Array, count: number): Float64Array {
  const { rows } = design;
  const chances = linear(design, beta, count);
  for (let row = 0; row < rows; row += 1) {
    let most = 0;
    for (let code = 0; code < count - 1; code += 1) most = Math.max(most, chances[code * rows + row]!);
    let sum = Math.exp(-most);
    for (let code = 0; code < count - 1; code += 1)
      sum += chances[code * rows + row] = Math.exp(chances[code * rows + row]! - most);
    for (let code = 0; code < count - 1; code += 1) chances[code * rows + row]! /= sum;
  }
  return chances;
}

function linear({ rows, size, values }: Columns, beta: Float64Array, count: number): Float64Array {
  const eta = new Float64Array((count - 1) * rows);
  for (let code = 0; code < count - 1; code += 1)
    for (let column = 0; column < size; column += 1) {
      const factor = beta[code * size + column]!;
      for (let row = 0; row < rows; row += 1)
        eta[code * rows + row]! += factor * values[column * rows + row]!;
    }
  return eta;
}

interface Problem {
  readonly design: Columns;
  readonly y: Int32Array;
  readonly count: number;
  readonly prior: number;
}

function lossOf({ design, y, count, prior }: Problem, beta: Float64Array): number {
  const { rows, size } = design;
  const eta = linear(design, beta, count);
  let loss = beta.reduce((sum, own, at) => sum + (at % size === 0 ? 0 : (prior / 2) * own * own), 0);
  for (let row = 0; row < rows; row += 1) {
    let most = 0;
    for (let code = 0; code < count - 1; code += 1) most = Math.max(most, eta[code * rows + row]!);
    let sum = Math.exp(-most);
    for (let code = 0; code < count - 1; code += 1) sum += Math.exp(eta[code * rows + row]! - most);
    const own = y[row]! === 0 ? 0 : eta[(y[row]! - 1) * rows + row]!;
    loss += most + Math.log(sum) - own;
  }
  return loss;
}

function gradient(
  { design, y, prior }: Omit<Problem, 'count'>,
  chances: Float64Array,
  beta: Float64Array,
): Float64Array {
  const { rows, size, values } = design;
  return beta.map((own, at) => {
    const [code, column] = [Math.floor(at / size), at % size];
    let sum = column === 0 ? 0 : -prior * own;
    for (let row = 0; row < rows; row += 1)
      sum += ((y[row]! === code + 1 ? 1 : 0) - chances[code * rows + row]!) * values[column * rows + row]!;
    return sum;
  });
}

/** Minus the second derivatives; the intercepts have no prior. */
function curvature({ design, count, prior }: Omit<Problem, 'y'>, chances: Float64Array): Square {
  const { rows, size } = design;
  const all = (count - 1) * size;
  const sums = new Float64Array(all * all);
  const weights = new Float64Array(rows);
  for (let a = 0; a < count - 1; a += 1)
    for (let b = 0; b <= a; b += 1) {
      for (let row = 0; row < rows; row += 1) {
        const [p, q] = [chances[a * rows + row]!, chances[b * rows + row]!];
        weights[row] = a === b ? p * (1 - p) : -p * q;
      }
      crossProduct(design, weights).values.forEach((sum, at) => {
        const [i, j] = [a * size + Math.floor(at / size), b * size + (at % size)];
        sums[i * all + j] = sum;
        sums[j * all + i] = sum;
      });
    }
  for (let at = 0; at < all; at += 1) sums[at * all + at]! += at % size === 0 ? FLOOR : prior;
  return { size: all, values: sums };
}
