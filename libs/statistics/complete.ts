// Listwise deletion: the rows in which every field that a method reads has a value, and who was left out.
import type { BasisOf } from './basis';
import { columnOf, InputRefused, numbersOf } from './input';
import type { RowInput } from './input';
import type { CellTable } from './table';

export interface CompleteRows {
  /** Rows with a value in every field, in order. */
  readonly rows: Int32Array;
  readonly leftOut: Int32Array;
}

/** Splits the rows by whether all these fields have a value; refuses fields that say whose record a row is. */
export function completeRows(input: RowInput, fields: readonly string[]): CompleteRows {
  const columns = fields.map((field) => {
    refusePeople(input, field);
    return columnOf(input, field);
  });
  const rows: number[] = [];
  const leftOut: number[] = [];
  for (let row = 0; row < input.rows; row += 1) {
    const isComplete = columns.every(({ kind, values }) =>
      kind === 'number' ? !Number.isNaN(values[row]!) : values[row] !== null,
    );
    (isComplete ? rows : leftOut).push(row);
  }
  return { rows: Int32Array.from(rows), leftOut: Int32Array.from(leftOut) };
}

function refusePeople(input: RowInput, field: string): void {
  if (input.people !== field) return;
  throw new InputRefused(`"${field}" says whose record a row is and measures nothing. Choose another field.`);
}

/** A numeric field at the given rows; refuses text and infinite values. */
export function finiteAt(input: RowInput, field: string, rows: Int32Array): Float64Array {
  const values = numbersOf(input, field);
  const taken = Float64Array.from(rows, (row) => values[row]!);
  if (taken.every(Number.isFinite)) return taken;
  throw new InputRefused(
    `The field "${field}" holds infinite values, with which nothing can be computed. Choose another field, or ask for it to be corrected.`,
  );
}

/** How many people have a record that was left out; no table where there is none. */
export function leftOutTable(basis: BasisOf, leftOut: Int32Array, fields: readonly string[]): CellTable[] {
  if (leftOut.length === 0) return [];
  const rests = basis.rows(leftOut);
  return [
    {
      kind: 'cells',
      name: 'left_out',
      title: `People with a record left out because ${fields.join(', ')} is not complete`,
      keys: [],
      measures: [{ name: 'n', label: 'people', unit: 'people', statistic: 'frequency', fields }],
      cells: [{ key: {}, ...rests, values: { n: rests.people } }],
    },
  ];
}
