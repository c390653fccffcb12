// `difference`: difference in differences between two groups, with a check of what was before.
import { basisOf, contributionsOf } from '../design/basis';
import { peopleOf } from '../design/people';
import { criticalValue, twoSidedP } from '../distributions';
import type { Method, MethodOutput } from '../method';
import { linesOf } from '../plot';
import type { ResultPlot } from '../plot';
import { rowsOf } from '../regression';
import type { Basis, CellTable, CheckedTable, ModelTable, RawMeasure } from '../table';
import { effectByPeriod, oneEffect, preTrend } from './model';
import type { Estimated } from './model';
import { cellOf, panelOf } from './panel';
import type { Panel } from './panel';
import { DifferenceParams, fieldsOfDifference } from './params';

export { DifferenceParams } from './params';

export const difference: Method<DifferenceParams> = {
  name: 'difference',
  version: '1.0.0',
  title: 'Difference in differences',
  description:
    'How much more a group changed than another for which nothing changed (Card & Krueger 1994; clustered errors: Bertrand, Duflo & Mullainathan 2004). Assumes that both would have changed alike, which the periods before can contradict but not prove.',
  reports: 'The effect with clustered errors, effects by period, and a test of the periods before.',
  reference: 'statsmodels 0.15.0.',
  accepts: ['rows'],
  weights: {
    refuses:
      'its errors are clustered by person, who may have another weight in each period. Leave them out, or use "linear" with weights, the interaction of group and time, and "errors": "cluster".',
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
  params: DifferenceParams,
  fieldsOf: fieldsOfDifference,
  run(input, params, progress): MethodOutput {
    progress(0, 'reading the records');
    const panel = panelOf(rowsOf(input), params);
    const [one, byPeriod] = [oneEffect(panel), effectByPeriod(panel)];
    const trend = preTrend(byPeriod, panel.before);
    const tables = [
      meansTable(panel, params),
      effectTable(panel, params, one),
      periodTable(panel, params, byPeriod),
      ...(trend ? [trendTable(panel, params, byPeriod, trend)] : []),
      ...panel.used.leftOut,
    ];
    progress(1, 'tables made');
    return {
      tables,
      plots: (checked) => checked.flatMap((table) => plotsOf(table, panel.periods, params)),
      diagnostics: { periods: panel.periods.length },
    };
  },
};

const NAMES = ['comparison', 'changed'];

/** Both groups over time, and how far apart they moved: what was before the change has to lie near zero. */
function plotsOf(table: CheckedTable, order: readonly string[], params: DifferenceParams): ResultPlot[] {
  const x = { key: params.time, order };
  if (table.name === 'means') return [linesOf(table, { x, y: 'mean', series: ['group'], count: 'n' })];
  if (table.name !== 'effect_by_period') return [];
  return [linesOf(table, { x, y: 'estimate', low: 'lower', high: 'upper', zero: true })];
}

function basisAt(panel: Panel, at: number, own: number): Basis {
  return basisOf(
    panel.input,
    Int32Array.from(cellOf(panel, at, own), (row) => panel.used.rows[row]!),
  );
}

function meansTable(panel: Panel, params: DifferenceParams): CellTable {
  const { input, used, y } = panel;
  return {
    kind: 'cells',
    name: 'means',
    title: `Mean ${params.outcome} by group and ${params.time}`,
    keys: ['group', params.time],
    breakdown: { group: [params.group], [params.time]: [params.time] },
    characteristics: ['group'],
    overlapping: true,
    measures: [
      { name: 'n', label: 'people', unit: 'people', statistic: 'frequency' },
      {
        name: 'mean',
        label: `mean ${params.outcome}`,
        unit: params.outcome,
        statistic: 'linear',
        fields: [params.outcome],
      },
    ],
    cells: panel.periods.flatMap((label, at) =>
      NAMES.map((name, own) => {
        const records = cellOf(panel, at, own);
        const rows = Int32Array.from(records, (row) => used.rows[row]!);
        const { person, people } = peopleOf(input, rows);
        const parts = new Float64Array(people);
        records.forEach((row, index) => (parts[person[index]!]! += y[row]!));
        return {
          ...basisAt(panel, at, own),
          key: { group: name, [params.time]: label },
          contributions: { mean: contributionsOf(parts) },
          values: { n: people, mean: parts.reduce((sum, part) => sum + part, 0) / records.length },
        };
      }),
    ),
  };
}

/** The fewest people of one group in one of these periods: an effect is made of their means. */
function fewest(panel: Panel, periods: readonly number[]): number {
  return Math.min(...periods.flatMap((at) => [0, 1].map((own) => basisAt(panel, at, own).people)));
}

/** What the whole model rests on: the fewest people of one group before or after the change. */
function wholeBasis(panel: Panel, dof: number): ModelTable['basis'] {
  const { input, used, period, group, before } = panel;
  const sides = [0, 1].flatMap((own) => [true, false].map((isBefore) => ({ own, isBefore })));
  const people = sides.map(({ own, isBefore }) => {
    const rows = used.rows.filter((_row, at) => group[at] === own && period[at]! < before === isBefore);
    return peopleOf(input, rows).people;
  });
  return { ...basisOf(input, used.rows), people: Math.min(...people), dof };
}

function measures(params: DifferenceParams): RawMeasure[] {
  const percent = `${Math.round(params.level * 1000) / 10} %`;
  const of = (name: string, label: string, unit: string): RawMeasure => ({
    name,
    label,
    unit,
    statistic: 'model',
    fields: [params.outcome, params.group],
  });
  return [
    of('estimate', 'effect', params.outcome),
    of('standard_error', 'standard error', params.outcome),
    of('statistic', 'test statistic', ''),
    of('p', 'p-value', ''),
    of('lower', `lower end of the ${percent} interval`, params.outcome),
    of('upper', `upper end of the ${percent} interval`, params.outcome),
  ];
}

function inferred(
  { covariance: { df }, estimates }: Estimated,
  at: number,
  level: number,
): Record<string, number> {
  const { estimate, error } = estimates[at]!;
  const reach = criticalValue(level, df) * error;
  return {
    estimate,
    standard_error: error,
    statistic: estimate / error,
    p: twoSidedP(estimate / error, df),
    lower: estimate - reach,
    upper: estimate + reach,
  };
}

const FEW_CLUSTERS = 40;

function effectTable(panel: Panel, params: DifferenceParams, one: Estimated): ModelTable {
  const isFew = panel.clusters.count < FEW_CLUSTERS;
  const cluster = params.cluster ?? panel.input.people;
  return {
    kind: 'model',
    name: 'effect',
    title: `How much more ${params.outcome} changed for the group from ${params.interruption} on`,
    keys: [],
    measures: measures(params),
    notes: [
      'It is an effect on the group only if both groups would have changed alike; see pre_trend.',
      cluster === undefined
        ? 'Standard errors take every record for another person.'
        : `Standard errors are robust to dependence within "${cluster}".`,
      ...(isFew
        ? [`There are fewer than ${FEW_CLUSTERS} clusters: the standard errors may be too small.`]
        : []),
    ],
    basis: wholeBasis(panel, one.residualDf),
    cells: [{ key: {}, values: inferred(one, 0, params.level) }],
  };
}

function periodTable(
  panel: Panel,
  params: DifferenceParams,
  model: ReturnType<typeof effectByPeriod>,
): CellTable {
  const base = panel.before - 1;
  return {
    kind: 'cells',
    name: 'effect_by_period',
    title: `Difference between the groups by ${params.time}, compared with that in ${panel.periods[base]}`,
    keys: [params.time],
    characteristics: [],
    overlapping: true,
    measures: measures(params),
    cells: model.positions.map((at, index) => {
      const { people: _all, ...basis } = basisOf(panel.input, panel.used.rows);
      return {
        ...basis,
        people: fewest(panel, [at, base]),
        dof: model.residualDf,
        key: { [params.time]: panel.periods[at] ?? '' },
        values: inferred(model, index, params.level),
      };
    }),
  };
}

function trendTable(
  panel: Panel,
  params: DifferenceParams,
  model: Estimated,
  trend: { statistic: number; df: number; p: number },
): ModelTable {
  const of = (name: string, label: string): RawMeasure => ({
    name,
    label,
    unit: '',
    statistic: 'model',
    fields: [params.outcome, params.group],
  });
  return {
    kind: 'model',
    name: 'pre_trend',
    title: 'Whether the groups already changed differently before',
    keys: [],
    measures: [of('statistic', 'chi-squared'), of('df', 'degrees of freedom'), of('p', 'p-value')],
    notes: [
      'A small p-value speaks against comparing the groups; a large one does not prove that they are comparable.',
    ],
    basis: wholeBasis(panel, model.residualDf),
    cells: [{ key: {}, values: trend }],
  };
}
