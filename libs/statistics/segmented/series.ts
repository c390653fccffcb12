// One number per period, from records or from published cells, with the people each rests on.
import { basisOf, contributionsOf, sumsByPerson } from '../design/basis';
import { infinite } from '../design/complete';
import { InputRefused, columnOf, labelAt, numbersOf } from '../input';
import type { CellInput, MethodInput, RowInput } from '../input';
import type { Basis, CellTable, Contributions, HolderVerdict } from '../table';
import { refuseBroken } from './breaks';
import type { SegmentedParams } from './params';
import { calendarOf } from './time';
import type { Calendar } from './time';

export interface Period {
  readonly label: string;
  readonly value: number;
  readonly basis: Basis;
  readonly contributions: Contributions | undefined;
}

export interface Series {
  readonly periods: readonly Period[];
  /** Periods before the interruption. */
  readonly before: number;
  readonly basis: Basis;
  readonly leftOut: readonly CellTable[];
}

const MOST_PERIODS = 10_000;

/** The periods in order, equally spaced; refuses gaps, and a series told to be broken inside the window (B38). */
export function seriesOf(input: MethodInput, params: SegmentedParams): Series {
  const calendar = calendarOf(input, params.time);
  const window = windowOf(calendar, params);
  const rows = inWindow(calendar, window);
  const { complete, lacking } = completeIn(input, params, rows);
  const times = [...complete.keys()].sort((a, b) => a - b);
  refuseBroken(calendar, [params.outcome, params.time], times, {
    told: params.breaks,
    decided: input.breaks,
  });
  refuseGaps(times, params.time);
  const interruption = calendar.of(params.interruption, 'interruption');
  const before = times.filter((time) => time < interruption).length;
  refuseShort(before, times.length - before);
  const periods = times.map((time) => periodOf(input, params, complete.get(time) ?? []));
  const used = Int32Array.from(times.flatMap((time) => complete.get(time) ?? [])).sort();
  return { periods, before, basis: wholeBasis(input, used), leftOut: leftOutTable(input, params, lacking) };
}

function windowOf(calendar: Calendar, { window: { from, to } }: SegmentedParams): [number, number] {
  return [
    from === undefined ? -Infinity : calendar.of(from, 'window.from'),
    to === undefined ? Infinity : calendar.of(to, 'window.to'),
  ];
}

function inWindow({ periods }: Calendar, [from, to]: [number, number]): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  periods.forEach((time, row) => {
    if (!(time >= from && time <= to)) return;
    const own = rows.get(time);
    if (own) own.push(row);
    else rows.set(time, [row]);
    if (rows.size > MOST_PERIODS)
      throw new InputRefused(
        `There are more than ${MOST_PERIODS} periods. Use longer ones, or a shorter window.`,
      );
  });
  return rows;
}

function completeIn(
  input: MethodInput,
  params: SegmentedParams,
  rows: ReadonlyMap<number, readonly number[]>,
): { complete: Map<number, number[]>; lacking: number[] } {
  const values = valuesOf(input, params);
  const complete = new Map<number, number[]>();
  const lacking: number[] = [];
  for (const [time, own] of rows)
    for (const row of own) {
      const value = values[row]!;
      if (Math.abs(value) === Infinity) throw infinite(params.outcome);
      if (Number.isNaN(value)) lacking.push(row);
      else complete.set(time, [...(complete.get(time) ?? []), row]);
    }
  if (complete.size === 0)
    throw new InputRefused(
      `No record in the window has a value in each of ${params.time}, ${params.outcome}. Widen "window", or choose another field.`,
    );
  return { complete, lacking };
}

/** The outcome by row; of a cell table, the cell's sum. */
function valuesOf(input: MethodInput, { outcome, time }: SegmentedParams): Float64Array {
  if (input.shape === 'rows') return numbersOf(input, outcome);
  if (!input.dimensions.includes(time))
    throw new InputRefused(
      `"${time}" is not a dimension of this cell table; it has ${input.dimensions.join(', ')}. Choose one of these.`,
    );
  if (!input.sums.includes(outcome))
    throw new InputRefused(
      `"${outcome}" is not summed in this cell table; it sums ${input.sums.join(', ') || 'nothing'}. Choose one of these.`,
    );
  return numbersOf(input, `sum_${outcome}`);
}

function refuseGaps(times: readonly number[], field: string): void {
  const steps = times.slice(1).map((time, at) => time - times[at]!);
  const step = Math.min(...steps);
  if (steps.every((own) => Math.abs(own - step) <= 1e-9 * Math.abs(step))) return;
  throw new InputRefused(
    `The periods of "${field}" are not equally spaced: at least one has no record. Choose a "window" without gaps, or longer periods.`,
  );
}

const FEWEST = 3;

function refuseShort(before: number, after: number): void {
  if (before >= FEWEST && after >= FEWEST) return;
  throw new InputRefused(
    `There are ${before} periods before the interruption and ${after} from it on, and at least ${FEWEST} are needed on each side. Check "interruption", or widen "window".`,
  );
}

function periodOf(input: MethodInput, params: SegmentedParams, rows: readonly number[]): Period {
  const label = labelAt(columnOf(input, params.time), rows[0] ?? -1) ?? '';
  return input.shape === 'rows'
    ? { label, ...fromRecords(input, params, Int32Array.from(rows)) }
    : { label, ...fromCells(input, params, rows) };
}

function fromRecords(input: RowInput, { outcome, measure }: SegmentedParams, rows: Int32Array) {
  const values = numbersOf(input, outcome);
  const basis = basisOf(input, rows);
  const sum = rows.reduce((sofar, row) => sofar + values[row]!, 0);
  const value = { mean: sum / rows.length, sum, people: basis.people }[measure];
  return { value, basis, contributions: contributionsOf(sumsByPerson(input, rows, values)) };
}

function fromCells(input: CellInput, { outcome, measure }: SegmentedParams, rows: readonly number[]) {
  const add = (name: string) => rows.reduce((sum, row) => sum + numbersOf(input, name)[row]!, 0);
  const [people, sum] = [add('n'), add(`sum_${outcome}`)];
  const holder = holderSaid(input, `dominance_${outcome}`, rows);
  const pRatio = holderSaid(input, `p_ratio_${outcome}`, rows);
  return {
    value: { mean: sum / people, sum, people }[measure],
    basis: { people },
    contributions: holder && { holder, ...(pRatio ? { pRatio } : {}) },
  };
}

/** Cells merged into one pass if all of them pass; otherwise a person looks at it (DOMAIN § 4). */
function holderSaid(input: CellInput, column: string, rows: readonly number[]): HolderVerdict | undefined {
  if (!Object.hasOwn(input.columns, column)) return undefined;
  const verdicts = rows.map((row) => labelAt(columnOf(input, column), row) as HolderVerdict | null);
  if (verdicts.length === 1) return verdicts[0] ?? 'review';
  return verdicts.every((verdict) => verdict === 'pass') ? 'pass' : 'review';
}

/** All periods together. In a cell table nobody knows how many people are in several periods: the largest is certain. */
function wholeBasis(input: MethodInput, rows: Int32Array): Basis {
  if (input.shape === 'rows') return basisOf(input, rows);
  return { people: rows.reduce((most, row) => Math.max(most, numbersOf(input, 'n')[row]!), 0) };
}

function leftOutTable(
  input: MethodInput,
  { outcome }: SegmentedParams,
  rows: readonly number[],
): CellTable[] {
  if (rows.length === 0 || input.shape !== 'rows') return [];
  const basis = basisOf(input, Int32Array.from(rows));
  return [
    {
      kind: 'cells',
      name: 'left_out',
      title: `People with a record in the window left out because ${outcome} is missing`,
      keys: [],
      measures: [{ name: 'n', label: 'people', unit: 'people', statistic: 'frequency' }],
      cells: [{ ...basis, key: {}, values: { n: basis.people } }],
    },
  ];
}
