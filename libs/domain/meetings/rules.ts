// Where a meeting and what it agreed stand: derived, never recorded.
import type { Checkpoint, ProgrammeState } from '../state';
import type { Instant, PersonId } from '../words';
import { currentRound, roundStatus } from '../rules/standing';
import type { AgendaItem, Meeting, MeetingsState, MeetingStatus, Outcome, OutcomeStatus } from './terms';

export function meetingStatus(meeting: Meeting, now: Instant): MeetingStatus {
  if (meeting.cancelled) return 'CANCELLED';
  if (meeting.attendance) return 'ATTENDED';
  if (meeting.startsAt <= now) return 'STARTED';
  return meeting.pack ? 'PACK_SENT' : 'CALLED';
}

/** Confirmed only by the signers of its checkpoint, each by link; the meeting itself confirms nothing. */
export function outcomeStatus(
  programme: ProgrammeState,
  checkpoints: Record<string, Checkpoint>,
  outcome: Outcome,
  now: Instant,
): OutcomeStatus {
  const checkpoint = outcome.checkpoint === null ? undefined : checkpoints[outcome.checkpoint];
  const round = currentRound(checkpoint);
  if (!checkpoint || !round) return 'DRAFTED';
  const status = roundStatus(programme, checkpoint.kind, round, now);
  if (status === 'SETTLED') return 'CONFIRMED';
  return status === 'OPEN' ? 'ASKED' : 'NOT_CONFIRMED';
}

/** An item is on the agenda of the first meeting that begins after it was proposed and takes place. */
export const itemsFor = (state: MeetingsState, meeting: Meeting): AgendaItem[] =>
  state.agendaItems.filter((item) => item.withdrawnAt === null && meetingOf(state, item) === meeting.id);

function meetingOf(state: MeetingsState, item: AgendaItem): string | null {
  const after = Object.values(state.meetings)
    .filter((meeting) => meeting.cancelled === null && meeting.startsAt > item.at)
    .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
  return after[0]?.id ?? null;
}

export const wasPresent = (meeting: Meeting | undefined, person: PersonId): boolean =>
  meeting?.attendance?.present.includes(person) ?? false;
