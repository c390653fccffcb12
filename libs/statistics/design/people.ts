// Whose record each row is: people as whole numbers.
import { InputRefused, columnOf } from '../input';
import type { RowInput } from '../input';

/** Numbers the people of these rows from 0; without a column that names people each row is one person. */
export function peopleOf(input: RowInput, rows: Int32Array): { person: Int32Array; people: number } {
  if (input.people === undefined) return { person: rows.map((_row, index) => index), people: rows.length };
  const { values } = columnOf(input, input.people);
  const numbers = new Map<string | number, number>();
  const person = new Int32Array(rows.length);
  for (let index = 0; index < rows.length; index += 1) {
    const id = values[rows[index]!];
    if (id === null || id === undefined || Number.isNaN(id))
      throw new InputRefused(
        `The field "${input.people}" says whose record a row is, and is missing in one. Ask the holder for data in which each row names its person.`,
      );
    let number = numbers.get(id);
    if (number === undefined) numbers.set(id, (number = numbers.size));
    person[index] = number;
  }
  return { person, people: numbers.size };
}
