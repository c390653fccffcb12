// Imputing a number: predictive mean matching, so that only values that somebody has are imputed, or a normal draw.
import { InputRefused } from '../input';
import { factorise, solve } from '../linear-algebra/cholesky';
import type { Square } from '../linear-algebra/cholesky';
import { crossProduct, times, transposeTimes } from '../linear-algebra/cross-product';
import type { Columns } from '../linear-algebra/cross-product';
import { ascending } from '../order';
import type { SeededRandom } from '../random';
import { chiSquaredDraw, drawAround, normalDraw } from './normal';

/** How many of the nearest donors one is drawn from; van Buuren (2018, § 3.4.3) recommends five. */
const DONORS = 5;
/** Keeps predictors that are combinations of others from stopping it, as in mice. */
const RIDGE = 1e-5;

/** A field as it is being imputed: rows of the predictors with a value, and those without, each an intercept first. */
export interface Asked {
  readonly observed: Columns;
  readonly missing: Columns;
}

export interface LinearFit {
  readonly coefficients: Float64Array;
  /** Factor of XᵀX. */
  readonly factor: Square;
  readonly deviance: number;
}

/** Least squares of columns that are standardised, with a trace of a ridge. */
export function linearFit(design: Columns, y: Float64Array, ridge = RIDGE): LinearFit {
  const { size } = design;
  const product = crossProduct(design, new Float64Array(design.rows).fill(1));
  for (let at = 0; at < size; at += 1) product.values[at * size + at]! *= 1 + ridge;
  const found = factorise(product);
  if (!('factor' in found))
    throw new InputRefused(
      'Fields that the imputation draws on are combinations of each other. Leave one of them out.',
    );
  const coefficients = solve(found.factor, transposeTimes(design, y));
  const fitted = times(design, coefficients);
  const deviance = y.reduce((sum, value, row) => sum + (value - fitted[row]!) ** 2, 0);
  return { coefficients, factor: found.factor, deviance };
}

interface Drawn extends LinearFit {
  readonly coefficients: Float64Array;
  /** Coefficients and residual standard deviation, drawn around their estimates (Rubin 1987, p. 167). */
  readonly around: Float64Array;
  readonly sigma: number;
}

function drawnFit({ observed }: Asked, y: Float64Array, random: SeededRandom): Drawn {
  const fit = linearFit(observed, y);
  const df = Math.max(2, observed.rows - observed.size);
  const sigma = Math.sqrt(fit.deviance / chiSquaredDraw(random, df));
  return { ...fit, sigma, around: drawAround(random, fit.coefficients, fit.factor, sigma) };
}

/** A value for each row without one, from a normal distribution around what the drawn coefficients predict. */
export function drawNormal(asked: Asked, y: Float64Array, random: SeededRandom): Float64Array {
  const { around, sigma } = drawnFit(asked, y, random);
  return times(asked.missing, around).map((own) => own + sigma * normalDraw(random));
}

/**
 * A value for each row without one: that of a donor drawn from the five whose predictions are nearest, where donors are
 * predicted by the estimate and those without a value by a draw around it (Little 1988; type 1 of van Buuren 2018, § 3.4.2).
 */
export function drawMatching(asked: Asked, y: Float64Array, random: SeededRandom): Float64Array {
  const { coefficients, around } = drawnFit(asked, y, random);
  const predicted = times(asked.observed, coefficients);
  const order = ascending(predicted);
  const sorted = Float64Array.from(order, (row) => predicted[row]!);
  return times(asked.missing, around).map((own) => y[order[donorOf(sorted, own, random)]!]!);
}

/** One of the nearest places in a sorted list, each as likely. */
function donorOf(sorted: Float64Array, value: number, random: SeededRandom): number {
  const most = Math.min(DONORS, sorted.length);
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  let [from, to] = [low, low];
  while (to - from < most) {
    const isLeft = to === sorted.length || (from > 0 && value - sorted[from - 1]! <= sorted[to]! - value);
    if (isLeft) from -= 1;
    else to += 1;
  }
  return from + random.below(most);
}
