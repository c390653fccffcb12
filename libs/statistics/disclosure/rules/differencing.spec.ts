// Differencing between results on sets of unit ids: which cells fail, against a search over all sums of cells.
import fc from 'fast-check';
import type { RawTable, UnitSet } from '../../table';
import { checkTables } from '../check';
import { PEOPLE } from '../testing/tables';
import { Thresholds } from '../thresholds';
import { decodeUnits, encodeUnits, unitSet } from '../units';
import { closeCells } from './unit-tables';

const range = (from: number, to: number) =>
  unitSet(Array.from({ length: to - from }, (_, index) => from + index));
const thresholds = Thresholds.parse({});

describe('DOMAIN § 5 differencing: sets of people', () => {
  it.each([
    ['the same people', [range(0, 50)], [range(0, 50)], []],
    ['three fewer', [range(0, 47)], [range(0, 50)], [0]],
    ['three more', [range(0, 53)], [range(0, 50)], [0]],
    ['ten fewer', [range(0, 40)], [range(0, 50)], []],
    ['nine fewer', [range(0, 41)], [range(0, 50)], [0]],
    ['other people', [range(100, 150)], [range(0, 50)], []],
    ['overlapping, neither contained', [range(3, 53)], [range(0, 50)], []],
    ['a sum of two lies in an earlier one', [range(0, 20), range(20, 47)], [range(0, 50)], [0]],
    ['an earlier one lies in a sum of two', [range(0, 20), range(20, 53)], [range(0, 50)], [0]],
    ['a sum of earlier ones lies in it', [range(0, 50)], [range(0, 20), range(20, 47)], [0]],
    [
      'two sums tied together by common people',
      [range(0, 30), range(30, 60)],
      [range(0, 20), range(20, 57)],
      [0],
    ],
  ])('%s', (_case, own, other, expected) => {
    expect([...closeCells(own, other, 10).cells]).toEqual(expected);
  });

  it('finds a cell wherever a search over all sums of both tables’ cells does, and what it hides undoes that', () => {
    const assignment = fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 14, maxLength: 14 });
    fc.assert(
      fc.property(assignment, assignment, fc.integer({ min: 2, max: 4 }), (mine, theirs, least) => {
        const [own, other] = [cellsOf(mine), cellsOf(theirs)].map((sets) =>
          sets.filter((set) => set.length >= least),
        ) as [UnitSet[], UnitSet[]];
        const found = closeCells(own, other, least);
        expect([found.cells.size > 0, found.isOpen]).toEqual([anySums(own, other, least), false]);
        const left = own.filter((_set, cell) => !found.cells.has(cell));
        expect(anySums(left, other, least)).toBe(false);
      }),
      { numRuns: 400 },
    );
  });
});

function cellsOf(assignment: readonly number[]): UnitSet[] {
  return [0, 1, 2, 3].map((cell) => unitSet(assignment.flatMap((of, unit) => (of === cell ? [unit] : []))));
}

const sumsOf = (sets: readonly UnitSet[]): UnitSet[] =>
  Array.from({ length: 2 ** sets.length - 1 }, (_, choice) =>
    unitSet(sets.flatMap((set, index) => (((choice + 1) >> index) & 1 ? [...set] : []))),
  );

function differsByFew(a: UnitSet, b: UnitSet, least: number): boolean {
  const [small, large] = a.length <= b.length ? [a, b] : [b, a];
  const difference = large.length - small.length;
  return difference >= 1 && difference < least && small.every((unit) => large.includes(unit));
}

/** All sums of cells on both sides at once. */
const anySums = (own: readonly UnitSet[], other: readonly UnitSet[], least: number) =>
  sumsOf(own).some((a) => sumsOf(other).some((b) => differsByFew(a, b, least)));

describe('DOMAIN § 5 differencing: results', () => {
  const result = (units: UnitSet | undefined, earlier?: { name: string; cells: UnitSet[] | null }[]) => {
    const people = units?.length ?? 40;
    const cell = { key: {}, people, values: { n: people }, ...(units ? { units } : {}) };
    const head = { name: 't', title: 'People', keys: [], measures: [PEOPLE] };
    return checkTables([{ ...head, kind: 'cells', cells: [cell] }], thresholds, earlier ? { earlier } : {});
  };
  const verdicts = (...of: Parameters<typeof result>) =>
    result(...of)
      .findings.filter(({ rule }) => rule === 'differencing')
      .map(({ verdict }) => verdict);

  it.each([
    ['without unit ids', undefined, [], ['review']],
    ['not knowing what was shown', range(0, 40), undefined, ['review']],
    ['against a table whose people are unknown', range(0, 40), [{ name: 'x', cells: null }], ['review']],
    ['the first of a project', range(0, 40), [], ['pass']],
    ['two people apart', range(0, 40), [{ name: 'x', cells: [range(0, 42)] }], ['fail']],
  ])('%s: %j', (_case, units, earlier, expected) => {
    expect(verdicts(units, earlier)).toEqual(expected);
  });

  it('keeps whose numbers were shown, and nothing of hidden cells', () => {
    expect(result(range(0, 40), []).shown).toEqual([{ name: 'People', cells: [range(0, 40)] }]);
    expect(result(range(0, 4), []).shown).toEqual([]);
    expect(result(undefined).shown).toEqual([{ name: 'People', cells: null }]);
  });

  it('decides what is tied together in more sums than can be compared one by one', () => {
    const across = (of: (unit: number) => number) =>
      Array.from({ length: 20 }, (_, cell) => range(0, 8_000).filter((unit) => of(unit) === cell));
    const [mine, theirs] = [across((unit) => unit % 20), across((unit) => Math.floor(unit / 20) % 20)];
    expect(closeCells(mine, theirs, 10)).toEqual({ cells: new Set(), isOpen: true });
    const table = (name: string, cells: UnitSet[]): RawTable => ({
      ...{ kind: 'cells', name, title: name, keys: [name], measures: [PEOPLE], overlapping: false },
      cells: cells.map((units, cell) => ({
        ...{ key: { [name]: `${cell}` }, people: units.length, units, values: { n: units.length } },
      })),
    });
    const found = (tables: RawTable[], earlier: { name: string; cells: UnitSet[] }[]) =>
      checkTables(tables, thresholds, { earlier })
        .findings.filter(({ rule }) => rule === 'differencing')
        .map(({ verdict }) => verdict);
    expect(found([table('a', mine)], [{ name: 'x', cells: theirs }])).toEqual(['pass']);
    expect(found([table('a', mine), table('b', theirs)], [])).toEqual(['pass', 'pass']);
    // Three people of one cell are in none of the other side’s: all sums of both differ by them alone.
    const more = theirs.map((units, cell) => (cell === 0 ? unitSet([...units, 9_001, 9_002, 9_003]) : units));
    expect(found([table('a', mine)], [{ name: 'x', cells: more }])).toContain('fail');
  });

  it('encodes sets compactly and gives them back', () => {
    const sparse = fc.array(fc.integer({ min: 0, max: 300_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(sparse, (positions) => {
        const units = unitSet(positions);
        expect(decodeUnits(encodeUnits(units))).toEqual(units);
      }),
    );
    const dense = range(10, 70_000);
    expect(decodeUnits(encodeUnits(dense))).toEqual(dense);
    expect(encodeUnits(dense).length).toBeLessThan(20_000);
    expect(() => decodeUnits(Uint8Array.of(1, 0, 5, 0, 1))).toThrow('they end too early');
  });
});
