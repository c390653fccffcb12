// What is sent about meetings, and how they are shown.
import {
  CHECKPOINT_KINDS,
  isTimeZone,
  MEETING_STATUSES,
  meetingStatus,
  OUTCOME_STATUSES,
} from '#libs/domain';
import type { Meeting, ProgrammeState } from '#libs/domain';
import { z } from 'zod';
import { FreeText, InstantField, Line, LocalId, PersonId } from '../http/fields';
import { person, said } from '../http/said';
import { Named } from '../http/shown';

/** What fits on one page. */
const PAGE_OF_WORDS = 3_000;
const Minutes = z.int().min(5).max(480);

export const PlanSeries = z.strictObject({
  title: Line,
  firstDay: z.iso.date().describe('The first day, such as 2027-02-03.'),
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 10:00')
    .describe('By the clocks there.'),
  timeZone: z.string().max(60).refine(isTimeZone, 'is no known time zone, such as Europe/London'),
  everyDays: z.int().min(1).max(366).default(14),
  minutes: Minutes,
  place: Line.describe('A room, or how to join from elsewhere.'),
});
export const CallMeeting = z.strictObject({
  title: Line,
  ...{ startsAt: InstantField, minutes: Minutes, place: Line },
  invited: z.array(PersonId).min(1).max(100),
});
export const MoveMeeting = z.strictObject({ startsAt: InstantField, minutes: Minutes, place: Line });
export const Attendance = z.strictObject({
  present: z.array(PersonId).max(100),
  others: z.int().min(0).max(1000).default(0).describe('How many more, who are not on the roster.'),
});
export const AgendaItem = z.strictObject({ text: FreeText });
export const Summary = z.strictObject({
  text: FreeText.max(PAGE_OF_WORDS).describe('One page in plain words.'),
});
export const DraftOutcome = z.strictObject({
  of: z.enum(['PROGRAMME', 'PROJECT']).describe('Whose meeting it was.'),
  meeting: LocalId,
  kind: z.enum(CHECKPOINT_KINDS).describe('The sign-off that is to confirm it.'),
  text: FreeText,
});
export const PutUp = z.strictObject({ checkpoint: LocalId });

const Erasable = z.string().nullable().describe('Null once erased.');
export const MeetingShown = z.object({
  ...{
    id: z.string(),
    series: z.string().nullable(),
    title: Erasable,
    place: Erasable,
    startsAt: z.string(),
  },
  ...{ minutes: z.int(), status: z.enum(MEETING_STATUSES), packDue: z.string(), sequence: z.int() },
  ...{ invited: z.array(Named), caller: Named.nullable() },
  packSentAt: z.string().nullable(),
  summary: z.object({ text: Erasable, person: Named, at: z.string() }).nullable(),
  attendance: z.object({ present: z.array(Named), others: z.int(), at: z.string() }).nullable(),
  cancelled: z.object({ reason: Erasable, at: z.string() }).nullable(),
});
export const SeriesShown = z.object({
  ...{ id: z.string(), title: Erasable, place: Erasable, firstDay: z.string(), time: z.string() },
  ...{ timeZone: z.string(), everyDays: z.int(), minutes: z.int(), endedAt: z.string().nullable() },
});
const Move = z.object({
  ...{ stream: z.string(), what: z.string(), about: z.string(), who: z.array(Named) },
  ...{ since: z.string(), due: z.string().nullable(), people: z.array(Named).optional() },
});
export const AgendaShown = z.object({
  ...{ meeting: z.string(), startsAt: z.string(), summary: Erasable },
  decisions: z.array(Move).describe('Sign-offs and answers that people owe.'),
  open: z.array(Move).describe('What else waits for somebody.'),
  proposed: z.array(z.object({ item: z.string(), text: Erasable, person: Named, at: z.string() })),
  drafts: z
    .array(z.object({ stream: z.string(), evidence: z.string(), waitingFor: z.array(Named) }))
    .describe('Draft notes that you may read.'),
  unconfirmed: z
    .array(z.object({ stream: z.string(), outcome: z.string(), status: z.enum(OUTCOME_STATUSES) }))
    .describe('What earlier meetings agreed and no sign-off has confirmed.'),
});
export const AgendaItemShown = z.object({
  ...{ id: z.string(), text: Erasable, person: Named, at: z.string(), withdrawnAt: z.string().nullable() },
});
export const OutcomeShown = z.object({
  ...{ id: z.string(), kind: z.enum(CHECKPOINT_KINDS), text: Erasable, person: Named, draftedAt: z.string() },
  at: z.object({ of: z.enum(['PROGRAMME', 'PROJECT']), meeting: z.string() }),
  ...{ checkpoint: z.string().nullable(), status: z.enum(OUTCOME_STATUSES) },
});

export function meetingView(programme: ProgrammeState, meeting: Meeting, now: string) {
  const named = (id: string) => person(programme, id);
  const { id, series, startsAt, minutes, packDue, sequence, summary, attendance, cancelled } = meeting;
  return {
    ...{ id, series, startsAt, minutes, packDue, sequence, status: meetingStatus(meeting, now) },
    ...{ title: said(meeting.title), place: said(meeting.place), invited: meeting.invited.map(named) },
    ...{ caller: meeting.caller && named(meeting.caller), packSentAt: meeting.pack?.at ?? null },
    summary: summary && { ...summary, text: said(summary.text), person: named(summary.person) },
    attendance: attendance && { ...attendance, present: attendance.present.map(named) },
    cancelled: cancelled && { ...cancelled, reason: said(cancelled.reason) },
  };
}
