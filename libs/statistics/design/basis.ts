// What numbers computed from a set of records rest on, as the disclosure check asks for it.
import { unitSet } from '../disclosure/units';
import { columnOf, distinctIn } from '../input';
import type { Column, RowInput } from '../input';
import type { Basis, Contributions } from '../table';
import { peopleOf } from './people';

/** People, records, organisations and units behind these rows. */
export function basisOf(input: RowInput, rows: Int32Array): Basis {
  const { people } = peopleOf(input, rows);
  const { organisations, units } = input;
  const column = organisations === undefined ? undefined : columnOf(input, organisations);
  return {
    people,
    ...(people === rows.length ? {} : { records: rows.length }),
    ...(column ? { organisations: organisationsIn(column, rows) } : {}),
    ...(units ? { units: unitSet(Uint32Array.from(rows, (row) => units[row]!)) } : {}),
  };
}

/** What dominance and p-ratio need of a sum, from what each person adds to it. */
export function contributionsOf(parts: Iterable<number>): Contributions {
  let [total, largest, second, anyNegative] = [0, 0, 0, false];
  for (const part of parts) {
    total += part;
    anyNegative ||= part < 0;
    if (part > largest) [second, largest] = [largest, part];
    else if (part > second) second = part;
  }
  return { total, largest, second, anyNegative };
}

/** What each person behind these rows adds to the sum of a column. */
export function sumsByPerson(input: RowInput, rows: Int32Array, values: Float64Array): Float64Array {
  const { person, people } = peopleOf(input, rows);
  const sums = new Float64Array(people);
  rows.forEach((row, at) => (sums[person[at]!]! += values[row]!));
  return sums;
}

/** How many organisations these rows name; those that name none count as one more. */
function organisationsIn(column: Column, rows: Int32Array): number {
  const { code, first } = distinctIn(column, rows);
  return first.length + (code.includes(-1) ? 1 : 0);
}
