// The segmented regression of a series: level and slope before, their change, season, and what would have been.
import type { Design } from '../design/matrix';
import { chiSquaredUpper } from '../distributions';
import { neweyWest } from '../regression/covariance';
import type { Covariance } from '../regression/covariance';
import { gaussian } from '../regression/family';
import { fit } from '../regression/fit';
import type { Fit } from '../regression/fit';
import type { SegmentedParams } from './params';

export interface SegmentedModel {
  readonly fit: Fit;
  readonly covariance: Covariance;
  readonly lag: number;
  /** What would have been expected without the change, by period. */
  readonly counterfactual: Float64Array;
  readonly effect: {
    readonly last: number;
    readonly lastError: number;
    readonly sum: number;
    readonly sumError: number;
  };
}

const LEVEL = 2;
const SLOPE = 3;

/**
 * y = a + b·t + c·after + d·since + season (Wagner et al. 2002; Lopez Bernal et al. 2017), t = 1, 2, …; `since` is 0 in
 * the first period after the change. Errors are those of Newey & West (1987).
 */
export function segmentedModel(
  y: Float64Array,
  before: number,
  { season, lag: asked, adjust }: Pick<SegmentedParams, 'season' | 'lag' | 'adjust'>,
): SegmentedModel {
  const fitted = fit(designOf(y.length, before, season), y, gaussian);
  // Newey & West (1994).
  const lag = Math.min(asked ?? Math.floor(4 * (y.length / 100) ** (2 / 9)), y.length - 1);
  const covariance = neweyWest(fitted, lag, adjust);
  const [level = 0, slope = 0] = fitted.coefficients.subarray(LEVEL, SLOPE + 1);
  const since = (at: number) => Math.max(0, at - before);
  const after = y.length - before;
  const last = combined(covariance, 1, after - 1);
  const total = (after * (after - 1)) / 2;
  return {
    fit: fitted,
    covariance,
    lag,
    counterfactual: fitted.fitted.map((value, at) =>
      at < before ? value : value - level - slope * since(at),
    ),
    effect: {
      last: level + slope * (after - 1),
      lastError: last,
      sum: level * after + slope * total,
      sumError: combined(covariance, after, total),
    },
  };
}

/** Standard error of `levels` changes of level and `slopes` changes of slope. */
function combined({ matrix: { size, values } }: Covariance, levels: number, slopes: number): number {
  const at = (row: number, column: number) => values[row * size + column]!;
  return Math.sqrt(
    levels * levels * at(LEVEL, LEVEL) +
      2 * levels * slopes * at(LEVEL, SLOPE) +
      slopes * slopes * at(SLOPE, SLOPE),
  );
}

function designOf(rows: number, before: number, season: SegmentedParams['season']): Design {
  const columns: [string, (at: number) => number][] = [
    ['intercept', () => 1],
    ['trend per period before', (at) => at + 1],
    ['change of level', (at) => (at < before ? 0 : 1)],
    ['change of trend per period', (at) => Math.max(0, at - before)],
  ];
  for (let k = 1; k <= (season?.harmonics ?? 0); k += 1) {
    const angle = (at: number) => (2 * Math.PI * k * (at + 1)) / (season?.period ?? 1);
    columns.push(
      [`season, sine ${k}`, (at) => Math.sin(angle(at))],
      [`season, cosine ${k}`, (at) => Math.cos(angle(at))],
    );
  }
  const values = new Float64Array(rows * columns.length);
  columns.forEach(([, valueAt], index) => {
    for (let at = 0; at < rows; at += 1) values[index * rows + at] = valueAt(at);
  });
  return {
    rows,
    size: columns.length,
    values,
    factors: [],
    columns: columns.map(([name], index) => ({ name, fields: index === 0 ? [] : ['time'], people: rows })),
  };
}

/** What the residuals say about what the model leaves: correlation from period to period. */
export function residualTests({ scores: residuals }: Fit): Record<string, number> {
  const n = residuals.length;
  const total = residuals.reduce((sum, own) => sum + own * own, 0);
  const correlation = (lag: number) => {
    let sum = 0;
    for (let at = lag; at < n; at += 1) sum += residuals[at]! * residuals[at - lag]!;
    return sum / total;
  };
  let differences = 0;
  for (let at = 1; at < n; at += 1) differences += (residuals[at]! - residuals[at - 1]!) ** 2;
  const lags = Math.min(10, n - 2);
  let statistic = 0;
  for (let lag = 1; lag <= lags; lag += 1) statistic += correlation(lag) ** 2 / (n - lag);
  statistic *= n * (n + 2);
  return {
    durbin_watson: differences / total,
    autocorrelation: correlation(1),
    ljung_box: statistic,
    ljung_box_p: chiSquaredUpper(statistic, lags),
  };
}
