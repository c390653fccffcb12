// Complementary suppression against brute-force solutions and against an attacker with a linear program.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { CellTable, RawTable } from '../../table';
import { checkTables } from '../check';
import { intervalOf, nameOf } from '../testing/intervals';
import { aCell, cellTable, totalsOver, twoWay } from '../testing/tables';
import { Thresholds, strictest } from '../thresholds';

interface Solution {
  readonly secondary: readonly (readonly [number, number])[] | null;
  readonly count: number | null;
  readonly intervals: Readonly<Record<string, readonly [number, number]>>;
}
interface Case {
  readonly name: string;
  readonly table: readonly (readonly number[])[];
  readonly primary: readonly (readonly [number, number])[];
  readonly primary_only_intervals: Readonly<Record<string, readonly [number, number]>>;
  readonly interval_reaches_threshold: Solution;
}
const { cases } = JSON.parse(readFileSync(join(__dirname, '../testing/secondary-cases.json'), 'utf8')) as {
  cases: Case[];
};

const thresholds = Thresholds.parse({});
const at = (row: number, column: number) => ({ row: `${row}`, column: `${column}` });

/** The check without leaving out the rows of rare labels, which here only stand for positions. */
function check(raw: readonly RawTable[], limits = thresholds) {
  const { tables, findings } = checkTables(raw, limits);
  return { raw, checked: tables, findings };
}

/** Every cell of fewer people than the threshold could, for all that is published, be one of enough people. */
function expectProtected(published: ReturnType<typeof check>, least = 10): void {
  for (const table of published.raw) {
    if (table.kind !== 'cells') continue;
    for (const cell of table.cells) {
      if (cell.people >= least || cell.structuralZero) continue;
      const [low, high] = intervalOf(nameOf(table.name, cell.key), published);
      expect(high).toBeGreaterThanOrEqual(least);
      expect(low).toBeLessThan(high);
    }
  }
}

/** Where the pattern holds but hides one cell more than brute force needs. */
const ONE_MORE = new Set(['rectangle_already_safe']);

describe('DOMAIN § 5 complementary: reference cases', () => {
  it.each(cases.map((each) => [each.name, each] as const))('%s', (name, { table, ...expected }) => {
    // The reference shows zeros, which is what a structural zero is.
    const published = check(twoWay(table, { structuralZero: true }));
    expectProtected(published);
    const failed = published.findings.filter(
      ({ rule, verdict }) => rule === 'complementary' && verdict === 'fail',
    );
    const solution = expected.interval_reaches_threshold;
    if (solution.count === null) {
      expect(failed.some((finding) => finding.table !== 'cells')).toBe(true);
      return;
    }
    expect(failed.filter((finding) => finding.table !== 'cells')).toEqual([]);
    expect(failed).toHaveLength(solution.count + (ONE_MORE.has(name) ? 1 : 0));
  });

  it.each(cases.map((each) => [each.name, each] as const))(
    'the attacker of these specs derives the reference intervals: %s',
    (_name, { table, primary, primary_only_intervals: intervals }) => {
      const raw = twoWay(table);
      const hidden = new Set(primary.map(([row, column]) => nameOf('cells', at(row, column))));
      const checked = raw.map(({ name, title, keys, cells }) => ({
        name,
        title,
        keys: [...keys],
        measures: [],
        notes: [],
        rows: cells.map((cell) => ({
          key: { ...cell.key },
          cell: hidden.has(nameOf(name, cell.key))
            ? { status: 'suppressed' as const, reason: 'protected' as const }
            : { status: 'shown' as const, values: { ...cell.values } },
        })),
      }));
      for (const [row, column] of primary) {
        const found = intervalOf(nameOf('cells', at(row, column)), { raw, checked });
        expect(found).toEqual(intervals[`${row},${column}`]);
      }
    },
  );
});

const small = fc.oneof({ weight: 2, arbitrary: fc.nat(12) }, { weight: 3, arbitrary: fc.nat(60) });
const counts = (rows: number, columns: number) =>
  fc.array(fc.array(small, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });
const someCounts = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, columns]) => counts(rows, columns));

describe('DOMAIN § 5 complementary: any table', () => {
  it('no cell of too few people can be worked out from a two-way table and its totals', () => {
    fc.assert(
      fc.property(someCounts, (table) => expectProtected(check(twoWay(table)))),
      { numRuns: 40 },
    );
  });

  it('a tighter threshold never shows more', () => {
    fc.assert(
      fc.property(someCounts, fc.integer({ min: 11, max: 25 }), (table, frequency) => {
        const tighter = strictest([{ frequency }]);
        const loose = check(twoWay(table));
        const tight = check(twoWay(table), tighter);
        expectProtected(tight, frequency);
        const failing = (run: typeof loose) =>
          new Set(
            run.findings
              .filter(({ rule, verdict }) => verdict === 'fail' && rule !== 'complementary')
              .map((finding) => nameOf(finding.table, finding.cell ?? {})),
          );
        const tightly = failing(tight);
        for (const place of failing(loose)) expect(tightly).toContain(place);
      }),
      { numRuns: 25 },
    );
  });

  it('the order of cells does not matter', () => {
    fc.assert(
      fc.property(someCounts, fc.infiniteStream(fc.nat(1_000_000)), (table, order) => {
        const raw = twoWay(table);
        const [base, ...totals] = raw as [CellTable, ...RawTable[]];
        const drawn = base.cells.map((cell) => ({ cell, by: order.next().value as number }));
        const cells = drawn.sort((a, b) => a.by - b.by).map(({ cell }) => cell);
        const shown = (tables: readonly RawTable[]) =>
          check(tables)
            .checked.flatMap(({ name, rows }) =>
              rows.map(({ key, cell }) => `${nameOf(name, key)} ${cell.status}`),
            )
            .sort();
        expect(shown([{ ...base, cells }, ...totals])).toEqual(shown(raw));
      }),
      { numRuns: 25 },
    );
  });

  it('holds for three-way tables with all their totals', () => {
    fc.assert(
      fc.property(fc.array(small, { minLength: 12, maxLength: 12 }), (numbers) => {
        const cells = numbers.map((people, index) =>
          aCell(
            { a: `${index % 2}`, b: `${Math.floor(index / 2) % 2}`, c: `${Math.floor(index / 4)}` },
            people,
          ),
        );
        const base = cellTable('cells', ['a', 'b', 'c'], cells);
        const margins = [['a', 'b'], ['a', 'c'], ['b', 'c'], ['a'], ['b'], ['c'], []];
        expectProtected(check([base, ...margins.map((keys) => totalsOver(base, keys))]));
      }),
      { numRuns: 10 },
    );
  });

  it('holds for a hierarchy of districts in regions, crossed with a group', () => {
    fc.assert(
      fc.property(fc.array(small, { minLength: 12, maxLength: 12 }), (numbers) => {
        const cells = numbers.map((people, index) => {
          const district = Math.floor(index / 2);
          return aCell(
            { region: `${Math.floor(district / 3)}`, district: `${district}`, group: `${index % 2}` },
            people,
          );
        });
        const base = cellTable('cells', ['region', 'district', 'group'], cells);
        const margins = [['region', 'district'], ['region', 'group'], ['region'], ['group'], []];
        expectProtected(check([base, ...margins.map((keys) => totalsOver(base, keys))]));
      }),
      { numRuns: 10 },
    );
  });
});
