// The two shapes of data a method reads: one row per record, or one row per published cell.

/** A column of numbers; a missing value is NaN. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly values: Float64Array;
}

/**
 * A column of codes or other text: each row's position among the labels, −1 where its value is missing. Labels are
 * distinct, so that equal codes are equal values and a million rows are told apart without looking at text.
 */
export interface TextColumn {
  readonly kind: 'text';
  readonly codes: Int32Array;
  readonly labels: readonly string[];
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
  if (column.kind === 'text') return column.labels[column.codes[row] ?? -1] ?? null;
  const value = column.values[row];
  return value === undefined || Number.isNaN(value) ? null : String(value);
}

/** Text as a column, its labels in the order in which they first come; null where a value is missing. */
export function textColumn(values: Iterable<string | null>): TextColumn {
  const found = new Map<string, number>();
  const codes = Int32Array.from(values, (value) => {
    if (value === null) return -1;
    const known = found.get(value);
    if (known === undefined) found.set(value, found.size);
    return known ?? found.size - 1;
  });
  return { kind: 'text', codes, labels: [...found.keys()] };
}

/** Whether the row has no value in the column. */
export function isMissing(column: Column, row: number): boolean {
  return column.kind === 'text'
    ? (column.codes[row] ?? -1) < 0
    : Number.isNaN(column.values[row] ?? Number.NaN);
}

/** The column with the values of these rows, in their order; missing for a row of −1. */
export function pickRows(column: Column, rows: ArrayLike<number>): Column {
  return column.kind === 'text'
    ? { ...column, codes: Int32Array.from(rows, (row) => column.codes[row] ?? -1) }
    : { kind: 'number', values: Float64Array.from(rows, (row) => column.values[row] ?? Number.NaN) };
}

/** The values of some rows told apart: each row's value as a number from 0 (−1 where missing), in order of first coming. */
export interface Distinct {
  readonly code: Int32Array;
  /** The row in which each value came first. */
  readonly first: readonly number[];
}

/** Tells the values of these rows apart, of text without looking at it. */
export function distinctIn(column: Column, rows: Int32Array | Uint32Array): Distinct {
  const first: number[] = [];
  const code = new Int32Array(rows.length).fill(-1);
  if (column.kind === 'text') {
    const seen = new Int32Array(column.labels.length).fill(-1);
    for (let at = 0; at < rows.length; at += 1) {
      const own = column.codes[rows[at]!]!;
      if (own < 0) continue;
      if (seen[own]! < 0) seen[own] = first.push(rows[at]!) - 1;
      code[at] = seen[own]!;
    }
    return { code, first };
  }
  const seen = new Map<number, number>();
  for (let at = 0; at < rows.length; at += 1) {
    const value = column.values[rows[at]!]!;
    if (Number.isNaN(value)) continue;
    let known = seen.get(value);
    if (known === undefined) seen.set(value, (known = first.push(rows[at]!) - 1));
    code[at] = known;
  }
  return { code, first };
}

/** Every row of an input, in order. */
export function allRows({ rows }: Pick<MethodInput, 'rows'>): Int32Array {
  const all = new Int32Array(rows);
  for (let row = 0; row < rows; row += 1) all[row] = row;
  return all;
}
