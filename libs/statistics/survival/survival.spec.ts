// Survival against lifelines, the steps that may be shown, and what is refused.
import { runMethod } from '../catalogue';
import { InputRefused } from '../input';
import type { RowInput } from '../input';
import { cellOf, expectClose, reference, rowsFrom } from '../testing/data';
import { kaplanMeier, logRank } from './estimate';

interface Reference {
  times: number[];
  groups: Record<string, { survival: number[]; lower: number[]; upper: number[]; median: number }>;
  logrank: { statistic: number; p: number };
  logrank_ab: { statistic: number; p: number };
}
const expected = reference<Reference>('survival.json');
const rows = Array.from({ length: 400 }, (_, i) => i);
const data = rowsFrom({
  group: rows.map((i) => 'abc'[i % 3] ?? ''),
  time: rows.map((i) => Math.floor((((i * 37) % 101) * (1 + (i % 3) * 0.4)) / 2) + 1),
  event: rows.map((i) => ((i * 13) % 7 > 1 ? 1 : 0)),
});
const base = { time: 'time', event: 'event', groups: 'group', interval: 10, collection: 'FLOW' };
const run = (params: object = {}, input: RowInput = data) =>
  runMethod('survival', input, { ...base, ...params }).result;

describe('survival', () => {
  it('B16: survival, intervals and medians equal lifelines', () => {
    const result = run();
    for (const [group, own] of Object.entries(expected.groups)) {
      expected.times.forEach((time, at) => {
        const found = cellOf(result, 'survival', { group, time: String(time) });
        expectClose(found['survival'], own.survival[at] ?? NaN);
        expectClose(found['lower'], own.lower[at] ?? NaN);
        expectClose(found['upper'], own.upper[at] ?? NaN);
      });
      expect(cellOf(result, 'median', { group })['median']).toBe(own.median);
    }
  });

  it('B16: the log-rank test equals lifelines, of three groups and of two', () => {
    const found = cellOf(run(), 'log_rank');
    expectClose(found['statistic'], expected.logrank.statistic);
    expectClose(found['p'], expected.logrank.p);
    const two = rows.filter((i) => i % 3 < 2);
    const of = (name: string) => Float64Array.from(two, (i) => Number(data.columns[name]?.values[i]));
    const test = logRank(
      { time: of('time'), event: of('event') },
      Int32Array.from(two, (i) => i % 3),
      2,
    );
    expectClose(test?.statistic, expected.logrank_ab.statistic);
    expectClose(test?.p, expected.logrank_ab.p);
  });

  it('without anybody cut off it is the share still there, and its error is binomial', () => {
    const time = Float64Array.from({ length: 50 }, (_, at) => at + 1);
    const [point] = kaplanMeier({ time, event: time.map(() => 1) }, [20], 0.95);
    expectClose(point?.survival, 0.6);
    expectClose(point?.error, Math.sqrt((0.6 * 0.4) / 50));
  });

  it('DOMAIN § 5 survival: a step in which fewer than 10 left is not shown', () => {
    const shown = run({ interval: 1 }).tables.find(({ name }) => name === 'survival')?.rows ?? [];
    expect(shown.filter(({ cell }) => cell.status === 'shown')).toEqual([]);
  });

  it('B39: is refused on a source that holds only those still there', () => {
    expect(() => run({ collection: 'STOCK' })).toThrow(/STOCK.*\(B39\)/);
    expect(() => run({ collection: undefined })).toThrow(/collection/);
  });

  it.each<[string, object, RowInput, RegExp]>([
    [
      'a time of 0',
      {},
      rowsFrom({ group: ['a', 'b'], time: [0, 1], event: [0, 1] }),
      /"time" must be above 0/,
    ],
    [
      'no event at all',
      {},
      rowsFrom({ group: ['a', 'b'], time: [1, 2], event: [0, 0] }),
      /"event" has the same value/,
    ],
    [
      'several records of a person',
      {},
      {
        ...data,
        columns: { ...data.columns, id: { kind: 'text', values: rows.map((i) => `p${i >> 1}`) } },
        people: 'id',
      },
      /several records/,
    ],
    ['too many steps', { interval: 0.001 }, data, /"interval" makes more than 500 steps/],
    ['an interval of 0', { interval: 0 }, data, /interval/],
    ['an unknown field', { time: 'nope' }, data, /no field "nope"/],
    ['text as a time', { time: 'group', groups: undefined }, data, /"group" holds text/],
    ['0 rows', {}, rowsFrom({ group: [], time: [], event: [] }), /no rows/],
    [
      'infinite times',
      {},
      rowsFrom({ group: ['a', 'b'], time: [1, Infinity], event: [0, 1] }),
      /"time" holds an infinite/,
    ],
  ])('refuses %s', (_name, params, input, message) => {
    expect(() => run(params, input)).toThrow(message);
    expect(() => run(params, input)).toThrow(InputRefused);
  });
});
