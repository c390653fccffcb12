// What the holder's dictionary says cannot be: an empty cell of it tells nothing of anybody, and is neither small nor missing.
import type { MarginTable, RawCell, RawTable } from '../table';

/** Codes of several fields, by field, that cannot occur together. */
export type Impossible = Readonly<Record<string, string>>;

/** The tables with every empty cell marked in which nobody can be, so that no rule counts it as a small or an empty one. */
export function withStructuralZeros(
  tables: readonly RawTable[],
  impossible: readonly Impossible[],
): readonly RawTable[] {
  if (impossible.length === 0) return tables;
  return tables.map((table) =>
    table.kind === 'cells' || table.kind === 'margin' ? marked(table, impossible) : table,
  );
}

function marked<T extends Extract<RawTable, { kind: 'cells' }> | MarginTable>(
  table: T,
  impossible: readonly Impossible[],
): T {
  const cells = table.cells.map((cell): RawCell => {
    const isEmpty = cell.people === 0 && cell.counted === undefined;
    return isEmpty && impossible.some((zero) => isPartOf(zero, codesIn(table, cell)))
      ? { ...cell, structuralZero: true }
      : cell;
  });
  return { ...table, cells };
}

/** A cell of more fields lies inside the combination, too: nobody can be in any part of it. */
const isPartOf = (zero: Impossible, codes: Readonly<Record<string, string>>): boolean =>
  Object.entries(zero).every(([field, code]) => codes[field] === code);

/** The codes of a cell by field; a key that stands for several fields, or for none, names no code of one. */
function codesIn({ breakdown }: Pick<RawTable, 'breakdown'>, { key }: RawCell): Record<string, string> {
  return Object.fromEntries(
    Object.entries(key).flatMap(([name, code]) => {
      const fields = breakdown?.[name] ?? [name];
      return fields.length === 1 ? [[fields[0]!, code]] : [];
    }),
  );
}
