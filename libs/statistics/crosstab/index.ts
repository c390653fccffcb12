// `crosstab`: how many people have each code, or each combination of codes, and the shares they make up.
import { z } from 'zod';
import { STANDS_FOR, SURVEY_WEIGHTS, Weights } from '../design/weights';
import { InputRefused } from '../input';
import type { Method } from '../method';
import { barsOf } from '../plot';
import type { DerivedCell, DerivedTable, MarginTable, RawCell, RawMeasure } from '../table';
import { tallyOf } from './tally';
import type { Tallied, Tally } from './tally';

export const CrosstabParams = z
  .strictObject({
    fields: z
      .array(z.string().min(1))
      .min(1)
      .max(4)
      .describe('one field for frequencies, several to cross them'),
    within: z
      .string()
      .optional()
      .describe('shares add up to 1 within each code of this field; among everybody if not given'),
    weights: Weights,
  })
  .refine(({ fields }) => new Set(fields).size === fields.length, {
    path: ['fields'],
    message: 'Each field may be named once.',
  })
  .refine(({ fields, weights }) => weights === undefined || !fields.includes(weights), {
    path: ['weights'],
    message: 'The weights are none of the fields that are counted by.',
  })
  .refine(({ fields, within }) => within === undefined || (fields.length > 1 && fields.includes(within)), {
    path: ['within'],
    message: 'Shares are within one of several fields that are crossed.',
  });
export type CrosstabParams = z.infer<typeof CrosstabParams>;

const CELL_LIMIT = 2_000;

export const crosstab: Method<CrosstabParams> = {
  name: 'crosstab',
  version: '1.1.0',
  title: 'Frequencies and cross-tables',
  description:
    'People by code, or by combination of codes, with totals and shares. People with several records count once in a cell, so that cells may add up to more than the total. Describes; assumes nothing but that codes mean the same for everybody.',
  reports: 'People and shares, with totals.',
  reference: 'Closed forms; rows and cells give the same; weighted, pandas 2.3.3.',
  accepts: ['rows', 'cells'],
  weights: SURVEY_WEIGHTS,
  rules: ['frequency', 'full_or_empty', 'complementary', 'differencing', 'derived', 'condition'],
  params: CrosstabParams,
  fieldsOf: ({ fields, weights }) => [...fields, ...(weights === undefined ? [] : [weights])],
  run(input, params, progress) {
    progress(0, 'counting');
    const tally = tallyOf(input, params.fields, params.weights);
    const count = tally.levels.reduce((product, { length }) => product * length, 1);
    if (count > CELL_LIMIT) {
      throw new InputRefused(
        `The codes of ${params.fields.join(', ')} make ${count} cells, and ${CELL_LIMIT} is the most. Use fewer fields, or coarser ones.`,
      );
    }
    const tables = tablesOf(tally, params);
    progress(1, 'tables made');
    return {
      tables,
      plots: (checked) =>
        checked
          .filter(({ name }) => name === 'shares')
          .map((table) => barsOf(table, 'share', params.fields.at(-1) ?? '')),
      diagnostics: { fields: params.fields.length, cells: count },
    };
  },
};

const PEOPLE: RawMeasure = { name: 'n', label: 'people', unit: 'people', statistic: 'frequency' };

function tablesOf(tally: Tally, { fields, within, weights }: CrosstabParams) {
  const measures = [PEOPLE, ...(weights === undefined ? [] : [STANDS_FOR])];
  const cells = tally.cellsOver(fields).map(shown);
  const { overlapping } = tally;
  const margin = (keys: readonly string[], name: string): MarginTable => ({
    ...{ kind: 'margin', name, title: keys.length === 0 ? 'Everybody' : `People by ${keys.join(' and ')}` },
    ...{ keys, over: 'counts', overlapping, measures, cells: tally.cellsOver(keys).map(shown) },
  });
  const margins = fields.length === 1 ? [] : fields.map((field) => margin([field], `by_${field}`));
  const total = margin([], 'total');
  return [
    {
      ...{ kind: 'cells' as const, name: 'counts', title: `People by ${fields.join(' and ')}` },
      ...{ keys: fields, overlapping, measures, cells },
    },
    ...margins,
    total,
    sharesTable(cells, fields, within === undefined ? total : margins[fields.indexOf(within)]!),
    ...tally.leftOut,
  ];
}

function shown({ weighted, ...cell }: Tallied): RawCell {
  return { ...cell, values: { n: cell.people, ...(weighted === undefined ? {} : { weighted }) } };
}

/** Of the people they stand for, where records have weights. */
const sizeOf = ({ people, values }: RawCell): number => values['weighted'] ?? people;

/** Each cell divided by the total it stands under. */
function sharesTable(cells: readonly RawCell[], fields: readonly string[], base: MarginTable): DerivedTable {
  const [within] = base.keys;
  const of = within === undefined ? 'all' : `those with the same ${within}`;
  return {
    kind: 'derived',
    name: 'shares',
    title: `Shares of ${of} by ${fields.join(' and ')}`,
    keys: fields,
    measures: [{ name: 'share', label: `share of ${of}`, unit: 'share', statistic: 'frequency' }],
    cells: cells.flatMap((cell): DerivedCell[] => {
      const whole = base.cells.find(({ key }) => base.keys.every((name) => key[name] === cell.key[name]));
      if (whole === undefined || whole.people === 0) return [];
      const from = [
        { table: 'counts', key: cell.key },
        { table: base.name, key: whole.key },
      ];
      return [{ key: cell.key, values: { share: sizeOf(cell) / sizeOf(whole) }, from }];
    }),
  };
}
