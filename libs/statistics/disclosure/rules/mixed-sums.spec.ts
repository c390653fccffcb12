// Sums that mix cells of several tables: what is found, what stays shown, and what is left to a person.
import type { RawTable, UnitSet } from '../../table';
import { checkTables } from '../check';
import { PEOPLE } from '../testing/tables';
import { Thresholds } from '../thresholds';
import { unitSet } from '../units';
import { mixedSums } from './mixed-sums';

const range = (from: number, to: number) =>
  unitSet(Array.from({ length: to - from }, (_, index) => from + index));
const joined = (...sets: UnitSet[]) => unitSet(sets.flatMap((set) => [...set]));

describe('DOMAIN § 5 differencing: sums that mix cells of several tables', () => {
  // Three results that each look harmless: half of everybody by three halves, and three people in the middle of it.
  const [a, b, c, few] = [range(0, 40), range(40, 80), range(80, 120), range(120, 123)];
  const own = (...sets: UnitSet[]) => [{ table: 0, block: 'a', sets }];

  it('finds people who are in a sum of one table and in none of two others', () => {
    const earlier = [[joined(a, c)], [joined(b, c)]];
    // (a ∪ b ∪ few) + … : a + b + few and a + c and b + c and c give few.
    expect(mixedSums(own(joined(a, b, few)), [...earlier, [c]], 10).cells).toEqual([{ table: 0, cell: 0 }]);
    expect(mixedSums(own(joined(a, b, few)), earlier, 10).cells).toEqual([]);
  });

  it('finds three people among many thousands, whom nobody would meet by chance', () => {
    const own = [{ table: 0, block: 'a', sets: [range(0, 20_000)] }];
    const earlier = (last: number) => [[range(0, 10_000)], [range(10_000, last)]];
    expect(mixedSums(own, earlier(19_997), 10)).toEqual({ cells: [{ table: 0, cell: 0 }], open: [] });
    expect(mixedSums(own, earlier(19_987), 10)).toEqual({ cells: [], open: [] });
    expect(mixedSums(own, earlier(20_000), 10)).toEqual({ cells: [], open: [] });
  });

  it('lets a cell be shown again, and what was given before whatever is shown now', () => {
    expect(mixedSums(own(c), [[c], [a], [joined(a, few)]], 10)).toEqual({ cells: [], open: [] });
    expect(mixedSums(own(b), [[c], [a], [joined(a, few)]], 10)).toEqual({ cells: [], open: [] });
  });

  it('leaves to a person what holds too many cells that share people', () => {
    const by = (of: (unit: number) => number) => {
      const cells = Array.from({ length: 400 }, (): number[] => []);
      for (let unit = 0; unit < 160_000; unit += 1) cells[of(unit)]!.push(unit);
      return cells.map(unitSet);
    };
    const sets = by((unit) => unit % 400);
    const across = by((unit) => Math.floor(unit / 400));
    const third = by((unit) => (unit + Math.floor(unit / 400)) % 400);
    expect(mixedSums([{ table: 7, block: 'x', sets }], [across, third], 10)).toEqual({
      cells: [],
      open: [7],
    });
  });

  it('hides a cell that complementary suppression hid here and that stands in pieces elsewhere', () => {
    const [whole, shown, hidden] = [range(0, 100), range(0, 40), range(40, 95)];
    const small = range(95, 100);
    const cell = (name: string, units: UnitSet) => ({
      ...{ key: { g: name }, people: units.length, units, values: { n: units.length } },
    });
    const tables: RawTable[] = [
      {
        ...{ kind: 'cells', name: 'g', title: 'By g', keys: ['g'], measures: [PEOPLE] },
        cells: [cell('one', shown), cell('two', hidden), cell('three', small)],
      },
      {
        ...{
          kind: 'margin',
          name: 'all',
          title: 'All',
          keys: [],
          over: 'g',
          measures: [PEOPLE],
          overlapping: false,
        },
        cells: [{ ...cell('', whole), key: {} }],
      },
    ];
    const pieces = (name: string, units: UnitSet) => ({ name, cells: [units] });
    const check = (earlier: { name: string; cells: UnitSet[] }[]) =>
      checkTables(tables, Thresholds.parse({}), { earlier }).tables.map(({ rows }) =>
        rows.map(({ cell: { status } }) => status),
      );
    // The third is too small to be named, and the first hidden so that it cannot be worked out.
    expect(check([])).toEqual([['suppressed', 'shown'], ['shown']]);
    // Now the first can be put together from two results, and with it the third: something else has to go.
    const together = check([pieces('x', range(0, 20)), pieces('y', range(20, 40))]).flat();
    expect(together.filter((status) => status === 'suppressed').length).toBeGreaterThan(1);
  });
});
