// `series`: people counted period by period, and the mean or rate of a number among them, by group.
import { z } from 'zod';
import { basisOf, contributionsOf, sumsByPerson } from '../design/basis';
import { codesOf } from '../design/codes';
import type { Coded } from '../design/codes';
import { completeRows } from '../design/complete';
import { gathered } from '../design/matrix';
import { peopleOf } from '../design/people';
import {
  positiveByRow,
  STANDS_FOR,
  stoodForBy,
  SURVEY_WEIGHTS,
  weightedMoments,
  Weights,
} from '../design/weights';
import { InputRefused, numbersOf } from '../input';
import type { RowInput } from '../input';
import type { Method } from '../method';
import { linesOf } from '../plot';
import type { CellTable, RawCell, RawMeasure } from '../table';
import { refuseAcrossBreaks } from './breaks';
import { periodsOf } from './periods';

export const SeriesParams = z
  .strictObject({
    time: z.string().min(1).describe('field with each record’s date (2024-05-31) or period'),
    by: z
      .enum(['given', 'month', 'quarter', 'year'])
      .default('given')
      .describe('periods that dates are put together into; as given: each code is a period'),
    outcome: z
      .string()
      .min(1)
      .optional()
      .describe(
        'numeric field whose mean is followed, such as 0 or 1 for a rate; people are counted if not given',
      ),
    groups: z.string().min(1).optional().describe('field whose codes are followed apart'),
    per: z
      .number()
      .positive()
      .max(1e6)
      .default(1)
      .describe('means are given times this, such as 1000 for a rate per 1,000'),
    weights: Weights,
  })
  .refine(
    ({ time, outcome, groups, weights }) =>
      weights === undefined || ![time, outcome, groups].includes(weights),
    {
      path: ['weights'],
      message: 'The weights are a field of their own.',
    },
  )
  .refine(
    ({ time, outcome, groups }) =>
      time !== outcome && time !== groups && (outcome === undefined || outcome !== groups),
    {
      message: 'Time, outcome and groups must be different fields.',
    },
  );
export type SeriesParams = z.infer<typeof SeriesParams>;

export const series: Method<SeriesParams> = {
  name: 'series',
  version: '1.1.0',
  title: 'Series over time',
  description:
    'People at risk in each period and the mean or rate of a number among them, by group. A period in which nobody has a record is a gap, not a zero. Describes; for change at a date use segmented. Refused across a day from which one of its fields was decided to mean something else. Rows with a missing value are left out and counted.',
  reports: 'People at risk and means or rates by period and group.',
  reference: 'Closed forms; weighted, statsmodels 0.15.0.',
  accepts: ['rows'],
  weights: SURVEY_WEIGHTS,
  rules: ['frequency', 'dominance', 'p_ratio', 'negatives', 'full_or_empty', 'differencing', 'condition'],
  params: SeriesParams,
  fieldsOf: ({ time, outcome, groups, weights }) =>
    [time, outcome, groups, weights].filter((field) => field !== undefined),
  run(input, params, progress) {
    if (input.shape !== 'rows')
      throw new InputRefused('A series needs rows, one per record; "descriptive" takes cell tables.');
    progress(0, 'reading the records');
    const fields = series.fieldsOf(params);
    const used = completeRows(input, fields);
    refuseAcrossBreaks(input, used.rows, { time: params.time, fields });
    const periods = periodsOf(input, used.rows, params);
    const table = tableOf(input, used.rows, { ...params, periods });
    progress(1, 'tables made');
    const { groups, outcome, by } = params;
    const order = by === 'given' ? {} : { order: periods.levels };
    return {
      tables: [table, ...used.leftOut],
      plots: (checked) =>
        checked
          .filter(({ name }) => name === 'series')
          .map((own) =>
            linesOf(own, {
              ...{ x: { key: 'period', ...order }, y: outcome === undefined ? 'n' : 'mean' },
              ...(groups === undefined ? {} : { series: [groups] }),
              ...(outcome === undefined ? {} : { count: 'n' }),
            }),
          ),
      diagnostics: { cells: table.cells.length },
    };
  },
};

function tableOf(
  input: RowInput,
  rows: Int32Array,
  { time, outcome, groups, per, periods, weights: weighedBy }: SeriesParams & { periods: Coded },
): CellTable {
  const coded = groups === undefined ? null : codesOf(input, groups, rows);
  const values = outcome === undefined ? null : numbersOf(input, outcome);
  const weights = weighedBy === undefined ? null : positiveByRow(input, rows, weighedBy);
  const cellOf = (period: number, group: number | null): RawCell => {
    const own = rows.filter(
      (_row, at) => periods.code[at] === period && (group === null || coded?.code[at] === group),
    );
    const rests = basisOf(input, own);
    const key = {
      period: periods.levels[period]!,
      ...(group === null ? {} : { [groups ?? '']: coded?.levels[group] ?? '' }),
    };
    const ofOwn = weights && gathered(weights, own);
    const counted = {
      n: rests.people,
      ...(ofOwn ? { weighted: stoodForBy(peopleOf(input, own).person, ofOwn, weighedBy ?? '') } : {}),
    };
    if (values === null || own.length === 0) return { key, ...rests, values: counted };
    const mean = ofOwn
      ? weightedMoments(gathered(values, own), ofOwn).mean
      : own.reduce((sum, row) => sum + values[row]! / own.length, 0);
    const parts = weights ? values.map((value, row) => value * weights[row]!) : values;
    const contributions = { mean: contributionsOf(sumsByPerson(input, own, parts)) };
    return { key, ...rests, contributions, values: { ...counted, mean: per * mean } };
  };
  const levels: (number | null)[] = coded === null ? [null] : [...coded.levels.keys()];
  const cells = periods.levels.flatMap((_, period) => levels.map((group) => cellOf(period, group)));
  const times = per === 1 ? '' : `${per} × `;
  const mean: RawMeasure = {
    ...{ name: 'mean', label: `${times}mean ${outcome}`, unit: outcome ?? '' },
    ...{ statistic: 'linear', fields: outcome === undefined ? [] : [outcome] },
  };
  return {
    kind: 'cells',
    name: 'series',
    title: `${outcome ?? 'People'} over time by ${time}${groups === undefined ? '' : ` and ${groups}`}`,
    keys: ['period', ...(groups === undefined ? [] : [groups])],
    characteristics: groups === undefined ? [] : [groups],
    breakdown: { period: [time] },
    overlapping: cells.reduce((sum, { people }) => sum + people, 0) > peopleOf(input, rows).people,
    measures: [
      { name: 'n', label: 'people', unit: 'people', statistic: 'frequency' },
      ...(weights === null ? [] : [STANDS_FOR]),
      ...(outcome === undefined ? [] : [mean]),
    ],
    cells,
  };
}
