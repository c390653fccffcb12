// Turns dated records into one row per person: covariates from before the index date, the outcome from after it.
import { peopleOf } from '../design/people';
import { fieldsOfTerms } from '../design/terms';
import { InputRefused, columnOf, isMissing, numbersOf, pickRows } from '../input';
import type { Column, RowInput } from '../input';
import type { MatchingParams, Timing } from './params';

const DAY = 86_400_000;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

type Dated = Pick<MatchingParams, 'treatment' | 'covariates' | 'outcome' | 'exact' | 'timing'>;

/**
 * The input itself where it has no dates; otherwise one row per person by the windows. Without an index date and windows
 * a covariate could be a consequence of the treatment, so dated data is refused without them.
 */
export function onePerPerson(input: RowInput, params: Dated): RowInput {
  if (params.timing) return summarised(input, params, params.timing);
  const all = Int32Array.from({ length: input.rows }, (_, row) => row);
  const isRepeated = peopleOf(input, all).people < input.rows;
  const dated = Object.keys(input.columns).find((name) => holdsDates(columnOf(input, name)));
  if (!isRepeated && dated === undefined) return input;
  throw new InputRefused(
    `The data is dated (${isRepeated ? 'people have several records' : `"${dated}" holds dates`}), so covariates must come from before treatment and the outcome from after it. Give "timing": the index date, the date of each record, and how many days before and after count.`,
  );
}

function holdsDates(column: Column): boolean {
  if (column.kind === 'number') return false;
  const present = new Set(column.codes);
  present.delete(-1);
  return present.size > 0 && [...present].every((code) => ISO_DATE.test(column.labels[code] ?? ''));
}

function summarised(input: RowInput, params: Dated, timing: Timing): RowInput {
  if (input.people === undefined) {
    throw new InputRefused(
      'The data does not say whose record a row is, so records cannot be put in order by person.',
    );
  }
  const people = windowsOf(input, timing);
  const atIndex = [params.treatment, input.people, ...(input.organisations ? [input.organisations] : [])];
  const before = [...new Set([...fieldsOfTerms(params.covariates), ...params.exact])];
  const columns: Record<string, Column> = {};
  for (const name of atIndex) columns[name] = constantWithin(input, name, people);
  for (const name of before) columns[name] = covariate(columnOf(input, name), people, timing);
  columns[params.outcome] = outcome(numbersOf(input, params.outcome), people, timing);
  const { units } = input;
  return {
    ...input,
    rows: people.length,
    columns,
    ...(units ? { units: Uint32Array.from(people, ({ all: [row = 0] }) => units[row]!) } : {}),
  };
}

interface Windows {
  readonly all: number[];
  /** Rows in the window before the index date, and in that after it, each in order of date. */
  readonly before: number[];
  readonly after: number[];
}

function windowsOf(input: RowInput, timing: Timing): Windows[] {
  const all = Int32Array.from({ length: input.rows }, (_, row) => row);
  const { person, people } = peopleOf(input, all);
  const [index, date] = [datesOf(input, timing.index), datesOf(input, timing.date)];
  const windows = Array.from({ length: people }, (): Windows => ({ all: [], before: [], after: [] }));
  const indexOf = new Float64Array(people).fill(Number.NaN);
  const order = [...all].sort((a, b) => date[a]! - date[b]! || a - b);
  for (const row of order) {
    const own = person[row]!;
    const known = indexOf[own]!;
    if (!Number.isNaN(index[row]!) && !Number.isNaN(known) && known !== index[row])
      throw severalDates(timing.index);
    if (!Number.isNaN(index[row]!)) indexOf[own] = index[row]!;
    windows[own]!.all.push(row);
  }
  for (const [own, { all: rows, before, after }] of windows.entries())
    for (const row of rows) {
      const days = date[row]! - indexOf[own]!;
      if (days < 0 && days >= -timing.covariateDays) before.push(row);
      if (days > 0 && days <= timing.outcomeDays) after.push(row);
    }
  return windows;
}

/** Days since 1970; NaN where the date is missing. */
function datesOf(input: RowInput, name: string): Float64Array {
  const column = columnOf(input, name);
  if (column.kind === 'number') throw noDate(name);
  const days = column.labels.map((label) =>
    ISO_DATE.test(label) ? Date.parse(`${label}T00:00:00Z`) / DAY : Number.NaN,
  );
  return Float64Array.from(column.codes, (code) => {
    if (code >= 0 && Number.isNaN(days[code])) throw noDate(name);
    return days[code] ?? Number.NaN;
  });
}

function constantWithin(input: RowInput, name: string, people: readonly Windows[]): Column {
  const column = columnOf(input, name);
  const values = column.kind === 'text' ? column.codes : column.values;
  return pick(column, people, ({ all }) => {
    const isSame = all.every((row) => Object.is(values[row], values[all[0]!]));
    if (!isSame) {
      throw new InputRefused(
        `The field "${name}" changes within a person, and must say one thing of each. Use a field that holds at the index date.`,
      );
    }
    return all[0];
  });
}

function covariate(column: Column, people: readonly Windows[], { covariates }: Timing): Column {
  const isPresent = (row: number) => !isMissing(column, row);
  if (column.kind === 'number' && covariates === 'mean') {
    const values = people.map(({ before }) => {
      const present = before.filter(isPresent);
      return present.reduce((sum, row) => sum + column.values[row]!, 0) / present.length;
    });
    return { kind: 'number', values: Float64Array.from(values) };
  }
  return pick(column, people, ({ before }) => before.findLast(isPresent));
}

function outcome(values: Float64Array, people: readonly Windows[], timing: Timing): Column {
  const summary = people.map(({ after }) => {
    const present = after.filter((row) => !Number.isNaN(values[row]));
    if (present.length === 0) return timing.withoutRecord === 'zero' ? 0 : Number.NaN;
    if (timing.outcome === 'last') return values[present.at(-1)!]!;
    const sum = present.reduce((sofar, row) => sofar + values[row]!, 0);
    return timing.outcome === 'sum' ? sum : sum / present.length;
  });
  return { kind: 'number', values: Float64Array.from(summary) };
}

function pick(
  column: Column,
  people: readonly Windows[],
  rowOf: (person: Windows) => number | undefined,
): Column {
  return pickRows(
    column,
    people.map((person) => rowOf(person) ?? -1),
  );
}

function noDate(name: string): InputRefused {
  return new InputRefused(
    `The field "${name}" must hold dates written YYYY-MM-DD, and does not in every record. Choose a field of dates.`,
  );
}

function severalDates(name: string): InputRefused {
  return new InputRefused(
    `The field "${name}" gives some people more than one index date. Choose a field with one date per person.`,
  );
}
