// Whose records a set of rows holds: what the output check needs to know about every cell made from rows.
import { columnOf, labelAt } from './input';
import type { Column, RowInput } from './input';
import type { Basis, Contributions, UnitSet } from './table';

/** Whose record each row is, as a number from 0; a record without an owner is somebody of its own. */
export interface Owners {
  readonly owner: Int32Array;
  readonly count: number;
}

export function ownersOf(input: RowInput): Owners {
  if (input.people === undefined) {
    return { owner: Int32Array.from({ length: input.rows }, (_, row) => row), count: input.rows };
  }
  return numbered(columnOf(input, input.people), input.rows);
}

function numbered(column: Column, rows: number): Owners {
  const numbers = new Map<string, number>();
  let count = 0;
  const owner = Int32Array.from({ length: rows }, (_, row) => {
    const label = labelAt(column, row);
    const known = label === null ? undefined : numbers.get(label);
    if (known !== undefined) return known;
    if (label !== null) numbers.set(label, count);
    count += 1;
    return count - 1;
  });
  return { owner, count };
}

/** Works out what cells rest on; built once for an input, then asked for each cell. */
export class BasisOf {
  private readonly people: Owners;
  private readonly organisations: Owners | null;
  private readonly mark: Int32Array;
  private readonly organisationMark: Int32Array;
  private readonly sums: Float64Array;
  private asked = 0;

  constructor(private readonly input: RowInput) {
    this.people = ownersOf(input);
    this.organisations =
      input.organisations === undefined ? null : numbered(columnOf(input, input.organisations), input.rows);
    this.mark = new Int32Array(this.people.count);
    this.organisationMark = new Int32Array(this.organisations?.count ?? 0);
    this.sums = new Float64Array(this.people.count);
  }

  /**
   * What numbers made from these rows rest on. `linear` gives, by name of a linear measure, the column it sums or
   * averages: one value for every row of the input.
   */
  rows(rows: Int32Array, linear: Readonly<Record<string, Float64Array>> = {}): Basis {
    this.asked += 1;
    const members = this.distinct(rows, this.people, this.mark);
    const organisations =
      this.organisations === null
        ? {}
        : { organisations: this.distinct(rows, this.organisations, this.organisationMark).length };
    const contributions = Object.fromEntries(
      Object.entries(linear).map(([name, values]) => [name, this.contributions(rows, members, values)]),
    );
    return {
      people: members.length,
      ...(members.length === rows.length ? {} : { records: rows.length }),
      ...organisations,
      ...(Object.keys(linear).length === 0 ? {} : { contributions }),
      ...(this.input.units === undefined ? {} : { units: unitsOf(this.input.units, rows) }),
    };
  }

  /** How many different people these rows are of. */
  peopleIn(rows: Int32Array): number {
    this.asked += 1;
    return this.distinct(rows, this.people, this.mark).length;
  }

  private distinct(rows: Int32Array, { owner }: Owners, mark: Int32Array): number[] {
    const found: number[] = [];
    for (const row of rows) {
      const who = owner[row]!;
      if (mark[who] === this.asked) continue;
      mark[who] = this.asked;
      found.push(who);
    }
    return found;
  }

  private contributions(rows: Int32Array, members: readonly number[], values: Float64Array): Contributions {
    const { sums, people } = this;
    for (const who of members) sums[who] = 0;
    for (const row of rows) sums[people.owner[row]!]! += values[row]!;
    const found = { total: 0, largest: 0, second: 0, anyNegative: false };
    for (const who of members) {
      const sum = sums[who]!;
      found.total += sum;
      if (sum < 0) found.anyNegative = true;
      if (sum > found.largest) [found.largest, found.second] = [sum, found.largest];
      else if (sum > found.second) found.second = sum;
    }
    return found;
  }
}

function unitsOf(units: Uint32Array, rows: Int32Array): UnitSet {
  return Uint32Array.from(new Set(Array.from(rows, (row) => units[row]!))).sort();
}
