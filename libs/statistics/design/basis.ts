// What numbers computed from a set of records rest on, as the disclosure check asks for it.
import { columnOf } from '../input';
import type { RowInput } from '../input';
import type { Basis, Contributions } from '../table';
import { peopleOf } from './complete';

/** People, records, organisations and units behind these rows. */
export function basisOf(input: RowInput, rows: Int32Array): Basis {
  const { people } = peopleOf(input, rows);
  const { organisations, units } = input;
  const column = organisations === undefined ? undefined : columnOf(input, organisations);
  return {
    people,
    ...(people === rows.length ? {} : { records: rows.length }),
    ...(column ? { organisations: new Set(Array.from(rows, (row) => column.values[row])).size } : {}),
    ...(units ? { units: distinct(Uint32Array.from(rows, (row) => units[row]!)) } : {}),
  };
}

/** What dominance needs of the sum of these rows' values (`at` gives the value of a row), added up by person. */
export function contributionsOf(
  input: RowInput,
  rows: Int32Array,
  at: (index: number) => number,
): Contributions {
  const { person, people } = peopleOf(input, rows);
  const sums = new Float64Array(people);
  for (let index = 0; index < rows.length; index += 1) sums[person[index]!]! += at(index);
  let [total, largest, second, anyNegative] = [0, 0, 0, false];
  for (const sum of sums) {
    total += sum;
    anyNegative ||= sum < 0;
    if (sum > largest) [second, largest] = [largest, sum];
    else if (sum > second) second = sum;
  }
  return { total, largest, second, anyNegative };
}

function distinct(units: Uint32Array): Uint32Array {
  units.sort();
  return units.filter((unit, index) => index === 0 || unit !== units[index - 1]);
}
