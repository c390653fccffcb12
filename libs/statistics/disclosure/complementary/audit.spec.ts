// The auditor finds every way in which a pattern could be wrong, whoever chose it.
import { aCell, cellTable, totalsOver, twoWay } from '../testing/tables';
import type { Alternative } from './audit';
import { auditor } from './audit';
import type { RawTable } from '../../table';

const tables = twoWay([
  [25, 30, 40],
  [4, 22, 33],
  [50, 28, 12],
]);
/** Cells of the first table by position: rows of three. */
const hidden = new Set([0, 1, 3, 4]);
const cell = (place: number, by: number) => ({ table: 0, cell: place, by });

function audit(
  cells: Alternative['cells'],
  up = 6,
  raw: readonly RawTable[] = tables,
  isCount = true,
): boolean {
  return auditor({
    tables: raw,
    isShown: (table, place) => table !== 0 || !hidden.has(place),
    valueOf: (table, place) => {
      const found = raw[table]?.cells[place];
      return found && 'people' in found ? found.people : 0;
    },
    isCount,
    hasQuantity: () => true,
  })({ cells, protects: { table: 0, cell: 3, up } });
}

describe('DOMAIN § 5 complementary: the auditor', () => {
  it('believes another table that agrees with all that is published', () => {
    expect(audit([cell(3, 6), cell(4, -6), cell(0, -6), cell(1, 6)])).toBe(true);
  });

  it.each([
    ['changes a shown cell', [cell(3, 6), cell(5, -6), cell(0, -6), cell(2, 6)]],
    ['changes a column total', [cell(3, 6), cell(4, -6)]],
    ['changes a row total', [cell(3, 6), cell(0, -6)]],
    ['changes every total', [cell(3, 6)]],
    ['does not reach what is demanded', [cell(3, 5), cell(4, -5), cell(0, -5), cell(1, 5)]],
    ['does not change the cell to protect', []],
    ['is no table of whole people', [cell(3, 6.5), cell(4, -6.5), cell(0, -6.5), cell(1, 6.5)]],
    ['makes a cell negative', [cell(3, 30), cell(4, -30), cell(0, -30), cell(1, 30)]],
  ])('refuses one that %s', (_what, cells) => {
    expect(audit(cells)).toBe(false);
  });

  it('refuses one that fills a cell declared impossible', () => {
    const impossible = twoWay(
      [
        [25, 0, 40],
        [4, 22, 33],
      ],
      { structuralZero: true },
    );
    expect(audit([cell(3, 6), cell(4, -6), cell(0, -6), cell(1, 6)], 6, impossible)).toBe(false);
  });

  it('refuses one on which tables of the same people no longer agree', () => {
    const base = {
      ...cellTable(
        'one',
        ['a', 'b'],
        [4, 20, 5, 30].map((n, i) => aCell({ a: `${i >> 1}`, b: `${i & 1}` }, n)),
      ),
      population: 'all',
    };
    const linked = {
      ...cellTable(
        'two',
        ['a', 'c'],
        [10, 14, 20, 15].map((n, i) => aCell({ a: `${i >> 1}`, c: `${i & 1}` }, n)),
      ),
      population: 'all',
    };
    const raw = [base, linked, totalsOver(base, ['b'])];
    expect(audit([cell(3, 6), cell(1, -6)], 6, raw)).toBe(false);
    expect(
      audit([cell(3, 6), cell(1, -6)], 6, [
        base,
        { ...linked, population: 'others' },
        totalsOver(base, ['b']),
      ]),
    ).toBe(true);
  });
});
