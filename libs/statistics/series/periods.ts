// Dates put together into months, quarters or years, in order and without a gap in between.
import { codesOf } from '../design/codes';
import type { Coded } from '../design/codes';
import { columnOf, InputRefused, labelAt } from '../input';
import type { RowInput } from '../input';

const MOST_PERIODS = 600;
const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** The period of each of these rows. Calendar periods without a record stand among the levels too. */
export function periodsOf(
  input: RowInput,
  rows: Int32Array,
  { time, by }: { time: string; by: 'given' | keyof typeof MONTHS },
): Coded {
  if (by === 'given') return codesOf(input, time, rows, MOST_PERIODS);
  const column = columnOf(input, time);
  const numbers = Int32Array.from(rows, (row) =>
    Math.floor(monthOf(labelAt(column, row) ?? '', time) / MONTHS[by]),
  );
  const first = numbers.reduce((least, number) => Math.min(least, number), Infinity);
  const last = numbers.reduce((most, number) => Math.max(most, number), -Infinity);
  if (last - first >= MOST_PERIODS) {
    throw new InputRefused(
      `The dates in "${time}" span more than ${MOST_PERIODS} periods. Choose a longer "by", or have dates far out corrected.`,
    );
  }
  const levels = Array.from({ length: last - first + 1 }, (_, at) => nameOf(first + at, by));
  return { levels, code: numbers.map((number) => number - first) };
}

/** Months since the year 0. */
function monthOf(date: string, field: string): number {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])(?:-\d{2})?(?:$|T)/.exec(date) ?? [];
  if (year !== undefined && month !== undefined) return Number(year) * 12 + Number(month) - 1;
  throw new InputRefused(
    `The field "${field}" does not hold dates such as 2024-05-31 in every row. Choose a field of dates, or "by": "given".`,
  );
}

function nameOf(number: number, by: keyof typeof MONTHS): string {
  const year = String(Math.floor((number * MONTHS[by]) / 12)).padStart(4, '0');
  const within = ((number * MONTHS[by]) % 12) + 1;
  if (by === 'year') return year;
  return by === 'quarter' ? `${year} Q${(within - 1) / 3 + 1}` : `${year}-${String(within).padStart(2, '0')}`;
}
