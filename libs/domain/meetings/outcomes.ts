// What a meeting agrees: drafted, put up for sign-off, and confirmed by link. The meeting itself decides nothing (B12).
import { refuse } from '../refusal';
import type { Deciding } from '../evidence/place';
import { present } from '../evidence/place';
import { currentRound } from '../rules/standing';
import { wasPresent } from './rules';
import type { MeetingCommands, MeetingEvents } from './terms';

type OutcomeHandlers = Pick<Deciding<MeetingCommands, MeetingEvents>, 'DraftOutcome' | 'PutUpOutcome'>;

export const outcomeHandlers: OutcomeHandlers = {
  /** By somebody who was there; of the programme's meetings also for one of its projects. */
  DraftOutcome: (place, command) => {
    const by = present(place);
    if (!by.ok) return by;
    const holder = command.at.of === 'PROGRAMME' ? place.programme : place.project;
    const meeting = holder?.meetings[command.at.meeting];
    if (!meeting)
      return refuse(
        'NOT_FOUND',
        'UNKNOWN_MEETING',
        `there is no meeting ${command.at.meeting}`,
        'check the id',
      );
    if (!meeting.attendance)
      return refuse(
        'CONFLICT',
        'NO_ATTENDANCE',
        `who attended ${meeting.id} is not recorded`,
        'record attendance first',
      );
    if (!wasPresent(meeting, by.person))
      return refuse(
        'FORBIDDEN',
        'NOT_PRESENT',
        'what a meeting agreed is drafted by somebody who was there',
        'ask one of those present',
      );
    const outcome = `mo${place.stream.outcomes.length + 1}`;
    return { ok: true, events: [{ type: 'OutcomeDrafted', data: { outcome, ...command } }] };
  },
  /** Names the sign-off that was opened with the draft; opening it is its own command, with its own rules. */
  PutUpOutcome: (place, { outcome: id, checkpoint }) => {
    const by = present(place);
    if (!by.ok) return by;
    const outcome = place.stream.outcomes.find((o) => o.id === id);
    if (!outcome) return refuse('NOT_FOUND', 'UNKNOWN_OUTCOME', `there is no outcome ${id}`, 'check the id');
    if (outcome.checkpoint !== null)
      return refuse('CONFLICT', 'PUT_UP', `it was put up as ${outcome.checkpoint}`, 'follow that sign-off');
    const asked = place.stream.checkpoints[checkpoint];
    const round = currentRound(asked);
    if (!asked || !round || asked.kind !== outcome.kind || round.openedAt < outcome.draftedAt)
      return refuse(
        'CONFLICT',
        'NOT_ITS_SIGN_OFF',
        `${checkpoint} is no sign-off of kind ${outcome.kind} opened since this was drafted`,
        `propose what was agreed, so that ${outcome.kind} opens, then name that`,
      );
    return { ok: true, events: [{ type: 'OutcomePutUp', data: { outcome: id, checkpoint } }] };
  },
};
