// A cell table for a deposit: the declared dimensions with people, sums and sums of squares.
import { fileColumns } from '#libs/vault';
import type { DataSpec, RowText } from '#libs/vault';
import { csvLine } from './csv';
import { PrepareRefused } from './source';
import type { Source, Writer } from './source';

interface Cell {
  readonly labels: readonly string[];
  rows: number;
  readonly people: Set<string>;
  readonly sums: { sum: number; squares: number }[];
}

/** Aggregates rows as they come; `lines` gives the table, sorted by its dimensions. */
export function cellsWriter(spec: DataSpec, source: Source): Writer {
  const at = (name: string) => source.positions.get(name) ?? -1;
  const dimensions = spec.dimensions.map(at);
  const summed = spec.sums.map((name) => ({ name, at: at(name) }));
  const cells = new Map<string, Cell>();
  const counts = { leftOut: 0 };
  const rowText: RowText = (values, row) => {
    const needed = [
      ...dimensions,
      ...summed.map((sum) => sum.at),
      ...(source.person === null ? [] : [source.person]),
    ];
    if (needed.some((position) => (values[position] ?? '') === '')) {
      counts.leftOut += 1;
      return null;
    }
    const labels = dimensions.map((position) => values[position] ?? '');
    const cell = cellAt(cells, labels, summed.length);
    cell.rows += 1;
    if (source.person !== null) addPerson(cell, values[source.person] ?? '', row);
    for (const [index, sum] of summed.entries())
      add(cell, index, numberIn(values[sum.at] ?? '', sum.name, row));
    return null;
  };
  return {
    header: csvLine(fileColumns(spec).map(({ name }) => name)),
    rowText,
    counts,
    lines(): string[] {
      const sorted = [...cells.values()].sort((a, b) => compare(a.labels, b.labels));
      return sorted.map(({ labels, rows, sums }) =>
        csvLine([...labels, rows, ...sums.flatMap(({ sum, squares }) => [sum, squares])]),
      );
    },
    smallCells: (threshold) => [...cells.values()].filter(({ rows }) => rows < threshold).length,
  };
}

function cellAt(cells: Map<string, Cell>, labels: readonly string[], sums: number): Cell {
  const key = JSON.stringify(labels);
  const cell = cells.get(key) ?? {
    labels,
    rows: 0,
    people: new Set<string>(),
    sums: Array.from({ length: sums }, () => ({ sum: 0, squares: 0 })),
  };
  cells.set(key, cell);
  return cell;
}

/** A cell's sums belong to its people, one value each: with several rows a person they would mean something else. */
function addPerson(cell: Cell, person: string, row: number): void {
  if (cell.people.has(person)) {
    throw new PrepareRefused(
      `Row ${row}: this person has another row in the same cell. Bring the raw file to one row a person first.`,
    );
  }
  cell.people.add(person);
}

function add(cell: Cell, index: number, value: number): void {
  const sums = cell.sums[index];
  if (!sums) return;
  sums.sum += value;
  sums.squares += value * value;
}

function numberIn(text: string, name: string, row: number): number {
  const value = Number(text.trim());
  if (Number.isFinite(value)) return value;
  throw new PrepareRefused(
    `Row ${row}, column "${name}": not a number, and it is to be summed. Correct the raw file.`,
  );
}

function compare(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((label, index) => label !== b[index]);
  return at === -1 ? 0 : (a[at] ?? '') < (b[at] ?? '') ? -1 : 1;
}
