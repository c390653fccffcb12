// The two shapes of data a method reads: one row per record, or one row per published cell.

/** A column of numbers; a missing value is NaN. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly values: Float64Array;
}

/** A column of codes or other text; a missing value is null. */
export interface TextColumn {
  readonly kind: 'text';
  readonly values: readonly (string | null)[];
}

export type Column = NumberColumn | TextColumn;

/**
 * One row per record. `people` names the column that tells whose record it is; without one each row is one person.
 * `organisations` names the column that tells which organisation a record is of; `units` gives each row its person's
 * position in the project's register of keyed unit ids, from which differencing between results is checked.
 * `collected` is what the sources declare: `FLOW` holds everybody who passed through, `STOCK` only who was still there.
 * `breaks` are the series decided to be broken, whatever the parameters say of it.
 */
export interface RowInput {
  readonly shape: 'rows';
  readonly rows: number;
  readonly columns: Readonly<Record<string, Column>>;
  readonly people?: string;
  readonly organisations?: string;
  readonly units?: Uint32Array;
  readonly collected?: 'FLOW' | 'STOCK';
  readonly breaks?: readonly SeriesBreak[];
}

/** B38: from this day (YYYY-MM-DD) on the field means something else, and was judged inadmissible across it. */
export interface SeriesBreak {
  readonly field: string;
  readonly at: string;
  readonly reason: string;
}

/**
 * One row per cell: the declared dimensions, `n` people, and per summed field `sum_<f>` and `sumsq_<f>`; where the
 * holder gives them, `organisations` (distinct organisations, a number) and per summed field `dominance_<f>` and
 * `p_ratio_<f>` (the holder's own findings: pass, fail or review).
 */
export interface CellInput {
  readonly shape: 'cells';
  readonly rows: number;
  readonly columns: Readonly<Record<string, Column>>;
  readonly dimensions: readonly string[];
  readonly sums: readonly string[];
  readonly breaks?: readonly SeriesBreak[];
}

export type MethodInput = RowInput | CellInput;

/** Why data cannot answer, told by a word of its own where that word quotes no value: it may be told before any check. */
export type InputRefusal = 'INPUT_REFUSED' | 'NOT_A_FLOW' | 'BROKEN_SERIES' | 'SUBPOPULATION';

/** The request cannot be met with this data: says what is wrong and what would help; shown to the researcher. */
export class InputRefused extends Error {
  override readonly name = 'InputRefused';
  constructor(
    message: string,
    readonly code: InputRefusal = 'INPUT_REFUSED',
  ) {
    super(message);
  }
}

/** The column of that name, or a refusal that lists what the data has. */
export function columnOf(input: MethodInput, name: string): Column {
  const column = Object.hasOwn(input.columns, name) ? input.columns[name] : undefined;
  if (column) return column;
  const known = Object.keys(input.columns).join(', ');
  throw new InputRefused(`The data has no field "${name}"; it has ${known}. Choose one of these.`);
}

/** The numeric column of that name, or a refusal. */
export function numbersOf(input: MethodInput, name: string): Float64Array {
  const column = columnOf(input, name);
  if (column.kind === 'number') return column.values;
  throw new InputRefused(`The field "${name}" holds text, and a number is needed. Choose a numeric field.`);
}

/** The value of a column in one row as a label, or null where it is missing. */
export function labelAt(column: Column, row: number): string | null {
  if (column.kind === 'text') return column.values[row] ?? null;
  const value = column.values[row];
  return value === undefined || Number.isNaN(value) ? null : String(value);
}
