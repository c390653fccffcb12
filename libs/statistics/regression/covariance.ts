// Variances of a fit's coefficients: classical, robust to unequal variances, and robust to clusters.
import { sandwich } from '../linear-algebra/cholesky';
import type { Square } from '../linear-algebra/cholesky';
import { crossProduct, quadraticForms } from '../linear-algebra/cross-product';
import type { Columns } from '../linear-algebra/cross-product';
import type { Fit } from './fit';

export interface Covariance {
  /** Of the raw columns' coefficients. */
  readonly matrix: Square;
  /** Degrees of freedom of tests; `Infinity` for the normal distribution. */
  readonly df: number;
}

/** (XᵀWX)⁻¹ times the residual variance, which is 1 but for a linear model. */
export function classical(fit: Fit): Covariance {
  const dispersion = fit.family.isQuadratic ? fit.deviance / fit.residualDf : 1;
  const values = fit.bread.values.map((value) => value * dispersion);
  return { matrix: unscaled(fit, { size: fit.bread.size, values }), df: degreesOf(fit) };
}

/**
 * White's estimator and its small-sample forms: HC1 multiplies by n / (n − k), HC3 divides each residual by 1 − its
 * leverage (MacKinnon & White 1985; Zeileis 2004).
 */
export function robust(fit: Fit, kind: 'HC0' | 'HC1' | 'HC3'): Covariance {
  const { rows, size } = fit.design;
  let scores = fit.scores;
  if (kind === 'HC3') {
    const leverage = quadraticForms(fit.standardised, fit.bread);
    scores = scores.map((score, row) => score / (1 - fit.workingWeights[row]! * leverage[row]!));
  }
  const meat = crossProduct(
    fit.standardised,
    scores.map((score) => score * score),
  );
  const factor = kind === 'HC1' ? rows / (rows - size) : 1;
  const matrix = sandwich(fit.bread, { size, values: meat.values.map((value) => value * factor) });
  return { matrix: unscaled(fit, matrix), df: degreesOf(fit) };
}

/**
 * Robust to dependence within clusters (Liang & Zeger 1986): G / (G − 1), and for a linear model also
 * (n − 1) / (n − k). Tests use G − 1 degrees of freedom.
 */
export function clustered(fit: Fit, cluster: Int32Array, clusters: number): Covariance {
  const { rows, size } = fit.design;
  const meat = outer(clusterSums(fit, cluster, clusters));
  const factor = (clusters / (clusters - 1)) * (fit.family.isQuadratic ? (rows - 1) / (rows - size) : 1);
  const matrix = sandwich(fit.bread, { size, values: meat.values.map((value) => value * factor) });
  return { matrix: unscaled(fit, matrix), df: clusters - 1 };
}

/**
 * Robust to unequal variances and to correlation up to `lag` rows apart, rows being in order of time
 * (Newey & West 1987, Bartlett weights 1 − l / (lag + 1)); `adjust` multiplies by n / (n − k).
 */
export function neweyWest(fit: Fit, lag: number, adjust: boolean): Covariance {
  const { standardised: design, scores } = fit;
  const { rows, size } = design;
  const parts = design.values.map((value, at) => value * scores[at % rows]!);
  const meat = new Float64Array(size * size);
  for (let distance = 0; distance <= lag; distance += 1) {
    const weight = distance === 0 ? 0.5 : 1 - distance / (lag + 1);
    for (let i = 0; i < size; i += 1)
      for (let j = 0; j < size; j += 1) {
        let sum = 0;
        for (let row = distance; row < rows; row += 1)
          sum += parts[i * rows + row]! * parts[j * rows + row - distance]!;
        meat[i * size + j]! += weight * sum;
        meat[j * size + i]! += weight * sum;
      }
  }
  const factor = adjust ? rows / (rows - size) : 1;
  const matrix = sandwich(fit.bread, { size, values: meat.map((value) => value * factor) });
  return { matrix: unscaled(fit, matrix), df: degreesOf(fit) };
}

function degreesOf(fit: Fit): number {
  return fit.family.isQuadratic ? fit.residualDf : Infinity;
}

function clusterSums({ standardised, scores }: Fit, cluster: Int32Array, clusters: number): Columns {
  const { rows, size, values } = standardised;
  const sums = new Float64Array(clusters * size);
  for (let column = 0; column < size; column += 1)
    for (let row = 0; row < rows; row += 1)
      sums[column * clusters + cluster[row]!]! += values[column * rows + row]! * scores[row]!;
  return { rows: clusters, size, values: sums };
}

function outer(columns: Columns): Square {
  return crossProduct(columns, new Float64Array(columns.rows).fill(1));
}

/** T V Tᵀ: from standardised to raw columns. */
function unscaled({ back }: Fit, { size, values }: Square): Square {
  const raw = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1)
    for (let j = 0; j < size; j += 1) {
      let sum = 0;
      for (let k = 0; k < size; k += 1)
        for (let l = 0; l < size; l += 1)
          sum += back.values[i * size + k]! * values[k * size + l]! * back.values[j * size + l]!;
      raw[i * size + j] = sum;
    }
  return { size, values: raw };
}

/** Square roots of the diagonal. */
export function standardErrors({ matrix: { size, values } }: Covariance): Float64Array {
  return Float64Array.from({ length: size }, (_, at) => Math.sqrt(values[at * size + at]!));
}
