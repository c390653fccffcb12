// Meetings (B12): the core team's fortnightly series and ad hoc ones, what they are about, who came, what was agreed there.
import type { CheckpointKind, ContentId, Instant, PersonId, Text } from '../words';

/** When a series meets: the first day (`2026-02-03`), the time of day (`10:00`) where it meets, and every how many days. */
export interface Rhythm {
  firstDay: string;
  time: string;
  timeZone: string;
  everyDays: number;
  minutes: number;
}

export const OUTCOME_STATUSES = ['DRAFTED', 'ASKED', 'CONFIRMED', 'NOT_CONFIRMED'] as const;
/** A meeting decides nothing: what it agrees is drafted, put up for sign-off, and confirmed by the signers' links. */
export type OutcomeStatus = (typeof OUTCOME_STATUSES)[number];

export const MEETING_STATUSES = ['CALLED', 'PACK_SENT', 'STARTED', 'ATTENDED', 'CANCELLED'] as const;
export type MeetingStatus = (typeof MEETING_STATUSES)[number];

/** Whose meeting it was: the programme's or the project's own. */
export interface MeetingReference {
  of: 'PROGRAMME' | 'PROJECT';
  meeting: string;
}

export interface SeriesEvents {
  MeetingSeriesPlanned: Rhythm & { series: string; title: Text; place: Text };
  MeetingSeriesEnded: { series: string; reason: Text };
}

export interface MeetingEvents {
  MeetingCalled: {
    meeting: string;
    /** The series and the how-manieth of its days; null for an ad hoc meeting. */
    series: string | null;
    occurrence: number | null;
    title: Text;
    startsAt: Instant;
    minutes: number;
    place: Text;
    invited: PersonId[];
    packDue: Instant;
  };
  /** `sequence` grows with each change: calendars follow the highest (RFC 5546). */
  MeetingMoved: {
    meeting: string;
    startsAt: Instant;
    minutes: number;
    place: Text;
    packDue: Instant;
    sequence: number;
  };
  MeetingCancelled: { meeting: string; reason: Text; sequence: number };
  AgendaItemProposed: { item: string; text: Text; person: PersonId };
  AgendaItemWithdrawn: { item: string };
  PackSummarised: { meeting: string; text: Text };
  PackSent: { meeting: string; content: ContentId };
  AttendanceRecorded: { meeting: string; present: PersonId[]; others: number };
  OutcomeDrafted: { outcome: string; at: MeetingReference; kind: CheckpointKind; text: Text };
  OutcomePutUp: { outcome: string; checkpoint: string };
}

export interface SeriesCommands {
  PlanMeetingSeries: Rhythm & { title: Text; place: Text };
  EndMeetingSeries: { series: string; reason: Text };
  /** Worker: calls the next meeting of each series whose last one has begun; idempotent. */
  KeepMeetingSeries: Record<never, never>;
}

export interface MeetingCommands {
  CallMeeting: { title: Text; startsAt: Instant; minutes: number; place: Text; invited: PersonId[] };
  MoveMeeting: { meeting: string; startsAt: Instant; minutes: number; place: Text };
  CancelMeeting: { meeting: string; reason: Text };
  ProposeAgendaItem: { text: Text };
  WithdrawAgendaItem: { item: string };
  SummarisePack: { meeting: string; text: Text };
  /** Worker: the pack as it was put together when it was due. */
  SendPack: { meeting: string; content: ContentId };
  RecordAttendance: { meeting: string; present: PersonId[]; others: number };
  DraftOutcome: { at: MeetingReference; kind: CheckpointKind; text: Text };
  PutUpOutcome: { outcome: string; checkpoint: string };
}

export interface Series extends Rhythm {
  id: string;
  title: Text;
  place: Text;
  endedAt: Instant | null;
}

export interface Meeting {
  id: string;
  series: string | null;
  occurrence: number | null;
  title: Text;
  startsAt: Instant;
  minutes: number;
  place: Text;
  invited: PersonId[];
  /** The person who called it; null for one of a series. */
  caller: PersonId | null;
  packDue: Instant;
  sequence: number;
  /** When it was called or last changed. */
  changedAt: Instant;
  summary: { text: Text; person: PersonId; at: Instant } | null;
  pack: { content: ContentId; at: Instant } | null;
  attendance: { present: PersonId[]; others: number; at: Instant } | null;
  cancelled: { reason: Text; at: Instant } | null;
}

export interface AgendaItem {
  id: string;
  text: Text;
  person: PersonId;
  at: Instant;
  withdrawnAt: Instant | null;
}

export interface Outcome {
  id: string;
  at: MeetingReference;
  kind: CheckpointKind;
  text: Text;
  person: PersonId;
  draftedAt: Instant;
  checkpoint: string | null;
}

export interface MeetingsState {
  meetings: Record<string, Meeting>;
  agendaItems: AgendaItem[];
  outcomes: Outcome[];
}

/** A programme's alone. */
export interface SeriesState {
  series: Record<string, Series>;
}
