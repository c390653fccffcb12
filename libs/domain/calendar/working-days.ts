// Working days and local times: days are `2026-02-03`, counted by the calendar of holidays; pure.
import type { Instant } from '../words';
import { HOLIDAYS } from './holidays';

const DAY_MS = 86_400_000;

/** Days such as 2027-01-01. */
export type Holidays = readonly string[];

/** A day there is: no 30 February. */
export const isCalendarDay = (day: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) && addDays(day, 0) === day;

export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + count * DAY_MS).toISOString().slice(0, 10);

export function isWorkingDay(day: string, holidays: Holidays = HOLIDAYS): boolean {
  const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.includes(day);
}

/** The day itself, or the first working day after it. */
export const workingDayFrom = (day: string, holidays: Holidays): string =>
  isWorkingDay(day, holidays) ? day : workingDayFrom(addDays(day, 1), holidays);

/** The same time of day `count` working days before `instant` (after it, where `count` is negative), in UTC. */
export function workingDaysBefore(instant: Instant, count: number, holidays: Holidays = HOLIDAYS): Instant {
  const step = count < 0 ? 1 : -1;
  let day = instant.slice(0, 10);
  for (let left = Math.abs(count); left > 0;) {
    day = addDays(day, step);
    if (isWorkingDay(day, holidays)) left -= 1;
  }
  return `${day}${instant.slice(10)}`;
}

/** The end of the `count`th working day after `instant`, in UTC: whoever has that many days has all of the last one. */
export function workingDaysAfter(instant: Instant, count: number, holidays: Holidays = HOLIDAYS): Instant {
  const last = workingDaysBefore(instant, -count, holidays).slice(0, 10);
  return `${addDays(last, 1)}T00:00:00.000Z`;
}

/** Whether the runtime knows the IANA time zone. */
export function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** How far local time is ahead of UTC at an instant, in milliseconds. */
function offsetAt(ms: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });
  const part = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
  const local = `${part['year']}-${part['month']}-${part['day']}T${part['hour']}:${part['minute']}:${part['second']}.000Z`;
  return Date.parse(local) - Math.floor(ms / 1000) * 1000;
}

/** The instant at which clocks in the zone show `time` on `day`; where the clocks skip it, an hour later. */
export function localInstant(day: string, time: string, timeZone: string): Instant {
  const wanted = Date.parse(`${day}T${time}:00.000Z`);
  const first = wanted - offsetAt(wanted, timeZone);
  return new Date(wanted - offsetAt(first, timeZone)).toISOString();
}
