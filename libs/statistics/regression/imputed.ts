// A regression on several completed data sets, pooled by Rubin's rules, with how many people each field was imputed for.
import { basisOf } from '../design/basis';
import { INTERCEPT, isFactor } from '../design/matrix';
import type { Design } from '../design/matrix';
import { fieldsOfTerms } from '../design/terms';
import type { Term } from '../design/terms';
import { imputationNotes, imputed, imputedTable, pool, seenPeople } from '../imputation';
import type { Imputation, Single } from '../imputation';
import type { RowInput } from '../input';
import type { MethodOutput, Progress } from '../method';
import type { ModelTable } from '../table';
import { standardErrors } from './covariance';
import { estimate, notesOf } from './estimate';
import type { Regression } from './estimate';
import type { Family } from './family';
import type { RegressionParams } from './params';
import { coefficientTable } from './tables';
import type { CoefficientOptions } from './tables';

interface Asked {
  readonly imputation: Imputation;
  readonly options: CoefficientOptions;
  readonly progress: Progress;
}

export function analyseImputed(
  data: RowInput,
  params: RegressionParams,
  family: Family,
  { imputation, options, progress }: Asked,
): MethodOutput {
  const completed = imputed(data, imputableIn(data, params, family), imputation, progress);
  const singles: Single[] = [];
  let last: Regression | undefined;
  for (const dataset of completed.datasets) {
    last = estimate(dataset, params, family);
    const variances = standardErrors(last.covariance).map((error) => error ** 2);
    singles.push({ estimates: last.fitted.coefficients, variances });
  }
  if (!last) throw new Error('At least two data sets are completed.');
  const { prepared, fitted, covariance } = last;
  const pooled = pool(singles, covariance.df);
  const found = {
    design: { ...fitted.design, columns: seenColumns(data, params.terms, fitted.design) },
    estimates: pooled.map((own) => own.estimate),
    errors: pooled.map(({ error }) => error),
    df: pooled.map(({ df }) => df),
    missing: pooled.map(({ missing }) => missing),
    residualDf: fitted.residualDf,
  };
  const notes = [
    ...notesOf(params, prepared),
    ...imputationNotes(completed, imputation, params.terms),
    ...(params.weights === undefined ? [] : ['The imputation does not use the weights.']),
  ];
  progress(1, 'tables made');
  return {
    tables: [
      coefficientTable(data, completed.rows, found, { ...options, notes }),
      restsOn(data, completed.rows, fitted.residualDf, options.outcome),
      ...imputedTable(data, completed),
      ...prepared.used.leftOut,
    ],
    plots: () => [],
    diagnostics: {
      ...{
        coefficients: fitted.design.size,
        datasets: imputation.datasets,
        iterations: imputation.iterations,
      },
    },
  };
}

/** Codes are what the model takes for codes: factors, and an event. */
function imputableIn(data: RowInput, params: RegressionParams, family: Family) {
  const { outcome, terms, weights, cluster, exposure, imputation } = params;
  const needed = [weights, cluster, exposure].filter((field) => field !== undefined);
  const fields = [...new Set([outcome, ...fieldsOfTerms(terms), ...(imputation?.with ?? [])])];
  return {
    fields: fields.filter((field) => !needed.includes(field)),
    coded: [
      ...(family.name === 'logistic' ? [outcome] : []),
      ...terms.filter((term) => isFactor(data, term)).flatMap((term) => fieldsOfTerms([term])),
    ],
    needed,
  };
}

/** Each column is judged by the people it sets apart among those whose values somebody recorded. */
function seenColumns(data: RowInput, terms: readonly Term[], design: Design): Design['columns'] {
  const seen = seenPeople(data, terms);
  return design.columns.map((column) => ({
    ...column,
    people: Math.min(column.people, seen.get(column.name) ?? (column.name === INTERCEPT ? Infinity : 0)),
  }));
}

/** Fit statistics of one data set are not those of all, so none are told. */
function restsOn(data: RowInput, rows: Int32Array, residualDf: number, outcome: string): ModelTable {
  const basis = basisOf(data, rows);
  return {
    kind: 'model',
    name: 'fit',
    title: `What the model of ${outcome} rests on`,
    keys: [],
    measures: [
      { name: 'people', label: 'people', unit: 'people', statistic: 'frequency' },
      { name: 'records', label: 'records', unit: 'records', statistic: 'frequency' },
      { name: 'residual_df', label: 'residual degrees of freedom', unit: '', statistic: 'frequency' },
    ],
    basis: { ...basis, dof: residualDf },
    cells: [{ key: {}, values: { people: basis.people, records: rows.length, residual_df: residualDf } }],
  };
}
