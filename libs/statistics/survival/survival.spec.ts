// `survival` against lifelines, by closed form without censoring, and refused where the source hides short spells.
import * as fc from 'fast-check';
import { runMethod } from '../catalogue';
import type { RowInput } from '../input';
import { SeededRandom } from '../random';
import { cellOf, expectClose, reference, rowsFrom } from '../testing/data';
import { logRank, momentsOf, survivalAfter } from './kaplan-meier';
import type { Spells } from './kaplan-meier';

type Line = [number, number, number, number];
const expected = reference<{
  time: number[];
  ended: number[];
  entry: number[];
  group: string[];
  all: Line[];
  a: Line[];
  late: Line[];
  logrank: [number, number];
  logrank_ab: [number, number];
}>('survival.json');

const spells = (isIn: (at: number) => boolean, isLate = false): Spells => {
  const only = (values: number[]) => Float64Array.from(values.filter((_, at) => isIn(at)));
  const time = only(expected.time);
  return { time, ended: only(expected.ended), entry: isLate ? only(expected.entry) : time.map(() => -1) };
};
const flow = (columns: Parameters<typeof rowsFrom>[0], collected?: 'FLOW' | 'STOCK'): RowInput => ({
  ...rowsFrom(columns),
  ...(collected === undefined ? {} : { collected }),
});
const { time, ended, entry, group } = expected;

describe('Kaplan and Meier', () => {
  it.each<[string, Spells, Line[]]>([
    ['everybody', spells(() => true), expected.all],
    ['one group', spells((at) => expected.group[at] === 'a'), expected.a],
    ['spells first seen late', spells(() => true, true), expected.late],
  ])('equals lifelines, with its interval: %s', (_name, own, lines) => {
    const moments = momentsOf(own);
    const after = survivalAfter(moments, 0.95);
    for (const [at, survival, low, high] of lines) {
      const found = after[moments.findLastIndex((moment) => moment.time <= at)]!;
      expectClose(found.survival, survival, 1e-10);
      expectClose(found.low, low, 1e-10);
      expectClose(found.high, high, 1e-10);
    }
  });

  it('is the share still going where everybody is followed to the end', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 60 }), (times) => {
        const all = Float64Array.from(times);
        const moments = momentsOf({ time: all, ended: all.map(() => 1), entry: all.map(() => -1) });
        survivalAfter(moments, 0.95).forEach(({ survival }, at) =>
          expect(survival).toBeCloseTo(times.filter((t) => t > moments[at]!.time).length / times.length, 12),
        );
      }),
    );
  });

  it('the log-rank test equals lifelines’, and names of groups do not matter', () => {
    const codes = Int32Array.from(group, (name) => 'abc'.indexOf(name));
    for (const turned of [codes, codes.map((code) => 2 - code)]) {
      const { chiSquared, p, df } = logRank(
        spells(() => true),
        turned,
        3,
      );
      expectClose(chiSquared, expected.logrank[0], 1e-9);
      expectClose(p, expected.logrank[1], 1e-8);
      expect(df).toBe(2);
    }
    const two = Int32Array.from(codes.filter((code) => code < 2));
    expectClose(
      logRank(
        spells((at) => group[at] !== 'c'),
        two,
        2,
      ).chiSquared,
      expected.logrank_ab[0],
      1e-9,
    );
  });
});

describe('survival', () => {
  const params = { time: 'time', ended: 'ended', groups: 'group', width: 30 };

  it('gives the curve at the ends of steps, and tests groups', () => {
    const { result } = runMethod('survival', flow({ time, ended, group }, 'FLOW'), params);
    expectClose(cellOf(result, 'survival', { group: 'a', step: '1' })['survival'], expected.a[0]![1], 1e-10);
    expect(cellOf(result, 'survival', { group: 'a', step: '1' })).toMatchObject({ until: 30, at_risk: 80 });
    expectClose(cellOf(result, 'comparison')['chi_squared'], expected.logrank[0], 1e-9);
    expect(result.plots.map(({ kind }) => kind)).toEqual(['lines']);
  });

  it('DOMAIN § 5 survival: a step covers at least ten exits and leaves nobody or ten at risk, else it is not shown', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 15, max: 90 }), (seed, n) => {
        const random = new SeededRandom(seed);
        const lasting = Array.from({ length: n }, () => 1 + random.below(100));
        const { result } = runMethod('survival', flow({ time: lasting }, 'FLOW'), { time: 'time', width: 5 });
        const rows = result.tables.find(({ name }) => name === 'survival')!.rows;
        const shown = rows.flatMap(({ cell }) => (cell.status === 'shown' ? [cell.values] : []));
        expect(n < 40 || rows[0]?.cell.status === 'shown').toBe(true);
        for (const { exits, at_risk: atRisk } of shown) {
          expect(exits).toBeGreaterThanOrEqual(10);
          expect(atRisk! - exits! === 0 || atRisk! - exits! >= 10).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('B39: is refused on a source of those still there, and on one that does not say', () => {
    const run = (collected?: 'STOCK') => () =>
      runMethod('survival', flow({ time, ended, group }, collected), params);
    expect(run('STOCK')).toThrow(
      'The source holds people only while they are there (STOCK), so that short spells are under-represented and how long spells last cannot be told (B39). Use a source declared as FLOW, or name in "entry" how long each spell had lasted when it was first seen.',
    );
    expect(run()).toThrow(/does not declare whether it holds everybody.*B39/);
  });

  it('B39: takes a source of those still there with the times at which spells were first seen', () => {
    const { groups: _groups, ...rest } = params;
    const late = runMethod('survival', flow({ time, ended, entry }, 'STOCK'), { ...rest, entry: 'entry' });
    expectClose(cellOf(late.result, 'survival', { step: '1' })['survival'], expected.late[0]![1], 1e-10);
  });

  it.each<[string, RowInput, Record<string, unknown>, string | RegExp]>([
    ['a time below 0', flow({ time: [-1, 2] }, 'FLOW'), {}, /The field "time" holds a time below 0/],
    ['an unknown field', flow({ t: [1, 2] }, 'FLOW'), {}, /The data has no field "time"/],
    [
      'text as time',
      flow({ time: ['x', 'y'] }, 'FLOW'),
      {},
      /The field "time" holds text, and a number is needed/,
    ],
    ['no rows', flow({ time: [] }, 'FLOW'), {}, /The data has no rows/],
    [
      'entry after the end',
      flow({ time: [1, 2], seen: [0, 3] }, 'STOCK'),
      { entry: 'seen' },
      /not longer than it had lasted when first seen/,
    ],
    [
      'no width',
      flow({ time: [1, 2] }, 'FLOW'),
      { width: 0 },
      /The parameters of "survival" do not fit:[\s\S]*width/,
    ],
  ])('names what is wrong: %s', (_name, input, more, message) => {
    expect(() => runMethod('survival', input, { time: 'time', width: 10, ...more })).toThrow(message);
  });
});
