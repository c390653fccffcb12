// Which records a model can use: those with a value in every field it reads; the others are counted, never dropped in silence.
import { InputRefused, columnOf, isMissing } from '../input';
import type { RowInput } from '../input';
import type { CellTable } from '../table';
import { basisOf } from './basis';
import { peopleOf } from './people';

export interface CompleteRows {
  /** Row numbers of the input, in order. */
  readonly rows: Int32Array;
  /** Whose record each of these rows is, as whole numbers from 0. */
  readonly person: Int32Array;
  readonly people: number;
  readonly leftOut: CellTable[];
}

/** Keeps the rows that are complete in these fields; refuses infinite values and data in which no row is complete. */
export function completeRows(input: RowInput, fields: readonly string[]): CompleteRows {
  const columns = fields.map((field) => {
    if (field !== input.people) return { field, column: columnOf(input, field) };
    throw new InputRefused(
      `"${field}" says whose record a row is, and measures nothing. Choose another field.`,
    );
  });
  const kept = new Int32Array(input.rows);
  const lacking = new Int32Array(input.rows);
  let [complete, incomplete] = [0, 0];
  for (let row = 0; row < input.rows; row += 1) {
    let isComplete = true;
    for (const { field, column } of columns) {
      const value = column.kind === 'number' ? column.values[row] : undefined;
      if (value === Infinity || value === -Infinity) throw infinite(field);
      if (isMissing(column, row)) isComplete = false;
    }
    if (isComplete) kept[complete++] = row;
    else lacking[incomplete++] = row;
  }
  const rows = kept.subarray(0, complete);
  if (complete === 0) throw nothingLeft(fields);
  const { person, people } = peopleOf(input, rows);
  return { rows, person, people, leftOut: leftOutTable(input, fields, lacking.subarray(0, incomplete)) };
}

function leftOutTable(input: RowInput, fields: readonly string[], rows: Int32Array): CellTable[] {
  if (rows.length === 0) return [];
  const basis = basisOf(input, rows);
  return [
    {
      kind: 'cells',
      name: 'left_out',
      title: `People with a record left out because ${fields.join(', ')} is not complete`,
      keys: [],
      measures: [{ name: 'n', label: 'people', unit: 'people', statistic: 'frequency' }],
      cells: [{ key: {}, ...basis, values: { n: basis.people } }],
    },
  ];
}

export function infinite(field: string): InputRefused {
  return new InputRefused(
    `The field "${field}" holds an infinite value, with which nothing can be computed. Have it corrected, or recorded as missing.`,
  );
}

function nothingLeft(fields: readonly string[]): InputRefused {
  return new InputRefused(
    `No row has a value in each of ${fields.join(', ')}. Leave out the field that is mostly missing.`,
  );
}
