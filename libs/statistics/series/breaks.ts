// B38: a series drawn over time shows a trend, whatever the run says it is for, so it is held to the decided breaks.
import { gathered } from '../design/matrix';
import { InputRefused, columnOf } from '../input';
import type { RowInput } from '../input';
import { brokenAt, refuseBroken } from '../segmented/breaks';
import { calendarOf } from '../segmented/time';
import type { Calendar } from '../segmented/time';

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

/** Null where the codes are no dates; of points of time the day. */
function calendarIn(input: RowInput, time: string): Calendar | null {
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
