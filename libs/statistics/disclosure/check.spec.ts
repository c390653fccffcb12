// The disclosure check as a table of cases: which cells and totals may be shown.
import fc from 'fast-check';
import type { CellTable, MarginTable, RawTable } from '../table';
import { checkTables } from './check';
import { publicFindings } from './findings';
import { PEOPLE, aCell, cellTable, totalsOver, twoWay } from './testing/tables';
import { Thresholds, strictest } from './thresholds';

const thresholds = Thresholds.parse({});
const measures = [PEOPLE];

function tables(counts: readonly number[], overlapping = false): RawTable[] {
  const cells = counts.map((people, index) => ({
    key: { g: 'x', s: `${index}` },
    people,
    values: { n: people },
  }));
  const total = counts.reduce((sum, people) => sum + people, 0);
  const margin: MarginTable = {
    kind: 'margin',
    name: 'total',
    title: 'total',
    keys: ['g'],
    measures,
    over: 'cells',
    overlapping,
    cells: [{ key: { g: 'x' }, people: total, values: { n: total } }],
  };
  return [{ kind: 'cells', name: 'cells', title: 'cells', keys: ['g', 's'], measures, cells }, margin];
}

const statusOfTotal = (raw: RawTable[]) => checkTables(raw, thresholds).tables[1]?.rows[0]?.cell;

describe('disclosure check', () => {
  it.each([
    [9, 'suppressed'],
    [10, 'shown'],
    [0, 'suppressed'],
  ])('DOMAIN § 5 frequency: a cell of %i people is %s', (people, status) => {
    // A second cell with the same label, so that the label itself stands for enough people.
    const [cells] = tables([people, 50]) as [CellTable, MarginTable];
    const named = cells.cells.map((cell, n) => ({
      ...cell,
      key: { g: 'x', s: 'both', ...(n === 0 ? {} : { g: 'y' }) },
    }));
    const y = { key: { g: 'y', s: 'other' }, people: 50, values: { n: 50 } };
    const x = { key: { g: 'x', s: 'other' }, people: 50, values: { n: 50 } };
    const { tables: checked } = checkTables([{ ...cells, cells: [...named, x, y] }], thresholds);
    expect(checked[0]?.rows[0]?.cell.status).toBe(status);
    expect(checked[0]?.notes).toEqual([]);
  });

  it('DOMAIN § 5 frequency: leaves out the rows of a label that stands for fewer than 10 people', () => {
    const { tables: checked, findings } = checkTables(tables([9, 50]), thresholds);
    expect(checked[0]?.rows.map(({ key }) => key['s'])).toEqual(['1']);
    expect(checked[0]?.notes).toEqual([
      'Codes or values of fewer than 10 people are not named, and their rows are left out.',
    ]);
    expect(publicFindings(findings)[0]).not.toHaveProperty('cell');
    expect(findings[0]).toMatchObject({ cell: { s: '0' }, people: 9, unnamed: true });
  });

  it('DOMAIN § 5: by exception a small cell is shown, nothing is hidden for its sake, and it goes to a person again', () => {
    const shown = (exceptions: { rule: string; table: string }[]) => {
      const { tables: checked, findings } = checkTables(tables([50, 9]), thresholds, { exceptions });
      const verdicts = findings.filter(({ people }) => people === 9).map(({ verdict }) => verdict);
      const cells = checked.flatMap(({ rows }) => rows.map(({ cell }) => cell));
      return [cells.filter(({ status }) => status === 'shown').length, verdicts];
    };
    expect(shown([{ rule: 'frequency', table: 'cells' }])).toEqual([3, ['review']]);
    expect(shown([{ rule: 'frequency', table: 'total' }])).toEqual([1, ['fail']]);
    expect(shown([{ rule: 'dominance', table: 'cells' }])).toEqual([1, ['fail']]);
  });

  it.each([
    ['no cell hidden', [10, 20], [10, 20, 30]],
    ['one hidden: another is hidden with it', [50, 9], [59]],
    ['two hidden, 9 together', [50, 4, 5], [59]],
    ['two hidden, 10 together', [50, 4, 6], [50, 60]],
    ['three hidden, 14 together', [127, 29, 15, 8, 3, 3], [127, 29, 15, 185]],
    ['one hidden and one empty', [50, 9, 0], [59]],
    ['nothing else to hide', [9], []],
  ])('DOMAIN § 5 complementary: a total with %s', (_case, counts, expected) => {
    const shown = checkTables(tables(counts), thresholds).tables.flatMap(({ rows }) =>
      rows.flatMap(({ cell }) => (cell.status === 'shown' ? [cell.values['n']] : [])),
    );
    expect(shown).toEqual(expected);
  });

  it('takes only the largest hidden cell for certain where people are in several cells', () => {
    expect(statusOfTotal(tables([50, 6, 6], true))).toEqual({ status: 'suppressed', reason: 'protected' });
  });

  it('DOMAIN § 5 frequency: whatever the counts, no shown cell and no recoverable remainder is below the threshold', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 8 }), (counts) => {
        const [cells, total] = checkTables(tables(counts), thresholds).tables;
        const shown = (cells?.rows ?? []).flatMap(({ cell }) =>
          cell.status === 'shown' ? [cell.values['n'] ?? 0] : [],
        );
        expect(shown.every((n) => n >= 10)).toBe(true);
        const margin = total?.rows[0]?.cell;
        if (margin?.status === 'shown' && shown.length < counts.length) {
          const remainder = (margin.values['n'] ?? 0) - shown.reduce((sum, n) => sum + n, 0);
          expect(remainder).toBeGreaterThanOrEqual(10);
          expect(counts.length - shown.length).toBeGreaterThanOrEqual(2);
        }
      }),
    );
  });

  it('can only be tightened', () => {
    expect(() => Thresholds.parse({ frequency: 9 })).toThrow(/only be tightened/);
    expect(strictest([{ frequency: 10 }, { frequency: 20 }])).toMatchObject({
      frequency: 20,
      survival: 10,
      dominanceK: 0.9,
    });
    expect(() => Thresholds.parse({ dominanceK: 0.95 })).toThrow(/at most 0.9/);
    expect(() => Thresholds.parse({ pRatio: 0.05 })).toThrow(/at least 0.1/);
    const [cells] = checkTables(tables([15, 20]), strictest([{ frequency: 20 }])).tables;
    expect(cells?.rows.map(({ key }) => key['s'])).toEqual(['1']);
  });

  it('DOMAIN § 5: findings that travel with a result do not tell small cells from those hidden for them', () => {
    const raw = twoWay([
      [25, 30, 40],
      [4, 22, 33],
      [50, 28, 12],
    ]);
    const { findings, tables: checked } = checkTables(raw, thresholds);
    const open = publicFindings(findings);
    const failed = open.filter(({ verdict }) => verdict === 'fail');
    expect(failed).toHaveLength(4);
    expect(new Set(failed.map(({ rule, message }) => `${rule} ${message}`)).size).toBe(1);
    expect(open.some(({ people }) => people !== undefined)).toBe(false);
    const hidden = checked.flatMap(({ rows }) =>
      rows.flatMap(({ cell }) => (cell.status === 'shown' ? [] : [cell])),
    );
    expect(hidden).toEqual(Array(4).fill({ status: 'suppressed', reason: 'protected' }));
  });

  it.each([
    [
      'a negative count',
      [cellTable('t', ['a'], [aCell({ a: 'x' }, -1)])],
      /has -1 people in .*"x".*: it takes a whole number/,
    ],
    ['half a person', [cellTable('t', ['a'], [aCell({ a: 'x' }, 1.5)])], /has 1.5 people/],
    [
      'a cell twice',
      [cellTable('t', ['a'], [aCell({ a: 'x' }, 20), aCell({ a: 'x' }, 30)])],
      /has the cell .* twice/,
    ],
    ['a table twice', [cellTable('t', [], []), cellTable('t', [], [])], /"t" stands twice/],
    [
      'a total over nothing',
      [totalsOver(cellTable('t', [], [aCell({}, 20)]), [])],
      /sums "t", which is no table of cells/,
    ],
  ])('refuses %s, saying where', (_case, raw, message) => {
    expect(() => checkTables(raw, thresholds)).toThrow(message);
  });
});
