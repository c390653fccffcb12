// `quantiles`: medians and other quantiles of a number, for everybody or by group.
import { z } from 'zod';
import { basisOf } from '../design/basis';
import { codesOf } from '../design/codes';
import { completeRows } from '../design/complete';
import { peopleOf } from '../design/people';
import { gathered } from '../design/matrix';
import { InputRefused, numbersOf } from '../input';
import type { RowInput } from '../input';
import type { Method } from '../method';
import type { CellTable, RawCell, RawMeasure } from '../table';

export const QuantilesParams = z
  .strictObject({
    outcome: z.string().min(1).describe('numeric field'),
    groups: z
      .string()
      .min(1)
      .optional()
      .describe('field whose codes are the groups; everybody together if not given'),
    quantiles: z
      .array(z.number().gt(0).lt(1))
      .min(1)
      .max(9)
      .default([0.25, 0.5, 0.75])
      .describe(
        'which quantiles, 0.5 being the median; minimum and maximum are one person’s value and never shown',
      ),
  })
  .refine(({ outcome, groups }) => outcome !== groups, {
    path: ['groups'],
    message: 'Outcome and groups must differ.',
  })
  .refine(({ quantiles }) => new Set(quantiles).size === quantiles.length, {
    path: ['quantiles'],
    message: 'Each quantile may be named once.',
  });
export type QuantilesParams = z.infer<typeof QuantilesParams>;

export const quantiles: Method<QuantilesParams> = {
  name: 'quantiles',
  version: '1.0.0',
  title: 'Medians and quantiles',
  description:
    'The median and other quantiles of a number, by linear interpolation between records (type 7 of Hyndman and Fan 1996, the default of R). A quantile with too few people on a side is not shown. Rows with a missing value are left out and counted.',
  reports: 'Quantiles by group, and how many people they rest on.',
  reference: 'numpy 2.4.6.',
  accepts: ['rows'],
  weights: {
    refuses:
      'a quantile between two records (type 7) has no counterpart with weights that programs agree on. Leave them out, or give weighted means by "descriptive".',
  },
  rules: ['frequency', 'extremes', 'differencing', 'condition'],
  params: QuantilesParams,
  fieldsOf: ({ outcome, groups }) => [outcome, ...(groups === undefined ? [] : [groups])],
  run(input, params, progress) {
    if (input.shape !== 'rows')
      throw new InputRefused('Quantiles need rows, one per record: sums do not hold them.');
    progress(0, 'sorting');
    const used = completeRows(input, quantiles.fieldsOf(params));
    const table = tableOf(input, used.rows, params);
    progress(1, 'tables made');
    return { tables: [table, ...used.leftOut], plots: () => [], diagnostics: { groups: table.cells.length } };
  },
};

const nameOf = (share: number) => `q${share * 100}`;

function tableOf(
  input: RowInput,
  rows: Int32Array,
  { outcome, groups, quantiles: shares }: QuantilesParams,
): CellTable {
  const values = numbersOf(input, outcome);
  const coded = groups === undefined ? null : codesOf(input, groups, rows);
  const parts =
    coded === null
      ? [{ key: {}, own: rows }]
      : coded.levels.map((label, level) => ({
          key: { [groups ?? '']: label },
          own: rows.filter((_row, at) => coded.code[at] === level),
        }));
  const cells = parts.map(({ key, own }): RawCell => {
    const sorted = gathered(values, own).sort();
    const found = shares.map((share) => [nameOf(share), quantileOf(sorted, share)] as const);
    const side = (isOn: (value: number) => boolean) =>
      peopleOf(
        input,
        own.filter((row) => isOn(values[row]!)),
      ).people;
    const sides = found.map(([name, at]) => [
      name,
      { below: side((value) => value < at), above: side((value) => value > at) },
    ]);
    const rests = basisOf(input, own);
    return {
      ...{ key, ...rests, sides: Object.fromEntries(sides) as NonNullable<RawCell['sides']> },
      values: { n: rests.people, ...Object.fromEntries(found) },
    };
  });
  return {
    kind: 'cells',
    name: 'quantiles',
    title: groups === undefined ? `Quantiles of ${outcome}` : `Quantiles of ${outcome} by ${groups}`,
    keys: groups === undefined ? [] : [groups],
    // Only groups that hold somebody are listed; that all of one share a value shows at the sides of its quantiles.
    characteristics: [],
    overlapping: cells.reduce((sum, { people }) => sum + people, 0) > peopleOf(input, rows).people,
    measures: [
      { name: 'n', label: 'people', unit: 'people', statistic: 'frequency' },
      ...shares.map((share): RawMeasure => ({
        ...{
          name: nameOf(share),
          label: share === 0.5 ? `median of ${outcome}` : `${share} quantile of ${outcome}`,
        },
        ...{ unit: outcome, statistic: 'position', fields: [outcome] },
      })),
    ],
    cells,
  };
}

/** The quantile of ascending values, between the two nearest of them. */
export function quantileOf(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return low + (place - Math.floor(place)) * (high - low);
}
