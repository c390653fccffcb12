// B38: a table with a row for each period is a trend, whichever method makes it and from whatever data.
import { runMethod } from '../catalogue';
import type { MethodName } from '../catalogue';
import { numbersOf } from '../input';
import type { CellInput, MethodInput } from '../input';
import { rowsFrom } from '../testing/data';

const COUNT = 240;
const of = <T>(value: (row: number) => T): T[] => Array.from({ length: COUNT }, (_, row) => value(row));
const breaks = [{ field: 'meals', at: '2014-09-01', reason: 'every infant gets them' }];
const REFUSED = /"meals" was judged inadmissible .* across 2014-09-01: every infant gets them\. Use only/;

/** Forty people in each of six years. */
const data = {
  ...rowsFrom({
    year: of((row) => 2012 + (row % 6)),
    month: of((row) => `${2012 + (row % 6)}-09`),
    day: of((row) => `${2012 + (row % 6)}-09-01T08:30`),
    school: of((row) => 'abc'[row % 3]!),
    code: of((row) => 10 + (row % 3)),
    meals: of((row) => (row % 7 < 3 ? 1 : 0)),
    score: of((row) => row % 11),
  }),
  breaks,
};

const from = (first: number): MethodInput => {
  const years = numbersOf(data, 'year');
  const kept = of((row) => row).filter((row) => years[row]! >= first);
  return {
    ...rowsFrom({
      year: kept.map((row) => years[row]!),
      meals: kept.map((row) => numbersOf(data, 'meals')[row]!),
    }),
    breaks,
  };
};

type Case = [string, MethodName, Record<string, unknown>];
const ACROSS: Case[] = [
  ['means by year', 'descriptive', { outcome: 'meals', groups: 'year' }],
  ['means within years', 'descriptive', { outcome: 'meals', groups: 'school', strata: ['year'] }],
  ['people by year', 'crosstab', { fields: ['year', 'meals'] }],
  ['people by month', 'crosstab', { fields: ['meals', 'month'] }],
  ['people by point of time', 'crosstab', { fields: ['meals', 'day'] }],
  ['quantiles by year', 'quantiles', { outcome: 'meals', groups: 'year' }],
  ['rates by year', 'rates', { events: 'meals', groups: 'year', strata: ['school'] }],
];
it.each(ACROSS)('B38: %s are refused across the break', (_what, method, params) => {
  expect(() => runMethod(method, data, params)).toThrow(REFUSED);
  expect(() => runMethod(method, { ...data, breaks: [] }, params)).not.toThrow();
});

const BESIDE: Case[] = [
  ['another field by year', 'descriptive', { outcome: 'score', groups: 'year' }],
  ['the field by school', 'descriptive', { outcome: 'meals', groups: 'school' }],
  ['the field by codes that are no periods', 'crosstab', { fields: ['meals', 'code'] }],
];
it.each(BESIDE)('B38: %s is not', (_what, method, params) => {
  expect(() => runMethod(method, data, params)).not.toThrow();
});

it('B38: on one side of the break a table by year is answered', () => {
  const params = { outcome: 'meals', groups: 'year' };
  expect(() => runMethod('descriptive', from(2014), params)).toThrow(REFUSED);
  expect(() => runMethod('descriptive', from(2015), params)).not.toThrow();
});

it('B38: a table of cells by year is refused as well', () => {
  const cells: CellInput = {
    ...{ shape: 'cells', rows: 3, dimensions: ['year'], sums: ['meals'], breaks },
    columns: rowsFrom({
      ...{ year: ['2013', '2014', '2015'], n: [90, 80, 70] },
      ...{ sum_meals: [30, 40, 50], sumsq_meals: [30, 40, 50] },
      ...{ dominance_meals: ['pass', 'pass', 'pass'], p_ratio_meals: ['pass', 'pass', 'pass'] },
    }).columns,
  };
  expect(() => runMethod('descriptive', cells, { outcome: 'meals', groups: 'year' })).toThrow(
    /across 2014-09-01/,
  );
});
