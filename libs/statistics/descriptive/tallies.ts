// Running totals of cells, from records or from published cells, with what the output check asks of each.
import { InputRefused, columnOf, labelAt, numbersOf } from '../input';
import type { CellInput, RowInput } from '../input';
import type { Basis, Contributions, HolderVerdict } from '../table';
import { unitSet } from '../disclosure/units';
import type { DescriptiveParams } from './params';
import type { Summaries } from './summaries';

/** Running totals of one cell: people, records, and a mean and centred sum of squares that do not cancel. */
export interface Summary {
  people: number;
  records: number;
  mean: number;
  m2: number;
  /** What the mean rests on; made when the tally is complete. */
  basis: Pick<Basis, 'organisations' | 'units'> & { contributions?: Contributions };
}

export interface Tally {
  /** Adds a row to its cell, or to what is left out when a group or stratum is missing (`null`). */
  add(row: number, at: readonly number[] | null): void;
  result(): Omit<Summaries, 'levels'>;
}

export function rowTally(input: RowInput, outcome: string): Tally {
  const values = numbersOf(input, outcome);
  const people = input.people === undefined ? null : columnOf(input, input.people);
  const organisations = input.organisations === undefined ? null : columnOf(input, input.organisations);
  const tables = { cells: new PeopleTable(), groups: new PeopleTable(), everyone: new PeopleTable() };
  const leftOut = new PeopleTable();
  return {
    add(row, at) {
      const record: PersonRecord = {
        person: people === null ? row : (labelAt(people, row) ?? row),
        value: values[row] ?? Number.NaN,
        organisation: organisations === null ? undefined : (labelAt(organisations, row) ?? `row ${row}`),
        unit: input.units?.[row],
      };
      if (at === null || Number.isNaN(record.value)) {
        leftOut.add('', { ...record, value: 0 });
        return;
      }
      tables.cells.add(at.join(','), record);
      tables.groups.add(String(at[0]), record);
      tables.everyone.add('', record);
    },
    result() {
      const cells = tables.cells.summaries();
      const inCells = [...cells.values()].reduce((sum, { people: n }) => sum + n, 0);
      const overlapping = inCells !== (tables.everyone.summaries().get('')?.people ?? 0);
      const groups = tables.groups.summaries();
      return { cells, groups, overlapping, leftOut: leftOut.summaries().get('') ?? empty() };
    },
  };
}

interface PersonRecord {
  /** Who it is of; a row that names nobody is somebody of its own. */
  readonly person: string | number;
  readonly value: number;
  readonly organisation: string | undefined;
  readonly unit: number | undefined;
}

/** Everybody of one cell once, however many records they have there, with what they contribute to its sum. */
interface CellPeople {
  readonly summary: Summary;
  readonly sums: Map<string | number, number>;
  readonly organisations: Set<string>;
  readonly units: number[];
}

class PeopleTable {
  private readonly cells = new Map<string, CellPeople>();

  add(key: string, { person, value, organisation, unit }: PersonRecord): void {
    let cell = this.cells.get(key);
    if (!cell) {
      cell = { summary: empty(), sums: new Map(), organisations: new Set(), units: [] };
      this.cells.set(key, cell);
    }
    cell.sums.set(person, (cell.sums.get(person) ?? 0) + value);
    if (organisation !== undefined) cell.organisations.add(organisation);
    if (unit !== undefined) cell.units.push(unit);
    include(cell.summary, 1, value, 0);
  }

  summaries(): Map<string, Summary> {
    return new Map([...this.cells].map(([key, cell]) => [key, summaryOf(cell)]));
  }
}

function summaryOf({ summary, sums, organisations, units }: CellPeople): Summary {
  const basis = {
    contributions: contributionsOf(sums.values()),
    ...(organisations.size > 0 ? { organisations: organisations.size } : {}),
    ...(units.length > 0 ? { units: unitSet(units) } : {}),
  };
  return { ...summary, people: sums.size, basis };
}

/** Total, the two largest, and whether any is negative, of what each person contributes. */
function contributionsOf(sums: Iterable<number>): Contributions {
  let [total, largest, second, anyNegative] = [0, -Infinity, -Infinity, false];
  for (const value of sums) {
    total += value;
    anyNegative ||= value < 0;
    if (value > largest) [largest, second] = [value, largest];
    else if (value > second) second = value;
  }
  return { total, largest: Math.max(0, largest), second: Math.max(0, second), anyNegative };
}

export function cellTally(input: CellInput, params: DescriptiveParams): Tally {
  if (!input.sums.includes(params.outcome)) {
    throw new InputRefused(
      `This cell table has no sums of "${params.outcome}"; it has sums of ${input.sums.join(', ')}. Choose one of these.`,
    );
  }
  const n = numbersOf(input, 'n');
  const sum = numbersOf(input, `sum_${params.outcome}`);
  const squares = numbersOf(input, `sumsq_${params.outcome}`);
  const basisAt = basisReader(input, params.outcome);
  const cells = new Map<string, Summary>();
  const groups = new Map<string, Summary>();
  const leftOut = empty();
  return {
    add(row, at) {
      const count = n[row] ?? 0;
      if (count <= 0) return;
      const mean = (sum[row] ?? 0) / count;
      const m2 = Math.max(0, (squares[row] ?? 0) - count * mean * mean);
      const targets = at === null ? [leftOut] : [ensure(cells, at.join(',')), ensure(groups, String(at[0]))];
      for (const target of targets) {
        target.basis = target.people === 0 ? basisAt(row) : mergedBasis(target.basis, basisAt(row));
        target.people += count;
        include(target, count, mean, m2);
      }
    },
    result: () => ({ cells, groups, overlapping: false, leftOut }),
  };
}

/** What the holder says of a published cell: its distinct organisations, and its own finding on dominance. */
function basisReader(input: CellInput, outcome: string): (row: number) => Summary['basis'] {
  const organisations = Object.hasOwn(input.columns, 'organisations')
    ? numbersOf(input, 'organisations')
    : null;
  const verdicts = input.columns[`dominance_${outcome}`];
  return (row) => {
    const holder = verdicts ? labelAt(verdicts, row) : null;
    return {
      ...(organisations === null ? {} : { organisations: organisations[row] ?? 0 }),
      ...(isVerdict(holder) ? { contributions: { holder } } : {}),
    };
  };
}

function isVerdict(text: string | null): text is HolderVerdict {
  return text === 'pass' || text === 'fail' || text === 'review';
}

/**
 * Of cells taken together: no fewer organisations than the most of any. Totals that pass on dominance (and so have no
 * negative contributions) pass together; anything else goes to a person.
 */
function mergedBasis(a: Summary['basis'], b: Summary['basis']): Summary['basis'] {
  const verdictOf = ({ contributions }: Summary['basis']) =>
    contributions && 'holder' in contributions ? contributions.holder : undefined;
  const [first, second] = [verdictOf(a), verdictOf(b)];
  const holder = first === 'pass' && second === 'pass' ? 'pass' : 'review';
  const organisations = Math.max(a.organisations ?? 0, b.organisations ?? 0);
  return {
    ...(organisations > 0 ? { organisations } : {}),
    ...(first === undefined && second === undefined ? {} : { contributions: { holder } }),
  };
}

function ensure(map: Map<string, Summary>, key: string): Summary {
  const summary = map.get(key) ?? empty();
  map.set(key, summary);
  return summary;
}

/** A cell nobody is in. */
export function empty(): Summary {
  return { people: 0, records: 0, mean: 0, m2: 0, basis: {} };
}

/** Adds `count` records with the given mean and centred sum of squares (Chan, Golub and LeVeque 1983). */
function include(summary: Summary, count: number, mean: number, m2: number): void {
  const total = summary.records + count;
  const delta = mean - summary.mean;
  summary.mean += (delta * count) / total;
  summary.m2 += m2 + (delta * delta * summary.records * count) / total;
  summary.records = total;
}
