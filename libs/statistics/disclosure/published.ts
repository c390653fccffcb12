// What everybody knows already: the published tables of the project's sources, as sets of people of the release that is read.
import { columnOf, labelAt, numbersOf } from '../input';
import type { CellInput, Column, MethodInput, RowInput } from '../input';
import type { ShownUnits } from './shown-units';
import { unitSet } from './units';

/** A published table of cells as it was imported: its dimensions, and in `columns` those and the people `n` of each cell. */
export interface PublishedTable {
  readonly name: string;
  readonly dimensions: readonly string[];
  /** Null where the file can be read no more; what it said is known all the same. */
  readonly columns: Readonly<Record<string, Column>> | null;
}

/**
 * Whose numbers published tables hold, as far as the release tells. Nobody gives the ids of people in a published cell: its people
 * are taken to be those of the release with the same codes in the fields of the same names, where they are exactly as many.
 * Dimensions that the release does not have are summed over. Whatever cannot be told so is left for a person to look at.
 */
export function publishedUnits(input: MethodInput, tables: readonly PublishedTable[]): ShownUnits[] {
  if (input.shape === 'cells' || input.units === undefined) return [];
  return tables.map((table) => placed(input, input.units ?? new Uint32Array(), table));
}

function placed(
  input: RowInput,
  units: Uint32Array,
  { name, dimensions, columns }: PublishedTable,
): ShownUnits {
  if (columns === null) return { name, cells: null };
  const known = dimensions.filter((field) => Object.hasOwn(input.columns, field));
  const published = countsBy(known, columns);
  const own = unitsBy(known, input, units);
  const cells = [...published].flatMap(([key, people]) => {
    const found = own.get(key) ?? [];
    const set = unitSet(Uint32Array.from(found));
    return people > 0 && set.length === people ? [set] : [];
  });
  const isWhole = cells.length === [...published.values()].filter((people) => people > 0).length;
  const doubts = [
    ...(known.length === dimensions.length
      ? []
      : [`the release does not have its ${dimensions.filter((field) => !known.includes(field)).join(', ')}`]),
    ...(isWhole ? [] : ['some of its cells count other people than the release holds']),
  ];
  return { name, cells, ...(doubts.length === 0 ? {} : { doubt: doubts.join(', and ') }) };
}

type Key = string;
const keyAt = (columns: readonly Column[], row: number): Key | null => {
  const codes = columns.map((column) => labelAt(column, row));
  return codes.includes(null) ? null : JSON.stringify(codes);
};

function countsBy(
  fields: readonly string[],
  columns: NonNullable<PublishedTable['columns']>,
): Map<Key, number> {
  const rows = Object.values(columns).map((column) =>
    column.kind === 'text' ? column.codes.length : column.values.length,
  );
  const table: CellInput = {
    ...{ shape: 'cells', rows: rows[0] ?? 0, columns },
    ...{ dimensions: fields, sums: [] },
  };
  const people = numbersOf(table, 'n');
  const axes = fields.map((field) => columnOf(table, field));
  const counts = new Map<Key, number>();
  for (let row = 0; row < table.rows; row += 1) {
    const key = keyAt(axes, row);
    // A code that is missing is "everybody" as often as "unknown": such rows are no cells.
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + people[row]!);
  }
  return counts;
}

function unitsBy(fields: readonly string[], input: RowInput, units: Uint32Array): Map<Key, number[]> {
  const axes = fields.map((field) => columnOf(input, field));
  const found = new Map<Key, number[]>();
  for (let row = 0; row < input.rows; row += 1) {
    const key = keyAt(axes, row);
    if (key === null) continue;
    const own = found.get(key);
    if (own) own.push(units[row]!);
    else found.set(key, [units[row]!]);
  }
  return found;
}
