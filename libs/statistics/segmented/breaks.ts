// B38: what is followed over time must mean the same in every period; a series decided to be broken among them is refused.
import { InputRefused } from '../input';
import type { SeriesBreak } from '../input';
import type { Break } from './params';
import type { Calendar } from './time';

/**
 * Refuses periods across which one of `fields` was judged inadmissible for comparison over time: as the parameters tell
 * it (`told`), or as it was decided elsewhere, whatever the parameters say. `times`: the periods read, in order.
 * @throws InputRefused with the code `BROKEN_SERIES`, naming field, period and what would work
 */
export function refuseBroken(
  calendar: Calendar,
  fields: readonly string[],
  times: readonly number[],
  { told = [], decided = [] }: { told?: readonly Break[]; decided?: readonly SeriesBreak[] | undefined },
): void {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const isRead = ({ field }: { field: string }) => fields.includes(field);
  const own = told.find(
    (each) =>
      isRead(each) &&
      calendar.of(each.from, 'breaks.from') <= last &&
      calendar.of(each.to, 'breaks.to') >= first,
  );
  if (own) throw broken(own, `from ${own.from} to ${own.to}`);
  const other = decided.find((each) => isRead(each) && crosses(calendar, each.at, first, last));
  if (other) throw brokenAt(other);
}

/** The refusal for a break whose place among the periods is not known, or is inside of them. */
export const brokenAt = (own: SeriesBreak): InputRefused => broken(own, `across ${own.at}`);

/** Whether there are periods on both sides of the day, or one that holds both; where it is not known, there are. */
function crosses(calendar: Calendar, day: string, first: number, last: number): boolean {
  const { period, isItsFirstDay } = calendar.periodOf(day);
  const isAfter = isItsFirstDay ? first >= period : first > period;
  return !isAfter && !(last < period);
}

const broken = ({ field, reason }: { field: string; reason: string }, when: string): InputRefused =>
  new InputRefused(
    `"${field}" was judged inadmissible for comparison over time ${when}: ${reason}. Use only periods before it or after it, or another outcome.`,
    'BROKEN_SERIES',
  );
