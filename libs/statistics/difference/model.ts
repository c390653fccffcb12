// The two models of difference-in-differences: one effect after the change, and one for each period.
import type { Design } from '../design/matrix';
import { chiSquaredUpper } from '../distributions';
import { factorise, solve } from '../linear-algebra/cholesky';
import { clustered, standardErrors } from '../regression/covariance';
import type { Covariance } from '../regression/covariance';
import { gaussian } from '../regression/family';
import { fit } from '../regression/fit';
import type { Panel } from './panel';

export interface Estimated {
  readonly estimates: readonly { readonly estimate: number; readonly error: number }[];
  readonly covariance: Covariance;
  readonly residualDf: number;
}

/** y = group + period + effect · (group and after), errors clustered (Bertrand, Duflo & Mullainathan 2004). */
export function oneEffect(panel: Panel): Estimated {
  return estimated(panel, [(period) => period >= panel.before]);
}

/** y = group + period + an effect in every period but the last before the change, with which they are compared. */
export function effectByPeriod(panel: Panel): Estimated & { readonly positions: readonly number[] } {
  const positions = panel.periods.map((_label, at) => at).filter((at) => at !== panel.before - 1);
  return {
    ...estimated(
      panel,
      positions.map((at) => (period: number) => period === at),
    ),
    positions,
  };
}

/** Whether the differences before the change are all 0: Wald's test, chi-squared with as many df as there are. */
export function preTrend(
  { estimates, covariance, positions }: ReturnType<typeof effectByPeriod>,
  before: number,
) {
  const df = positions.filter((at) => at < before).length;
  if (df === 0) return undefined;
  const { size, values } = covariance.matrix;
  const first = size - estimates.length;
  const own = Float64Array.from({ length: df * df }, (_, at) => {
    const [row, column] = [Math.floor(at / df), at % df];
    return values[(first + row) * size + first + column]!;
  });
  const factored = factorise({ size: df, values: own });
  if (!('factor' in factored)) return undefined;
  const excess = Float64Array.from(estimates.slice(0, df), ({ estimate }) => estimate);
  const solved = solve(factored.factor, excess);
  const statistic = excess.reduce((sum, value, at) => sum + value * solved[at]!, 0);
  return { statistic, df, p: chiSquaredUpper(statistic, df) };
}

function estimated(panel: Panel, effects: readonly ((period: number) => boolean)[]): Estimated {
  const fitted = fit(designOf(panel, effects), panel.y, gaussian);
  const covariance = clustered(fitted, panel.clusters.code, panel.clusters.count);
  const errors = standardErrors(covariance);
  const first = fitted.design.size - effects.length;
  return {
    covariance,
    residualDf: fitted.residualDf,
    estimates: effects.map((_effect, at) => ({
      estimate: fitted.coefficients[first + at]!,
      error: errors[first + at]!,
    })),
  };
}

function designOf(panel: Panel, effects: readonly ((period: number) => boolean)[]): Design {
  const { period, group, periods } = panel;
  const rows = period.length;
  const columns: { name: string; at: (row: number) => number }[] = [
    { name: 'intercept', at: () => 1 },
    { name: 'group', at: (row) => group[row]! },
    ...periods
      .slice(1)
      .map((name, index) => ({ name, at: (row: number) => (period[row] === index + 1 ? 1 : 0) })),
    ...effects.map((holds, index) => ({
      name: `effect ${index + 1}`,
      at: (row: number) => (group[row] === 1 && holds(period[row]!) ? 1 : 0),
    })),
  ];
  const values = new Float64Array(rows * columns.length);
  columns.forEach(({ at }, index) => {
    for (let row = 0; row < rows; row += 1) values[index * rows + row] = at(row);
  });
  return {
    rows,
    size: columns.length,
    values,
    factors: [],
    columns: columns.map(({ name }, index) => ({ name, fields: index === 0 ? [] : ['group'], people: rows })),
  };
}
