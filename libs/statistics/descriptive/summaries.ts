// Counts and sums per group and stratum, from rows or from published cells, with what had to be left out.
import { InputRefused, columnOf, labelAt, numbersOf } from '../input';
import type { CellInput, MethodInput, RowInput } from '../input';
import type { Progress } from '../method';
import type { DescriptiveParams, Stratum } from './params';
import { fieldOf } from './params';

/** Running totals of one cell: people, records, and a mean and centred sum of squares that do not cancel. */
export interface Summary {
  people: number;
  records: number;
  mean: number;
  m2: number;
}

export interface Summaries {
  /** Levels of the group field and then of each stratum, in display order. */
  readonly levels: readonly (readonly string[])[];
  /** By the levels' positions joined with a comma: only cells that occur. */
  readonly cells: ReadonlyMap<string, Summary>;
  readonly groups: ReadonlyMap<string, Summary>;
  /** Whether somebody's records lie in more than one cell: people of cells then do not add up. */
  readonly overlapping: boolean;
  readonly leftOut: Summary;
}

const STEP = 65_536;
const CELL_LIMIT = 1_000;

/** Sums up the input by groups and strata; refuses what the data does not allow. */
export function summarise(input: MethodInput, params: DescriptiveParams, progress: Progress): Summaries {
  const axes = [params.groups, ...params.strata].map((axis) => axisOf(input, axis));
  const levels = axes.map((axis) => levelsOf(axis, input.rows));
  const count = levels.reduce((product, axis) => product * axis.length, 1);
  if (count > CELL_LIMIT) {
    throw new InputRefused(
      `Groups and strata make ${count} cells, and ${CELL_LIMIT} is the most. Use fewer strata, or coarser ones.`,
    );
  }
  const tally = input.shape === 'rows' ? rowTally(input, params.outcome) : cellTally(input, params);
  const positions = levels.map((axis) => new Map(axis.map((level, index) => [level, index])));
  for (let row = 0; row < input.rows; row += 1) {
    if (row % STEP === 0) progress(row / input.rows, 'summing up');
    const at = axes.map((axis, index) => positions[index]?.get(axis(row) ?? '') ?? -1);
    tally.add(row, at.includes(-1) ? null : at);
  }
  return { levels, ...tally.result() };
}

type Axis = (row: number) => string | null;

function axisOf(input: MethodInput, stratum: Stratum): Axis {
  const name = fieldOf(stratum);
  if (input.shape === 'rows' && input.people === name) {
    throw new InputRefused(
      `"${name}" says whose record a row is; people are no groups. Choose another field.`,
    );
  }
  if (input.shape === 'cells' && !input.dimensions.includes(name)) {
    throw new InputRefused(
      `"${name}" is not a dimension of this cell table; it has ${input.dimensions.join(', ')}. Choose one of these, or ask the holder for one more dimension.`,
    );
  }
  if (typeof stratum === 'string') {
    const column = columnOf(input, name);
    return (row) => labelAt(column, row);
  }
  const values = numbersOf(input, name);
  return (row) => {
    const value = values[row];
    if (value === undefined || Number.isNaN(value)) return null;
    return value === 0 ? 'zero' : 'not zero';
  };
}

function levelsOf(axis: Axis, rows: number): string[] {
  const found = new Set<string>();
  for (let row = 0; row < rows; row += 1) {
    const label = axis(row);
    if (label !== null) found.add(label);
    if (found.size > CELL_LIMIT) {
      throw new InputRefused(
        `A group or stratum field has more than ${CELL_LIMIT} different values. Choose a field with few codes.`,
      );
    }
  }
  const levels = [...found];
  const areNumbers = levels.every((level) => level.trim() !== '' && Number.isFinite(Number(level)));
  return levels.sort((a, b) => (areNumbers ? Number(a) - Number(b) : a < b ? -1 : 1));
}

interface Tally {
  /** Adds a row to its cell, or to what is left out when a group or stratum is missing (`null`). */
  add(row: number, at: readonly number[] | null): void;
  result(): Omit<Summaries, 'levels'>;
}

function rowTally(input: RowInput, outcome: string): Tally {
  const values = numbersOf(input, outcome);
  const people = input.people === undefined ? null : columnOf(input, input.people);
  const cells = new PeopleTable();
  const groups = new PeopleTable();
  const everyone = new PeopleTable();
  const leftOut = new PeopleTable();
  return {
    add(row, at) {
      const value = values[row] ?? Number.NaN;
      const person = people === null ? null : (labelAt(people, row) ?? `row ${row}`);
      if (at === null || Number.isNaN(value)) {
        leftOut.add('', person, 0);
        return;
      }
      cells.add(at.join(','), person, value);
      groups.add(String(at[0]), person, value);
      everyone.add('', person, value);
    },
    result() {
      const inCells = [...cells.summaries.values()].reduce((sum, { people: n }) => sum + n, 0);
      const overlapping = inCells !== (everyone.summaries.get('')?.people ?? 0);
      return {
        cells: cells.summaries,
        groups: groups.summaries,
        overlapping,
        leftOut: leftOut.summaries.get('') ?? empty(),
      };
    },
  };
}

/** Summaries by cell that count each person once, however many records they have there. */
class PeopleTable {
  readonly summaries = new Map<string, Summary>();
  private readonly seen = new Map<string, Set<string>>();

  add(key: string, person: string | null, value: number): void {
    const summary = this.summaries.get(key) ?? empty();
    this.summaries.set(key, summary);
    if (person === null || this.isNew(key, person)) summary.people += 1;
    include(summary, 1, value, 0);
  }

  private isNew(key: string, person: string): boolean {
    const seen = this.seen.get(key) ?? new Set<string>();
    this.seen.set(key, seen);
    if (seen.has(person)) return false;
    seen.add(person);
    return true;
  }
}

function cellTally(input: CellInput, params: DescriptiveParams): Tally {
  if (!input.sums.includes(params.outcome)) {
    throw new InputRefused(
      `This cell table has no sums of "${params.outcome}"; it has sums of ${input.sums.join(', ')}. Choose one of these.`,
    );
  }
  const n = numbersOf(input, 'n');
  const sum = numbersOf(input, `sum_${params.outcome}`);
  const squares = numbersOf(input, `sumsq_${params.outcome}`);
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
        target.people += count;
        include(target, count, mean, m2);
      }
    },
    result: () => ({ cells, groups, overlapping: false, leftOut }),
  };
}

function ensure(map: Map<string, Summary>, key: string): Summary {
  const summary = map.get(key) ?? empty();
  map.set(key, summary);
  return summary;
}

/** A cell nobody is in. */
export function empty(): Summary {
  return { people: 0, records: 0, mean: 0, m2: 0 };
}

/** Adds `count` records with the given mean and centred sum of squares (Chan, Golub and LeVeque 1983). */
function include(summary: Summary, count: number, mean: number, m2: number): void {
  const total = summary.records + count;
  const delta = mean - summary.mean;
  summary.mean += (delta * count) / total;
  summary.m2 += m2 + (delta * delta * summary.records * count) / total;
  summary.records = total;
}
