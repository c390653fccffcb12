// Tables that contradict themselves are refused before any rule reads them, each with what is wrong and where.
import { keyText } from '../table';
import type { Basis, RawTable } from '../table';

/** More levels than this of one key, and no person could read the table or check it. */
const LEVEL_LIMIT = 5_000;

export function refuseWrongTables(tables: readonly RawTable[]): void {
  const names = new Set<string>();
  for (const table of tables) {
    if (names.has(table.name)) throw wrong(table, 'stands twice in the result: give each table its own name');
    names.add(table.name);
    refuseWrongCells(table);
    if (table.kind !== 'margin') continue;
    for (const over of [table.over].flat()) {
      if (!tables.some(({ kind, name }) => kind === 'cells' && name === over))
        throw wrong(table, `sums "${over}", which is no table of cells in the result`);
    }
  }
}

function refuseWrongCells(table: RawTable): void {
  const seen = new Set<string>();
  const levels = new Map(table.keys.map((key) => [key, new Set<string>()]));
  if (table.kind === 'model') refuseWrongBasis(table, 'its basis', table.basis);
  for (const cell of table.cells) {
    const text = keyText(cell.key);
    if (seen.has(text)) throw wrong(table, `has the cell ${text} twice: add the two up, or tell them apart`);
    seen.add(text);
    for (const [key, known] of levels) known.add(cell.key[key] ?? '');
    if (table.kind === 'cells' || table.kind === 'margin') {
      if ('people' in cell) refuseWrongBasis(table, text, cell);
    }
  }
  for (const [key, known] of levels) {
    if (known.size > LEVEL_LIMIT)
      throw wrong(
        table,
        `has ${known.size} values of "${key}", and ${LEVEL_LIMIT} is the most: make it coarser`,
      );
  }
}

function refuseWrongBasis(table: RawTable, where: string, { people, organisations = 0 }: Basis): void {
  for (const count of [people, organisations]) {
    if (Number.isSafeInteger(count) && count >= 0) continue;
    const what = count === people ? 'people' : 'organisations';
    throw wrong(table, `has ${count} ${what} in ${where}: it takes a whole number that is not negative`);
  }
}

function wrong(table: RawTable, what: string): Error {
  return new Error(`The table "${table.name}" ${what}.`);
}
