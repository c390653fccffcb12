// Matching in each of several completed data sets, and what they give together (the "within" approach of Leyrat and others 2019).
import { basisOf } from '../design/basis';
import { isFactor } from '../design/matrix';
import { fieldsOfTerms } from '../design/terms';
import { criticalValue, twoSidedP } from '../distributions';
import { imputationNotes, imputed, imputedTable, pool, seenPeople } from '../imputation';
import type { Imputation, Imputed } from '../imputation';
import type { RowInput } from '../input';
import type { MethodOutput, Progress } from '../method';
import { loveOf } from '../plot';
import type { CellTable } from '../table';
import { balanceTables } from './balance-tables';
import { onePerPerson } from './dated';
import { effectsOf } from './effect';
import type { Estimate } from './effect';
import { modelMeasure, smallerGroup } from './effect-tables';
import type { MatchingParams } from './params';
import { studyOf } from './study';

export const LOVE_KEYS = { label: 'covariate', sample: 'sample', before: 'all', after: 'matched' };

/** What one completed data set gives. */
interface Matched {
  readonly estimates: readonly Estimate[];
  readonly balance: CellTable;
  /** People in the smaller group of the matched. */
  readonly smaller: number;
  readonly isPartial: boolean;
  /** People without a treatment, or without what pairs have to be the same in. */
  readonly leftOut: readonly CellTable[];
}

/** Treatment and what pairs must be the same in are never imputed: without them nobody is matched. */
export function matchImputed(
  input: RowInput,
  params: MatchingParams,
  imputation: Imputation,
  progress: Progress,
): MethodOutput {
  const data = onePerPerson(input, params);
  const { treatment, outcome, covariates, exact } = params;
  const fields = [treatment, outcome, ...fieldsOfTerms(covariates), ...exact, ...imputation.with];
  const coded = covariates.filter((term) => isFactor(data, term)).flatMap((term) => fieldsOfTerms([term]));
  const imputable = {
    ...{ fields: [...new Set(fields)], coded: [treatment, ...exact, ...coded] },
    needed: [treatment, ...exact],
  };
  const completed = imputed(data, imputable, imputation, progress);
  const { timing: _spent, imputation: _asked, ...matching } = params;
  const found = Array.from(completed.datasets, (dataset): Matched => {
    const study = studyOf({ ...dataset, rows: data.rows }, matching, () => undefined);
    const balance = balanceTables(study, matching).find(({ name }) => name === 'balance');
    if (!balance) throw new Error('A study has a table of its balance.');
    const estimates = effectsOf(study, { y: study.y, covariates });
    const { isPartial, used } = study;
    return { estimates, balance, smaller: smallerGroup(study), isPartial, leftOut: used.leftOut };
  });
  progress(1, 'tables made');
  const notes = [...imputationNotes(completed, imputation, covariates), ...partial(found, params)];
  return {
    tables: [
      pooledEffect(data, completed, found, { params, notes }),
      meanBalance(data, completed, found, params),
      ...imputedTable(data, completed),
      ...(found[0]?.leftOut ?? []),
    ],
    plots: (checked) =>
      checked.filter(({ name }) => name === 'balance').map((table) => loveOf(table, 'difference', LOVE_KEYS)),
    diagnostics: { estimand: params.estimand, ratio: params.ratio, datasets: imputation.datasets },
  };
}

const partial = (found: readonly Matched[], { estimand }: MatchingParams): string[] => [
  found.some(({ isPartial }) => isPartial)
    ? `Some of ${estimand === 'ATT' ? 'the treated' : 'the controls'} have no match in some data sets: this is the effect on those who have one.`
    : `This is the average effect on ${estimand === 'ATT' ? 'the treated' : 'the controls'} (${estimand}): all of them have a match.`,
  'Pairs are made in each data set anew, so no single matched sample is described.',
];

function pooledEffect(
  data: RowInput,
  { rows }: Imputed,
  found: readonly Matched[],
  { params, notes }: { params: MatchingParams; notes: readonly string[] },
): CellTable {
  const { people: _all, ...basis } = basisOf(data, rows);
  const isSame = (a: Estimate) => (b: Estimate) => a.model === b.model && a.errors === b.errors;
  // A model that has no unique fit in one of the data sets is not pooled over the others.
  const kinds = (found[0]?.estimates ?? []).filter((kind) =>
    found.every(({ estimates }) => estimates.some(isSame(kind))),
  );
  const measure = (name: string, label: string, unit = params.outcome) =>
    modelMeasure(name, label, unit, [params.outcome, params.treatment]);
  const percent = `${Math.round(params.level * 1000) / 10} %`;
  return {
    ...{ kind: 'cells', name: 'effect', keys: ['model', 'errors'], characteristics: [], overlapping: true },
    title: `Effect of ${params.treatment} on ${params.outcome} (${params.estimand}), pooled`,
    breakdown: { model: [], errors: [] },
    notes,
    measures: [
      ...[measure('estimate', 'effect'), measure('standard_error', 'standard error')],
      ...[measure('statistic', 'test statistic', ''), measure('p', 'p-value', '')],
      measure('lower', `lower end of the ${percent} interval`),
      measure('upper', `upper end of the ${percent} interval`),
      ...[measure('missing', 'fraction of information missing', ''), measure('df', 'degrees of freedom', '')],
    ],
    cells: kinds.map((kind) => {
      const own = found.map(({ estimates }) => estimates.find(isSame(kind))!);
      const singles = own.map(({ estimate, error }) => ({
        ...{ estimates: Float64Array.of(estimate), variances: Float64Array.of(error ** 2) },
      }));
      const [pooled] = pool(singles, Math.min(...own.map(({ df }) => df)));
      const { estimate, error, df, missing } = pooled!;
      const reach = criticalValue(params.level, df) * error;
      return {
        ...basis,
        people: Math.min(...found.map(({ smaller }) => smaller)),
        dof: Math.min(...own.map(({ residualDf }) => residualDf)),
        key: { model: kind.model, errors: kind.errors },
        values: {
          ...{
            estimate,
            standard_error: error,
            statistic: estimate / error,
            p: twoSidedP(estimate / error, df),
          },
          ...{ lower: estimate - reach, upper: estimate + reach, missing, df },
        },
      };
    }),
  };
}

/** The mean of each standardised difference over the data sets, judged by the fewest people of any of them. */
function meanBalance(
  data: RowInput,
  { rows }: Imputed,
  found: readonly Matched[],
  { covariates }: MatchingParams,
): CellTable {
  const { people: _all, ...basis } = basisOf(data, rows);
  const seen = seenPeople(data, covariates, { constant: false, everyCode: true });
  const [first] = found;
  if (!first) throw new Error('At least two data sets are completed.');
  const { balance } = first;
  return {
    ...balance,
    title: 'Balance of the covariates before and after, mean over the data sets',
    measures: balance.measures.filter(({ name }) => name === 'difference'),
    cells: balance.cells.map((cell, at) => {
      const own = found.map(({ balance: each }) => each.cells[at]!);
      const differences = own.flatMap(({ values }) => values['difference'] ?? []);
      const difference = differences.reduce((sum, each) => sum + each / differences.length, 0);
      return {
        ...basis,
        key: cell.key,
        people: Math.min(
          seen.get(cell.key['covariate'] ?? '') ?? Infinity,
          ...own.map(({ people }) => people),
        ),
        ...(cell.dof === undefined ? {} : { dof: cell.dof }),
        values: differences.length === own.length ? { difference } : {},
      };
    }),
  };
}
