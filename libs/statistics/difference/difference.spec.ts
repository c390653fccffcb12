// Difference in differences against statsmodels, and what it refuses.
import { runMethod } from '../catalogue';
import { InputRefused } from '../input';
import type { RowInput } from '../input';
import { cellOf, expectClose, reference, rowsFrom } from '../testing/data';

interface Pack {
  estimate: number;
  standard_error: number;
}
const expected = reference<{
  effect: Pack;
  event_study: Record<string, Pack>;
  pre_trend: { statistic: number; p: number };
}>('difference.json');
const records = Array.from({ length: 120 }, (_, u) =>
  Array.from({ length: 6 }, (_year, k) => ({ u, p: 2014 + k, g: u % 3 === 0 ? 1 : 0 })),
).flat();
const outcome = ({ u, p, g }: (typeof records)[number]) =>
  ((u * 17) % 29) / 3 +
  g * 2 +
  (p - 2014) * 0.7 +
  ((u * 7 + p * 11) % 13) / 4 +
  (g === 1 && p >= 2017 ? 1.5 + 0.2 * (p - 2017) : 0);
const columns = {
  id: records.map(({ u }) => `u${u}`),
  year: records.map(({ p }) => p),
  group: records.map(({ g }) => g),
  y: records.map(outcome),
};
const data: RowInput = { ...rowsFrom(columns), people: 'id' };
const base = { outcome: 'y', group: 'group', time: 'year', interruption: 2017 };
const run = (params: object = {}, input: RowInput = data) =>
  runMethod('difference', input, { ...base, ...params }).result;

describe('difference in differences', () => {
  const result = run();

  it('B16: effect, effects by period and the test of what was before equal statsmodels', () => {
    const close = (found: Record<string, number>, pack: Pack) => {
      expectClose(found['estimate'], pack.estimate);
      expectClose(found['standard_error'], pack.standard_error);
    };
    close(cellOf(result, 'effect'), expected.effect);
    for (const [year, pack] of Object.entries(expected.event_study))
      close(cellOf(result, 'effect_by_period', { year }), pack);
    expectClose(cellOf(result, 'pre_trend')['statistic'], expected.pre_trend.statistic);
    expectClose(cellOf(result, 'pre_trend')['p'], expected.pre_trend.p);
  });

  it('with two periods it is the difference of differences of the means', () => {
    const two = records
      .map((record, at) => ({ record, at }))
      .filter(({ record }) => record.p === 2016 || record.p === 2017);
    const own = {
      ...rowsFrom(
        Object.fromEntries(
          Object.entries(columns).map(([name, values]) => [name, two.map(({ at }) => values[at] ?? null)]),
        ),
      ),
      people: 'id',
    };
    const found = run({}, own);
    const mean = (group: string, year: string) => cellOf(found, 'means', { group, year })['mean'] ?? NaN;
    expectClose(
      cellOf(found, 'effect')['estimate'],
      mean('changed', '2017') -
        mean('changed', '2016') -
        (mean('comparison', '2017') - mean('comparison', '2016')),
    );
    expect(found.tables.map(({ name }) => name)).not.toContain('pre_trend');
  });

  it('DOMAIN § 5 frequency: what rests on fewer than 10 people of a group in a period is not shown', () => {
    const few = { ...rowsFrom({ ...columns, group: records.map(({ u }) => (u < 6 ? 1 : 0)) }), people: 'id' };
    const rows = run({}, few).tables.flatMap((table) => table.rows);
    expect(rows.filter(({ key, cell }) => cell.status === 'shown' && key['group'] !== 'comparison')).toEqual(
      [],
    );
  });

  it('B16: draws both groups and the effects by period around zero, with numbers of the checked tables alone', () => {
    const [means, effects] = result.plots;
    if (means?.kind !== 'lines' || effects?.kind !== 'lines') throw new Error('two line plots are expected');
    expect([means.source.table, effects.source.table, effects.zero]).toEqual([
      'means',
      'effect_by_period',
      true,
    ]);
    expect(new Set(means.points.map(({ series }) => series)).size).toBe(2);
    for (const { x, y, low, high } of effects.points) {
      const cell = cellOf(result, 'effect_by_period', { year: effects.ticks?.[x] ?? '' });
      expect([y, low, high]).toEqual([cell['estimate'], cell['lower'], cell['upper']]);
    }
  });

  it('B38: is refused across a break', () => {
    const breaks = [{ field: 'y', from: 2015, to: 2015, reason: 'counted otherwise' }];
    expect(() => run({ breaks })).toThrow(/"y" was judged inadmissible .* counted otherwise/);
  });

  it.each([
    ['y', '2016-01-01', true],
    ['year', '2016-07-01', true],
    ['y', '2010-01-01', false],
    ['other', '2016-01-01', false],
  ])('B38: is refused across a break of %s at %s that was decided elsewhere: %s', (field, at, isRefused) => {
    const own = { ...rowsFrom(columns), people: 'id', breaks: [{ field, at, reason: 'counted otherwise' }] };
    if (isRefused) expect(() => run({}, own)).toThrow(/"(y|year)" was judged inadmissible .* across 2016/);
    else expect(run({}, own).tables.length).toBeGreaterThan(0);
  });

  it.each<[string, object, RowInput, RegExp]>([
    ['an interruption before everything', { interruption: 2000 }, data, /0 periods before/],
    ['an interruption after everything', { interruption: 2030 }, data, /0 from it on/],
    [
      'one group only',
      {},
      { ...rowsFrom({ ...columns, group: records.map(() => 1) }), people: 'id' },
      /"group" has the same value/,
    ],
    [
      'a group missing in a period',
      {},
      { ...rowsFrom({ ...columns, group: records.map(({ g, p }) => (p === 2018 ? 0 : g)) }), people: 'id' },
      /one group of "group" has no record/,
    ],
    [
      'one cluster',
      { cluster: 'c' },
      rowsFrom({ ...columns, c: records.map(() => 'c') }),
      /"c" makes one cluster/,
    ],
    ['a field named twice', { group: 'y' }, data, /must be different fields/],
    ['an unknown field', { outcome: 'nope' }, data, /no field "nope"/],
    ['0 rows', {}, rowsFrom({ y: [], group: [], year: [] }), /no rows/],
  ])('refuses %s', (_name, params, input, message) => {
    expect(() => run(params, input)).toThrow(message);
    expect(() => run(params, input)).toThrow(InputRefused);
  });
});
