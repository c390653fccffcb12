// A checked result as the API gives it, and where its numbers stand in it.

export type Cell =
  | { readonly status: 'shown'; readonly values: Readonly<Record<string, number>> }
  | { readonly status: 'suppressed'; readonly reason: string };

export interface CheckedTable {
  readonly name: string;
  readonly title: string;
  readonly keys: readonly string[];
  readonly measures: readonly { readonly name: string; readonly label: string }[];
  readonly rows: readonly { readonly key: Readonly<Record<string, string>>; readonly cell: Cell }[];
}

export interface Result {
  readonly tables: readonly CheckedTable[];
  readonly thresholds: { readonly frequency: number };
}

export interface ShownResult {
  readonly status: string;
  readonly files: readonly { readonly name: string }[];
  readonly result: Result;
}

/** @throws when the result has no such table, naming those it has. */
export function tableOf({ tables }: Result, name: string): CheckedTable {
  const found = tables.find((table) => table.name === name);
  if (found) return found;
  throw new Error(
    `The result has no table "${name}"; it has ${tables.map((table) => table.name).join(', ')}`,
  );
}

/** A shown number, of the row whose key holds all of `key`. @throws when it is not there or not shown. */
export function numberIn(
  table: CheckedTable,
  measure: string,
  key: Readonly<Record<string, string>> = {},
): number {
  const fits = Object.entries(key);
  const row = table.rows.find((each) => fits.every(([name, value]) => each.key[name] === value));
  const value = row?.cell.status === 'shown' ? row.cell.values[measure] : undefined;
  if (value === undefined)
    throw new Error(`The table "${table.name}" shows no ${measure} for ${JSON.stringify(key)}`);
  return value;
}

export const suppressedIn = (table: CheckedTable): number =>
  table.rows.filter(({ cell }) => cell.status === 'suppressed').length;
