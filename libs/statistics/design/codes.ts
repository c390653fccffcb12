// The codes of a field that enters as a factor: which there are, and which code each row has.
import { InputRefused, columnOf, distinctIn, labelAt } from '../input';
import type { RowInput } from '../input';
import { MOST_LEVELS } from './terms';

export interface Coded {
  /** Codes in display order. */
  readonly levels: readonly string[];
  /** Position in `levels` of each row used. */
  readonly code: Int32Array;
}

/** Codes of the field over these rows, all of which have a value; refuses more than `most`. */
export function codesOf(input: RowInput, field: string, rows: Int32Array, most = MOST_LEVELS): Coded {
  const column = columnOf(input, field);
  const { code, first } = distinctIn(column, rows);
  if (first.length > most) {
    throw new InputRefused(
      `The field "${field}" has more than ${most} different codes, too many to tell groups apart. Use a coarser field${
        column.kind === 'number' ? ', or let it enter as a number' : ''
      }.`,
    );
  }
  return ordered(
    first.map((row) => labelAt(column, row) ?? ''),
    code,
  );
}

/** The same codes with their labels in display order; −1 stays what it is. */
export function ordered(labels: readonly string[], code: Int32Array): Coded {
  const levels = inOrder([...labels]);
  const moved = Int32Array.from(labels, (label) => levels.indexOf(label));
  const places = new Int32Array(code.length);
  for (let row = 0; row < code.length; row += 1) places[row] = code[row]! < 0 ? -1 : moved[code[row]!]!;
  return { levels, code: places };
}

/** Numbers by size, anything else by its characters. */
function inOrder(labels: string[]): string[] {
  const areNumbers = labels.every((label) => label.trim() !== '' && Number.isFinite(Number(label)));
  return labels.sort((a, b) => (areNumbers ? Number(a) - Number(b) : a < b ? -1 : 1));
}
