// Builds cross-tables of people with all the totals asked for, as raw tables to check.
import type { CellTable, MarginTable, RawCell, RawMeasure, RawTable } from '../../table';

export const PEOPLE: RawMeasure = { name: 'n', label: 'people', unit: 'people', statistic: 'frequency' };

type Key = Readonly<Record<string, string>>;

/** A cell of so many people, which is also its only number. */
export function aCell(key: Key, people: number, more: Partial<RawCell> = {}): RawCell {
  return { key, people, values: { n: people }, ...more };
}

export function cellTable(name: string, keys: readonly string[], cells: readonly RawCell[]): CellTable {
  return { kind: 'cells', name, title: name, keys, measures: [PEOPLE], cells };
}

/** Totals over a table for each combination of `keys`. */
export function totalsOver(base: CellTable, keys: readonly string[]): MarginTable {
  const sums = new Map<string, { key: Key; people: number }>();
  for (const { key, people } of base.cells) {
    const part = Object.fromEntries(keys.map((name) => [name, key[name] ?? '']));
    const text = JSON.stringify(part);
    sums.set(text, { key: part, people: (sums.get(text)?.people ?? 0) + people });
  }
  const name = `${base.name} by ${keys.join(' and ') || 'nothing'}`;
  const cells = [...sums.values()].map(({ key, people }) => aCell(key, people));
  const head = { name, title: name, keys, measures: [PEOPLE], cells };
  return { ...head, kind: 'margin', over: base.name, overlapping: false };
}

/** A two-way table with row totals, column totals and the grand total. */
export function twoWay(counts: readonly (readonly number[])[], more: Partial<RawCell> = {}): RawTable[] {
  const cells = counts.flatMap((row, r) =>
    row.map((people, c) => aCell({ row: `${r}`, column: `${c}` }, people, people === 0 ? more : {})),
  );
  const base = cellTable('cells', ['row', 'column'], cells);
  return [base, totalsOver(base, ['row']), totalsOver(base, ['column']), totalsOver(base, [])];
}
