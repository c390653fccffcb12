// The calendar entry of a meeting: iCalendar (RFC 5545), sent as an invitation, an update or a cancellation (RFC 5546).
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Instant } from '#libs/domain';
import type { Envelope } from './message';
import { oneLine } from './text';

export interface CalendarFacts {
  /** Calendars keep the entry with the highest: each change of a meeting has a higher one, under the same UID. */
  sequence: number;
  isCancelled: boolean;
  title: string;
  place: string;
  startsAt: Instant;
  minutes: number;
  /** When it was called or last changed, so that the same order sent twice is the same entry. */
  changedAt: Instant;
}

/** As nodemailer takes it. Nobody but the addressee is named as attending. */
export function calendarPart(
  { stream, order, to, from }: Envelope,
  facts: CalendarFacts,
): { method: 'REQUEST' | 'CANCEL'; content: string } {
  const start = new Date(facts.startsAt);
  const email = /([^\s<>]+@[^\s<>]+)>?\s*$/.exec(from)?.[1] ?? 'parley@parley.invalid';
  const calendar = ical({
    prodId: { company: 'Parley', product: 'Parley' },
    method: facts.isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  calendar
    .createEvent({
      id: `${stream}.${order.about}@${email.split('@')[1] ?? 'parley.invalid'}`,
      sequence: facts.sequence,
      stamp: new Date(facts.changedAt),
      start,
      end: new Date(start.getTime() + facts.minutes * 60_000),
      summary: oneLine(facts.title),
      location: oneLine(facts.place),
      status: facts.isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      organizer: { name: 'Parley', email },
    })
    .createAttendee({ name: oneLine(to.name), email: to.address, rsvp: !facts.isCancelled });
  return { method: facts.isCancelled ? 'CANCEL' : 'REQUEST', content: calendar.toString() };
}
