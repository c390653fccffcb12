// A fit as tables: coefficients, each with the people it sets apart, and how well the model fits.
import { basisOf } from '../design/basis';
import { criticalValue, twoSidedP } from '../distributions';
import type { RowInput } from '../input';
import type { CellTable, ModelTable, RawMeasure } from '../table';
import { standardErrors } from './covariance';
import type { Covariance } from './covariance';
import type { Design } from '../design/matrix';
import type { Fit } from './fit';

/** Coefficients with their errors, of one fit or pooled over several. */
export interface Estimated {
  readonly design: Pick<Design, 'columns' | 'factors'>;
  readonly estimates: ArrayLike<number>;
  readonly errors: ArrayLike<number>;
  /** Of tests and intervals, by coefficient; `Infinity` for the normal distribution. */
  readonly df: ArrayLike<number>;
  readonly residualDf: number;
  /** By coefficient, where values were imputed: the fraction of information that is missing. */
  readonly missing?: ArrayLike<number>;
}

export const estimatedBy = (fit: Fit, covariance: Covariance): Estimated => ({
  ...{ design: fit.design, estimates: fit.coefficients, errors: standardErrors(covariance) },
  df: new Float64Array(fit.design.size).fill(covariance.df),
  residualDf: fit.residualDf,
});

export interface CoefficientOptions {
  readonly name?: string;
  readonly title: string;
  readonly outcome: string;
  /** Level of the intervals. */
  readonly level: number;
  /** What the exponential of a coefficient is called, where it is reported. */
  readonly ratio?: string;
  readonly notes?: readonly string[];
}

/**
 * One row per column of the design. A coefficient that sets fewer people apart than the threshold (a rare code, a
 * field that few differ in) tells of them, so each row is judged by these people.
 */
export function coefficientTable(
  input: RowInput,
  rows: Int32Array,
  found: Estimated,
  options: CoefficientOptions,
): CellTable {
  const { people: _all, ...basis } = basisOf(input, rows);
  return {
    kind: 'cells',
    name: options.name ?? 'coefficients',
    title: options.title,
    keys: ['term'],
    breakdown: { term: found.design.factors },
    characteristics: [],
    overlapping: true,
    measures: measuresOf(found, options),
    notes: [...(options.notes ?? [])],
    cells: found.design.columns.map(({ name, people }, index) => {
      const estimate = found.estimates[index]!;
      const error = found.errors[index]!;
      const reach = criticalValue(options.level, found.df[index]!);
      const [lower, upper] = [estimate - reach * error, estimate + reach * error];
      const ratio = { ratio: Math.exp(estimate), ratio_lower: Math.exp(lower), ratio_upper: Math.exp(upper) };
      return {
        ...basis,
        key: { term: name },
        people,
        dof: found.residualDf,
        values: {
          estimate,
          standard_error: error,
          statistic: estimate / error,
          p: twoSidedP(estimate / error, found.df[index]!),
          lower,
          upper,
          ...(options.ratio === undefined ? {} : ratio),
          ...(found.missing ? { missing: found.missing[index]!, df: found.df[index]! } : {}),
        },
      };
    }),
  };
}

function measuresOf(
  { design, missing }: Estimated,
  { outcome, level, ratio }: CoefficientOptions,
): RawMeasure[] {
  const fields = [outcome, ...new Set(design.columns.flatMap((column) => column.fields))];
  const model = (name: string, label: string, unit = '') => ({
    name,
    label,
    unit,
    statistic: 'model' as const,
    fields,
  });
  const percent = `${Math.round(level * 1000) / 10} %`;
  return [
    model('estimate', 'estimate'),
    model('standard_error', 'standard error'),
    model('statistic', 'test statistic'),
    model('p', 'p-value'),
    model('lower', `lower end of the ${percent} interval`),
    model('upper', `upper end of the ${percent} interval`),
    ...(ratio === undefined
      ? []
      : [
          model('ratio', ratio),
          model('ratio_lower', `lower end of the ${percent} interval of the ${ratio}`),
          model('ratio_upper', `upper end of the ${percent} interval of the ${ratio}`),
        ]),
    ...(missing
      ? [model('missing', 'fraction of information missing'), model('df', 'degrees of freedom')]
      : []),
  ];
}

/** How well the model fits: one row of numbers that all rest on the same people. */
export function fitTable(
  input: RowInput,
  rows: Int32Array,
  fit: Fit,
  { outcome, weights }: { outcome: string; weights?: Float64Array | undefined },
): ModelTable {
  const values = fit.family.isQuadratic ? linearFit(fit, weights) : likelihoodFit(fit, weights);
  const basis = basisOf(input, rows);
  const counts = { people: basis.people, records: rows.length, residual_df: fit.residualDf };
  return {
    kind: 'model',
    name: 'fit',
    title: `How well the model fits ${outcome}`,
    keys: [],
    measures: [
      { name: 'people', label: 'people', unit: 'people', statistic: 'frequency' },
      { name: 'records', label: 'records', unit: 'records', statistic: 'frequency' },
      { name: 'residual_df', label: 'residual degrees of freedom', unit: '', statistic: 'frequency' },
      ...Object.keys(values).map((name): RawMeasure => ({
        name,
        label: FIT_LABELS[name] ?? name,
        unit: '',
        statistic: 'model',
        fields: [outcome],
      })),
    ],
    basis: { ...basis, dof: fit.residualDf },
    cells: [{ key: {}, values: { ...counts, ...values } }],
  };
}

const FIT_LABELS: Record<string, string> = {
  sigma: 'residual standard deviation',
  r_squared: 'R²',
  adjusted_r_squared: 'adjusted R²',
  deviance: 'deviance',
  null_deviance: 'deviance without terms',
  log_likelihood: 'log-likelihood',
  aic: 'Akaike’s criterion',
};

function linearFit(fit: Fit, weights: Float64Array | undefined): Record<string, number> {
  const weight = (row: number) => weights?.[row] ?? 1;
  let [sum, total] = [0, 0];
  fit.y.forEach((value, row) => {
    sum += weight(row) * value;
    total += weight(row);
  });
  const around = fit.y.reduce((sofar, value, row) => sofar + weight(row) * (value - sum / total) ** 2, 0);
  const unexplained = fit.deviance / around;
  return {
    sigma: Math.sqrt(fit.deviance / fit.residualDf),
    r_squared: 1 - unexplained,
    adjusted_r_squared: 1 - (unexplained * (fit.y.length - 1)) / fit.residualDf,
  };
}

function likelihoodFit(fit: Fit, weights: Float64Array | undefined): Record<string, number> {
  const weight = (row: number) => weights?.[row] ?? 1;
  // The saturated model's log-likelihood is 0 for zeros and ones, and Σ y log y − y − log y! for counts.
  const saturated =
    fit.family.name === 'logistic'
      ? 0
      : fit.y.reduce((sum, y, row) => sum + weight(row) * saturatedCount(y), 0);
  const logLikelihood = saturated - fit.deviance / 2;
  return {
    deviance: fit.deviance,
    log_likelihood: logLikelihood,
    aic: 2 * fit.design.size - 2 * logLikelihood,
  };
}

/** y log y − y − log y!, of large counts by Stirling's series, in which the large parts cancel (to 1e-12 from 20 on). */
function saturatedCount(count: number): number {
  if (count === 0) return 0;
  if (count >= 20) {
    const series = 1 / 12 - 1 / (360 * count ** 2) + 1 / (1260 * count ** 4);
    return -Math.log(2 * Math.PI * count) / 2 - series / count;
  }
  let logFactorial = 0;
  for (let k = 2; k <= count; k += 1) logFactorial += Math.log(k);
  return count * Math.log(count) - count - logFactorial;
}
