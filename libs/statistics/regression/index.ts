// `linear`, `logistic` and `poisson`: regressions with classical, robust and cluster-robust errors.
import type { WeightsUse } from '../design/weights';
import { InputRefused } from '../input';
import type { MethodInput, RowInput } from '../input';
import type { Method, MethodOutput, Progress } from '../method';
import { estimate, notesOf } from './estimate';
import { binomial, gaussian, poisson as poissonFamily } from './family';
import type { Family } from './family';
import { analyseImputed } from './imputed';
import { LinearParams, LogisticParams, PoissonParams, fieldsOfRegression } from './params';
import type { RegressionParams } from './params';
import { coefficientTable, estimatedBy, fitTable } from './tables';

export { LinearParams, LogisticParams, PoissonParams } from './params';

const WEIGHTS: WeightsUse = {
  takes:
    'weights of the records’ squares and likelihoods: survey weights with robust errors, or the precision of each outcome with classical ones',
};
const RULES = ['frequency', 'degrees_of_freedom', 'differencing', 'condition'] as const;

export const linear: Method<RegressionParams> = {
  name: 'linear',
  version: '1.1.0',
  title: 'Linear regression',
  description:
    'How the mean of a number changes with each term, the others held fixed. Assumes that effects add up, and that no unmeasured cause of the outcome goes with the terms; the errors are robust to unequal variances (HC1, HC3: MacKinnon & White 1985) or to clusters (Liang & Zeger 1986).',
  reports:
    'Coefficients with errors and intervals, how well the model fits, people left out; or coefficients pooled over imputed data sets.',
  reference: 'statsmodels 0.15.0; errors also by sandwich’s definitions.',
  accepts: ['rows'],
  weights: WEIGHTS,
  rules: RULES,
  params: LinearParams,
  fieldsOf: fieldsOfRegression,
  run: (input, params, progress) => run(input, params, progress, gaussian),
};

export const logistic: Method<RegressionParams> = {
  name: 'logistic',
  version: '1.1.0',
  title: 'Logistic regression',
  description:
    'How the odds of an event change with each term, the others held fixed (McCullagh & Nelder 1989). Assumes that effects multiply the odds; an odds ratio is no risk ratio where the event is common.',
  reports:
    'Coefficients and odds ratios with errors and intervals, likelihood, people left out; or coefficients pooled over imputed data sets.',
  reference: 'statsmodels 0.15.0; errors also by sandwich’s definitions.',
  accepts: ['rows'],
  weights: WEIGHTS,
  rules: RULES,
  params: LogisticParams,
  fieldsOf: fieldsOfRegression,
  run: (input, params, progress) => run(input, params, progress, binomial),
};

export const poisson: Method<RegressionParams> = {
  name: 'poisson',
  version: '1.1.0',
  title: 'Poisson regression',
  description:
    'How a count, or a rate per exposure, is multiplied by each term, the others held fixed (McCullagh & Nelder 1989). Use robust errors: counts mostly vary more than the Poisson distribution allows.',
  reports:
    'Coefficients and rate ratios with errors and intervals, likelihood, people left out; or coefficients pooled over imputed data sets.',
  reference: 'statsmodels 0.15.0; errors also by sandwich’s definitions.',
  accepts: ['rows'],
  weights: WEIGHTS,
  rules: RULES,
  params: PoissonParams,
  fieldsOf: fieldsOfRegression,
  run: (input, params, progress) => run(input, params, progress, poissonFamily),
};

const RATIO: Record<Family['name'], string | undefined> = {
  linear: undefined,
  logistic: 'odds ratio',
  poisson: 'rate ratio',
};

function run(input: MethodInput, params: RegressionParams, progress: Progress, family: Family): MethodOutput {
  const data = rowsOf(input);
  progress(0, 'reading the records');
  const ratio = RATIO[family.name];
  const options = {
    ...{ title: `What explains ${params.outcome}`, outcome: params.outcome, level: params.level },
    ...(ratio === undefined ? {} : { ratio }),
  };
  if (params.imputation)
    return analyseImputed(data, params, family, { imputation: params.imputation, options, progress });
  progress(0.2, 'fitting');
  const { prepared, fitted, covariance } = estimate(data, params, family);
  progress(0.9, 'making tables');
  const { rows, leftOut } = prepared.used;
  return {
    tables: [
      coefficientTable(data, rows, estimatedBy(fitted, covariance), {
        ...{ ...options, notes: notesOf(params, prepared) },
      }),
      fitTable(data, rows, fitted, { outcome: params.outcome, weights: prepared.options.weights }),
      ...leftOut,
    ],
    plots: () => [],
    diagnostics: { coefficients: fitted.design.size, iterations: fitted.iterations },
  };
}

/** Narrows to records; the catalogue has already refused other shapes. */
export function rowsOf(input: MethodInput): RowInput {
  if (input.shape === 'rows') return input;
  throw new InputRefused('This method reads one row per record, and the data is a table of cells.');
}
