// When the engine has something to do about meetings: the next of a series is called, a pack is due.
import type { ProgrammeState } from '../state';
import type { Instant } from '../words';
import { coreTeam } from '../core-team/rules';
import { holidaysOf } from '../rules/agreement';
import { earliest } from '../rules/time';
import type { Meeting, MeetingsState, Series } from './terms';
import type { Holidays } from '../calendar';
import { addDays, localInstant, workingDayFrom, workingDaysBefore } from '../calendar/working-days';

/** B12: people need two working days to read what they are to decide on. */
export const PACK_WORKING_DAYS = 2;

export const packDue = (startsAt: Instant, holidays: Holidays): Instant =>
  workingDaysBefore(startsAt, PACK_WORKING_DAYS, holidays);

/** The start of a series' nth meeting, counted from 0; one that falls on a holiday is held on the next working day. */
export const startOf = (
  { firstDay, time, timeZone, everyDays }: Series,
  occurrence: number,
  holidays: Holidays,
): Instant =>
  localInstant(workingDayFrom(addDays(firstDay, occurrence * everyDays), holidays), time, timeZone);

const lastOf = (state: MeetingsState, series: Series): Meeting | undefined =>
  Object.values(state.meetings).findLast((meeting) => meeting.series === series.id);

/** The next meeting to call, once the last one called has begun: the first whose start is still to come. */
export function nextOccurrence(
  state: MeetingsState,
  series: Series,
  now: Instant,
  holidays: Holidays,
): { occurrence: number; startsAt: Instant } | null {
  const last = lastOf(state, series);
  if (series.endedAt !== null || (last && last.startsAt > now)) return null;
  const elapsed = Date.parse(now) - Date.parse(`${series.firstDay}T00:00:00.000Z`);
  // A few days earlier than arithmetic says, since zones and holidays move a start.
  const reached = Math.floor(elapsed / (series.everyDays * 86_400_000)) - 2;
  let occurrence = Math.max(0, (last?.occurrence ?? -1) + 1, reached);
  while (startOf(series, occurrence, holidays) <= now) occurrence += 1;
  return { occurrence, startsAt: startOf(series, occurrence, holidays) };
}

export type MeetingMove =
  | { move: 'CALL' }
  | { move: 'SEND_PACK'; meeting: string }
  /** `until`: when to look again; null: nothing but a new entry changes anything. */
  | { move: 'WAIT'; until: Instant | null };

/** A meeting whose pack is still to be sent; after it has begun there is nothing to prepare for. */
const awaitsPack = (meeting: Meeting, now: Instant): boolean =>
  meeting.pack === null && meeting.cancelled === null && now < meeting.startsAt;

export function nextForMeetings(
  stream: MeetingsState,
  programme: ProgrammeState | null,
  now: Instant,
): MeetingMove {
  const meetings = Object.values(stream.meetings);
  const series = Object.values(programme?.series ?? {}).filter((s) => s.endedAt === null);
  if (programme !== null && coreTeam(programme, now).length > 0) {
    const holidays = holidaysOf(programme);
    if (series.some((s) => nextOccurrence(stream, s, now, holidays) !== null)) return { move: 'CALL' };
  }
  const waiting = meetings.filter((meeting) => awaitsPack(meeting, now));
  const due = waiting.find((meeting) => meeting.packDue <= now);
  if (due) return { move: 'SEND_PACK', meeting: due.id };
  const starts = series.flatMap((s) => lastOf(stream, s)?.startsAt ?? []).filter((at) => at > now);
  const times = [...waiting.map((meeting) => meeting.packDue), ...starts];
  return { move: 'WAIT', until: times.length === 0 ? null : earliest(...times) };
}
