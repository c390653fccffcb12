// `weighting`: effects by inverse probability weights, or by subclasses of the propensity score.
import { basisOf } from '../design/basis';
import { InputRefused } from '../input';
import { balanceTables } from '../matching/balance-tables';
import { onePerPerson } from '../matching/dated';
import { effectsOf } from '../matching/effect';
import { effectTable, groupName, overlapTable } from '../matching/effect-tables';
import { scoredOf } from '../matching/scored';
import type { Scored, Weighed } from '../matching/scored';
import type { Method, MethodOutput } from '../method';
import { positionsWhere } from '../order';
import { barsOf, loveOf } from '../plot';
import type { ResultPlot } from '../plot';
import { rowsOf } from '../regression';
import type { CellTable } from '../table';
import { WeightingParams, fieldsOfWeighting } from './params';
import { inverseProbability, subclassesOf, subclassWeights } from './weights';

export { WeightingParams } from './params';

const LOVE_KEYS = { label: 'covariate', sample: 'sample', before: 'all', after: 'weighted' };

export const weighting: Method<WeightingParams> = {
  name: 'weighting',
  version: '1.0.0',
  title: 'Propensity score weighting and subclassification',
  description:
    'Compares treated people with untreated ones, weighted so that the covariates are alike (Hirano & Imbens 2001; Rosenbaum & Rubin 1984). Assumes that everything that decides treatment and also changes the outcome is among the covariates, that everyone could have been treated or not, and that one person’s treatment does not change another’s outcome.',
  reports:
    'People and their effective number, overlap, balance before and after, the effect with robust errors.',
  reference: 'statsmodels 0.15.0.',
  accepts: ['rows'],
  weights: {
    refuses:
      'its own weights come from the propensity score, and multiplying them by others is a design of its own that has to be argued for. Leave them out, or use "linear" with weights.',
  },
  rules: [
    'frequency',
    'degrees_of_freedom',
    'dominance',
    'p_ratio',
    'negatives',
    'full_or_empty',
    'differencing',
    'condition',
  ],
  params: WeightingParams,
  fieldsOf: fieldsOfWeighting,
  run(input, params, progress): MethodOutput {
    progress(0, 'estimating the propensity score');
    const { timing: _spent, ...now } = params;
    const fields = fieldsOfWeighting({ ...now, timing: undefined });
    const data = onePerPerson(rowsOf(input), { ...params, exact: [] });
    const { study, classes } = weighed(scoredOf(data, params, fields), params);
    progress(0.5, 'balance and effect');
    const estimates = effectsOf(study, { y: study.y, covariates: params.covariates });
    const tables = [
      groupTable(study),
      ...(classes ? [classTable(study, classes)] : []),
      overlapTable(study),
      ...balanceTables(study, params, 'weighted'),
      effectTable(study, params, { estimates, notes: notesOf(params) }),
      ...study.used.leftOut,
    ];
    progress(1, 'tables made');
    return {
      tables,
      plots: (checked) =>
        checked.flatMap((table): ResultPlot[] => {
          if (table.name === 'overlap') return [barsOf(table, 'n', 'group')];
          return table.name === 'balance' ? [loveOf(table, 'difference', LOVE_KEYS)] : [];
        }),
      diagnostics: { estimand: params.estimand, scheme: params.scheme },
    };
  },
};

function weighed(scored: Scored, params: WeightingParams): { study: Scored & Weighed; classes?: Int32Array } {
  const { score, treated } = scored;
  const { trim, estimand, subclasses: count } = params;
  const kept = positionsWhere(
    score.length,
    (at) => !trim || (score[at]! >= trim.from && score[at]! <= trim.to),
  );
  const own = treated.filter((_is, at) => !trim || (score[at]! >= trim.from && score[at]! <= trim.to));
  if (!own.includes(1) || !own.includes(0)) {
    throw new InputRefused('"trim" leaves nobody in one of the groups. Widen it.');
  }
  const scores = Float64Array.from(kept, (at) => score[at]!);
  const classes = params.scheme === 'subclasses' ? subclassesOf(scores, own, { estimand, count }) : undefined;
  const found = classes
    ? subclassWeights(classes, own, { estimand, count })
    : inverseProbability(scores, own, estimand);
  const weights = new Float64Array(score.length);
  kept.forEach((at, index) => (weights[at] = found[index]!));
  const study = { ...scored, matched: { members: kept, weights } };
  if (!classes) return { study };
  const all = new Int32Array(score.length).fill(-1);
  kept.forEach((at, index) => (all[at] = classes[index]!));
  return { study, classes: all };
}

/** People with a weight, and how many unweighted people they are worth (Kish 1965). */
function groupTable({ input, used, treated, matched }: Weighed): CellTable {
  return {
    kind: 'cells',
    name: 'weighted_groups',
    title: 'People compared',
    keys: ['group'],
    measures: [
      { name: 'n', label: 'people', unit: 'people', statistic: 'frequency' },
      { name: 'effective', label: 'effective sample size', unit: 'people', statistic: 'model', fields: [] },
    ],
    cells: [1, 0].map((group) => {
      const own = matched.members.filter((at) => treated[at] === group);
      const sum = own.reduce((total, at) => total + matched.weights[at]!, 0);
      const squares = own.reduce((total, at) => total + matched.weights[at]! ** 2, 0);
      const basis = basisOf(
        input,
        own.map((at) => used.rows[at]!),
      );
      return {
        ...basis,
        dof: own.length - 1,
        key: { group: groupName(group) },
        values: { n: basis.people, effective: sum ** 2 / squares },
      };
    }),
  };
}

/** People of each class, by group: a class is judged like any other cell. */
function classTable({ input, used, treated, matched }: Weighed, classes: Int32Array): CellTable {
  const count = 1 + classes.reduce((most, own) => Math.max(most, own), 0);
  return {
    kind: 'cells',
    name: 'subclasses',
    title: 'People by class of the propensity score',
    keys: ['subclass', 'group'],
    breakdown: { subclass: [] },
    characteristics: ['group'],
    measures: [{ name: 'n', label: 'people', unit: 'people', statistic: 'frequency' }],
    cells: Array.from({ length: count }, (_, own) => [1, 0].map((group) => ({ own, group }))).flatMap((row) =>
      row.map(({ own, group }) => {
        const rows = matched.members.filter((at) => classes[at] === own && treated[at] === group);
        const basis = basisOf(
          input,
          rows.map((at) => used.rows[at]!),
        );
        return {
          ...basis,
          key: { subclass: String(own + 1), group: groupName(group) },
          values: { n: basis.people },
        };
      }),
    ),
  };
}

const WHOM = { ATE: 'everybody', ATT: 'the treated', ATC: 'the controls' };

function notesOf({ estimand, trim }: WeightingParams): string[] {
  const whom = WHOM[estimand];
  return [
    trim
      ? `This is the average effect on those of ${whom} whose score lies between ${trim.from} and ${trim.to}, not on all of ${whom} (${estimand}).`
      : `This is the average effect on ${whom} (${estimand}).`,
    'Standard errors take the weights as known, not as estimated.',
    'It is an effect only if everything that decides treatment and also changes the outcome is among the covariates.',
  ];
}
