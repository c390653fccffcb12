// Whose record each row is: people as whole numbers.
import { InputRefused, columnOf, distinctIn } from '../input';
import type { RowInput } from '../input';

/** Numbers the people of these rows from 0; without a column that names people each row is one person. */
export function peopleOf(input: RowInput, rows: Int32Array): { person: Int32Array; people: number } {
  if (input.people === undefined) return { person: rows.map((_row, index) => index), people: rows.length };
  const { code: person, first } = distinctIn(columnOf(input, input.people), rows);
  if (person.includes(-1)) {
    throw new InputRefused(
      `The field "${input.people}" says whose record a row is, and is missing in one. Ask the holder for data in which each row names its person.`,
    );
  }
  return { person, people: first.length };
}
