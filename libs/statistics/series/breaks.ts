// B38: a series, and any table with a row for each period, shows a trend whatever the run says it is for: decided breaks hold for it.
import { gathered } from '../design/matrix';
import { InputRefused, columnOf, textColumn } from '../input';
import type { MethodInput, RowInput, SeriesBreak } from '../input';
import { brokenAt, refuseBroken } from '../segmented/breaks';
import { calendarOf } from '../segmented/time';
import type { Calendar } from '../segmented/time';
import type { RawTable } from '../table';

/** Refuses these rows if one of `fields` means something else in some of them; also where their time cannot tell. */
export function refuseAcrossBreaks(
  input: RowInput,
  rows: Int32Array,
  { time, fields }: { time: string; fields: readonly string[] },
): void {
  const decided = (input.breaks ?? []).filter(({ field }) => fields.includes(field));
  const [one] = decided;
  if (one === undefined) return;
  const calendar = calendarIn(input, time);
  if (calendar === null) throw brokenAt(one);
  const times = gathered(calendar.periods, rows).sort();
  refuseBroken(calendar, fields, [times[0] ?? Number.NaN, times.at(-1) ?? Number.NaN], { decided });
}

/**
 * Refuses tables in which a broken field is told of period by period, on both sides of its break. A key whose codes are
 * all years, months or days counts as periods: a table by year of a method that knows no time is a trend all the same.
 */
export function refuseTablesAcrossBreaks(
  tables: readonly RawTable[],
  decided: readonly SeriesBreak[] = [],
): void {
  if (decided.length === 0) return;
  for (const table of tables) {
    const fields = fieldsToldOf(table);
    for (const key of table.keys) {
      const codes = [...new Set(table.cells.flatMap(({ key: own }) => own[key] ?? []))];
      const column = textColumn(codes);
      const calendar = calendarIn({ shape: 'rows', rows: codes.length, columns: { [key]: column } }, key);
      if (calendar === null || codes.length === 0) continue;
      const times = Float64Array.from(calendar.periods).sort();
      refuseBroken(calendar, fields, [...times], { decided });
    }
  }
}

/** The fields that a table breaks down by, and those its numbers are computed from. */
const fieldsToldOf = ({ keys, breakdown, measures }: RawTable): string[] => [
  ...keys.flatMap((key) => breakdown?.[key] ?? [key]),
  ...measures.flatMap(({ fields }) => fields ?? []),
];

/** Null where the codes are no dates; of points of time the day. */
function calendarIn(input: MethodInput, time: string): Calendar | null {
  const column = columnOf(input, time);
  const day =
    column.kind === 'text'
      ? { ...column, labels: column.labels.map((label) => label.replace(/^(\d{4}-\d{2}-\d{2})T.*$/, '$1')) }
      : column;
  try {
    return calendarOf({ ...input, columns: { ...input.columns, [time]: day } }, time);
  } catch (error) {
    if (error instanceof InputRefused) return null;
    throw error;
  }
}
