// Sums up records by place: in one pass where each person has one record, by person where some have several.
import { contributionsOf } from '../design/basis';
import { gathered } from '../design/matrix';
import { unitSet } from '../disclosure/units';
import { allRows, columnOf, distinctIn, labelAt } from '../input';
import type { Column, RowInput } from '../input';
import { empty, include } from './summary';
import type { Summary } from './summary';

/** What every row brings: its value, whose it is, and of which organisation and unit, where the data says so. */
export interface Records {
  readonly values: Float64Array;
  readonly owner: Int32Array;
  readonly owners: number;
  readonly organisations: Column | null;
  readonly units: Uint32Array | undefined;
}

/** Whose record each row is, as a number below `owners`; a row that names nobody is somebody of its own. */
export function ownersOf(input: RowInput): Pick<Records, 'owner' | 'owners'> {
  if (input.people === undefined) return { owner: allRows(input), owners: input.rows };
  const column = columnOf(input, input.people);
  const { code, first } =
    column.kind === 'text'
      ? { code: column.codes, first: column.labels }
      : distinctIn(column, allRows(input));
  if (!code.includes(-1)) return { owner: code, owners: first.length };
  let owners = first.length;
  const owner = code.map((person) => (person < 0 ? owners++ : person));
  return { owner, owners };
}

/** Whether nobody has two records. */
export function isOneEach({ owner, owners }: Records): boolean {
  if (owners < owner.length) return false;
  const seen = new Uint8Array(owners);
  for (let row = 0; row < owner.length; row += 1) {
    const who = owner[row]!;
    if (seen[who] === 1) return false;
    seen[who] = 1;
  }
  return true;
}

/** How many people have a record that is in a cell. */
export function peopleIn(places: Int32Array, { owner, owners }: Records): number {
  const isIn = new Uint8Array(owners);
  let people = 0;
  for (let row = 0; row < places.length; row += 1) {
    if (places[row]! < 0 || isIn[owner[row]!] === 1) continue;
    isIn[owner[row]!] = 1;
    people += 1;
  }
  return people;
}

/**
 * A summary of every place, each record being another person's. Means and squares by the corrected two-pass algorithm
 * (Chan, Golub and LeVeque 1983).
 */
export function summariesOfSingles(places: Int32Array, count: number, records: Records): Summary[] {
  const { values } = records;
  const found = firstPass(places, count, values);
  const { people, total } = found;
  const mean = total.map((sum, place) => (people[place] === 0 ? 0 : sum / people[place]!));
  const [off, squares] = [new Float64Array(count), new Float64Array(count)];
  for (let row = 0; row < places.length; row += 1) {
    const place = places[row]!;
    if (place < 0) continue;
    const from = values[row]! - mean[place]!;
    off[place]! += from;
    squares[place]! += from * from;
  }
  const bases = basesOf(places, people, records);
  return Array.from({ length: count }, (_, place): Summary => {
    const n = people[place]!;
    if (n === 0) return empty();
    const contributions = {
      ...{ total: total[place]!, largest: found.largest[place]!, second: found.second[place]! },
      anyNegative: found.anyNegative[place] === 1,
    };
    return {
      ...{ people: n, records: n, mean: mean[place]! + off[place]! / n },
      m2: squares[place]! - off[place]! ** 2 / n,
      basis: { contributions, ...bases[place] },
    };
  });
}

function firstPass(places: Int32Array, count: number, values: Float64Array) {
  const people = new Int32Array(count);
  const [total, largest, second] = [
    new Float64Array(count),
    new Float64Array(count),
    new Float64Array(count),
  ];
  const anyNegative = new Uint8Array(count);
  for (let row = 0; row < places.length; row += 1) {
    const place = places[row]!;
    if (place < 0) continue;
    const value = values[row]!;
    people[place]! += 1;
    total[place]! += value;
    if (value > second[place]!) {
      if (value > largest[place]!) {
        second[place] = largest[place]!;
        largest[place] = value;
      } else second[place] = value;
    } else if (value < 0) anyNegative[place] = 1;
  }
  return { people, total, largest, second, anyNegative };
}

/** Organisations and units behind each place, where the data names them. */
function basesOf(
  places: Int32Array,
  people: Int32Array,
  { organisations, units }: Records,
): Summary['basis'][] {
  const bases: Summary['basis'][] = Array.from(people, () => ({}));
  if (organisations === null && units === undefined) return bases;
  const { order, starts } = sortedBy(places, people.length);
  return bases.map((_, place) =>
    groupedBasis(order.subarray(starts[place], starts[place + 1]), organisations, units),
  );
}

/** A summary of every place, with everybody in it once, however many records they have there. */
export function summariesBy(places: Int32Array, count: number, records: Records): Summary[] {
  const { values, owner, owners, organisations, units } = records;
  const { order, starts } = sortedBy(places, count);
  const mark = new Int32Array(owners).fill(-1);
  const sums = new Float64Array(owners);
  const members = new Int32Array(owners);
  return Array.from({ length: count }, (_, place) => {
    const summary = empty();
    const rows = order.subarray(starts[place], starts[place + 1]);
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at]!;
      const who = owner[row]!;
      if (mark[who] !== place) {
        mark[who] = place;
        sums[who] = 0;
        members[summary.people] = who;
        summary.people += 1;
      }
      sums[who]! += values[row]!;
      include(summary, 1, values[row]!, 0);
    }
    if (rows.length > 0)
      summary.basis = {
        contributions: contributionsOf(gathered(sums, members.subarray(0, summary.people))),
        ...groupedBasis(rows, organisations, units),
      };
    return summary;
  });
}

/** Rows in order of their places, and where each place begins; rows of no place are left out. */
function sortedBy(places: Int32Array, count: number): { order: Int32Array; starts: Int32Array } {
  const starts = new Int32Array(count + 1);
  for (let row = 0; row < places.length; row += 1) if (places[row]! >= 0) starts[places[row]! + 1]! += 1;
  for (let place = 0; place < count; place += 1) starts[place + 1]! += starts[place]!;
  const next = starts.slice();
  const order = new Int32Array(starts[count]!);
  for (let row = 0; row < places.length; row += 1) if (places[row]! >= 0) order[next[places[row]!]!++] = row;
  return { order, starts };
}

function groupedBasis(
  rows: Int32Array,
  organisations: Column | null,
  units: Uint32Array | undefined,
): Summary['basis'] {
  const labels = organisations === null ? [] : rows;
  const found = new Set<string>();
  for (const row of labels) found.add((organisations && labelAt(organisations, row)) ?? `row ${row}`);
  return {
    ...(found.size > 0 ? { organisations: found.size } : {}),
    ...(units === undefined ? {} : { units: unitSet(unitsAt(units, rows)) }),
  };
}

function unitsAt(units: Uint32Array, rows: Int32Array): Uint32Array {
  const own = new Uint32Array(rows.length);
  for (let at = 0; at < own.length; at += 1) own[at] = units[rows[at]!]!;
  return own;
}
