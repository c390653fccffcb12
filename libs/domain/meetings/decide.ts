// Commands on single meetings: called, moved, cancelled, prepared, attended.
import type { Refusal } from '../refusal';
import { refuse } from '../refusal';
import type { Instant, PersonId } from '../words';
import { isInCoreTeam } from '../core-team/rules';
import type { Deciding, Place } from '../evidence/place';
import { present, strangerAmong } from '../evidence/place';
import { holidaysOf } from '../rules/agreement';
import { holds } from '../rules/roster';
import { outcomeHandlers } from './outcomes';
import type { Meeting, MeetingCommands, MeetingEvents } from './terms';
import { packDue } from './timing';

export type MeetingHandlers = Deciding<MeetingCommands, MeetingEvents>;
type Found = { ok: true; meeting: Meeting; person: PersonId } | { ok: false; refusal: Refusal };

/** A meeting that still takes place, and the person on the roster who acts on it. */
function standing(place: Place, id: string): Found {
  const by = present(place);
  if (!by.ok) return by;
  const meeting = place.stream.meetings[id];
  if (!meeting) return refuse('NOT_FOUND', 'UNKNOWN_MEETING', `there is no meeting ${id}`, 'check the id');
  return meeting.cancelled
    ? refuse('CONFLICT', 'CANCELLED', `the meeting ${id} was cancelled`, 'call a new one')
    : { ok: true, meeting, person: by.person };
}

const mayConvene = ({ programme, now }: Place, person: PersonId): boolean =>
  isInCoreTeam(programme, person, now) || holds(programme, person, ['projectLead'], now);

const notConvener = refuse(
  'FORBIDDEN',
  'NOT_A_CONVENER',
  'meetings are called and changed by the core team, a project lead, or who called them',
  'propose an agenda item, or ask one of them',
);

/** One to come, for whoever may change it. */
function changeable(place: Place, id: string): Found {
  const found = standing(place, id);
  if (!found.ok) return found;
  if (found.meeting.caller !== found.person && !mayConvene(place, found.person)) return notConvener;
  return found.meeting.startsAt <= place.now
    ? refuse('CONFLICT', 'HAS_BEGUN', `the meeting ${id} has begun`, 'record who attended')
    : found;
}

function timeRefusal({ now }: Place, startsAt: Instant, minutes: number) {
  if (startsAt <= now)
    return refuse('INVALID', 'IN_THE_PAST', `${startsAt} is past`, 'name a time that is still to come');
  return Number.isInteger(minutes) && minutes >= 5 && minutes <= 480
    ? null
    : refuse('INVALID', 'MINUTES', 'a meeting lasts 5 to 480 minutes', 'name a length within these');
}

const callMeeting: MeetingHandlers['CallMeeting'] = (place, command) => {
  const by = present(place);
  if (!by.ok) return by;
  if (!mayConvene(place, by.person)) return notConvener;
  const refused = timeRefusal(place, command.startsAt, command.minutes);
  if (refused) return refused;
  const stranger = strangerAmong(place, command.invited);
  if (stranger !== undefined)
    return refuse(
      'INVALID',
      'NOT_ON_ROSTER',
      `${stranger} is not on the roster`,
      'invite people of the roster',
    );
  const invited = [...new Set([...command.invited, by.person])];
  const meeting = `mt${Object.keys(place.stream.meetings).length + 1}`;
  const data = {
    ...command,
    invited,
    meeting,
    series: null,
    occurrence: null,
    packDue: packDue(command.startsAt, holidaysOf(place.programme)),
  };
  return { ok: true, events: [{ type: 'MeetingCalled', data }] };
};

const moveMeeting: MeetingHandlers['MoveMeeting'] = (place, command) => {
  const found = changeable(place, command.meeting);
  if (!found.ok) return found;
  const refused = timeRefusal(place, command.startsAt, command.minutes);
  if (refused) return refused;
  const due = packDue(command.startsAt, holidaysOf(place.programme));
  const data = { ...command, packDue: due, sequence: found.meeting.sequence + 1 };
  return { ok: true, events: [{ type: 'MeetingMoved', data }] };
};

const cancelMeeting: MeetingHandlers['CancelMeeting'] = (place, command) => {
  const found = changeable(place, command.meeting);
  if (!found.ok) return found;
  const data = { ...command, sequence: found.meeting.sequence + 1 };
  return { ok: true, events: [{ type: 'MeetingCancelled', data }] };
};

/** B49: anybody on the roster, at any time; it comes up at the next meeting. */
const proposeAgendaItem: MeetingHandlers['ProposeAgendaItem'] = (place, { text }) => {
  const by = present(place);
  if (!by.ok) return by;
  const item = `ag${place.stream.agendaItems.length + 1}`;
  return { ok: true, events: [{ type: 'AgendaItemProposed', data: { item, text, person: by.person } }] };
};

const withdrawAgendaItem: MeetingHandlers['WithdrawAgendaItem'] = (place, { item }) => {
  const by = present(place);
  if (!by.ok) return by;
  const found = place.stream.agendaItems.find((i) => i.id === item);
  if (!found || found.withdrawnAt !== null)
    return refuse('NOT_FOUND', 'UNKNOWN_ITEM', `no agenda item ${item} stands`, 'check the id');
  return found.person === by.person
    ? { ok: true, events: [{ type: 'AgendaItemWithdrawn', data: { item } }] }
    : refuse('FORBIDDEN', 'NOT_YOURS', 'only who proposed an item withdraws it', 'ask that person');
};

const summarisePack: MeetingHandlers['SummarisePack'] = (place, command) => {
  const found = changeable(place, command.meeting);
  if (!found.ok) return found;
  return found.meeting.pack
    ? refuse('CONFLICT', 'PACK_SENT', 'the pack has gone out', 'bring it to the meeting')
    : { ok: true, events: [{ type: 'PackSummarised', data: command }] };
};

const sendPack: MeetingHandlers['SendPack'] = ({ stream, actor, now }, command) => {
  if (!('process' in actor) || actor.process !== 'worker')
    return refuse('FORBIDDEN', 'ENGINE_ONLY', 'only the engine itself does this', 'nothing needs to be done');
  const meeting = stream.meetings[command.meeting];
  const isDue =
    meeting && !meeting.pack && !meeting.cancelled && meeting.packDue <= now && now < meeting.startsAt;
  return { ok: true, events: isDue ? [{ type: 'PackSent', data: command }] : [] };
};

const recordAttendance: MeetingHandlers['RecordAttendance'] = (place, command) => {
  const found = standing(place, command.meeting);
  if (!found.ok) return found;
  const { meeting, person } = found;
  if (meeting.startsAt > place.now)
    return refuse(
      'CONFLICT',
      'NOT_BEGUN',
      `the meeting begins at ${meeting.startsAt}`,
      'wait until it has begun',
    );
  if (!meeting.invited.includes(person) && !mayConvene(place, person)) return notConvener;
  const unknown = command.present.find((id) => !place.programme.people[id]);
  if (unknown !== undefined || new Set(command.present).size !== command.present.length)
    return refuse(
      'INVALID',
      'ATTENDANCE',
      unknown === undefined ? 'somebody is named twice' : `${unknown} was never on the roster`,
      'name each person once, and count everybody else among the others',
    );
  if (place.stream.evidence.some((item) => item.meeting === meeting.id))
    return refuse(
      'CONFLICT',
      'MINUTES_RECORDED',
      'minutes rest on this attendance',
      'amend the minutes to say who else was there',
    );
  return { ok: true, events: [{ type: 'AttendanceRecorded', data: command }] };
};

export const meetingHandlers: MeetingHandlers = {
  CallMeeting: callMeeting,
  MoveMeeting: moveMeeting,
  CancelMeeting: cancelMeeting,
  ProposeAgendaItem: proposeAgendaItem,
  WithdrawAgendaItem: withdrawAgendaItem,
  SummarisePack: summarisePack,
  SendPack: sendPack,
  RecordAttendance: recordAttendance,
  ...outcomeHandlers,
};
