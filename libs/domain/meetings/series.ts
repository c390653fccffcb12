// Commands on a programme's series of meetings (B55): planned once, called one after the other by the engine.
import type { Handler } from '../decide/programme-context';
import { refuse } from '../refusal';
import { coreTeam, isInCoreTeam } from '../core-team/rules';
import { ofProgramme, present } from '../evidence/place';
import type { Series, SeriesCommands } from './terms';
import { nextOccurrence, packDue } from './timing';
import { holidaysOf } from '../rules/agreement';
import { isTimeZone } from '../calendar/working-days';

type Handlers = { [T in keyof SeriesCommands]: Handler<T> };
const DAY = /^\d{4}-\d\d-\d\d$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Null where a clock somewhere can show these times. */
function rhythmRefusal({
  firstDay,
  time,
  timeZone,
  everyDays,
  minutes,
}: SeriesCommands['PlanMeetingSeries']) {
  const invalid = (reason: string, remedy: string) => refuse('INVALID', 'NO_RHYTHM', reason, remedy);
  const parsed = DAY.test(firstDay) ? new Date(`${firstDay}T00:00:00.000Z`) : new Date(NaN);
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== firstDay)
    return invalid(`${firstDay} is no day of the calendar`, 'write it as 2026-02-03');
  if (!TIME.test(time)) return invalid(`${time} is no time of day`, 'write it as 10:00');
  if (!isTimeZone(timeZone)) return invalid(`${timeZone} is no known time zone`, 'write it as Europe/London');
  const isSensible = [everyDays, minutes].every(Number.isInteger) && everyDays >= 1 && minutes >= 5;
  return isSensible && everyDays <= 366 && minutes <= 480
    ? null
    : invalid('a series meets every 1 to 366 days, for 5 to 480 minutes', 'every 14 days is usual');
}

const planMeetingSeries: Handlers['PlanMeetingSeries'] = (context, command) => {
  const by = present(ofProgramme(context));
  if (!by.ok) return by;
  const { state, now } = context;
  if (coreTeam(state, now).length === 0)
    return refuse(
      'CONFLICT',
      'NO_CORE_TEAM',
      'no core team is named that could meet',
      'name the core team first',
    );
  if (!isInCoreTeam(state, by.person, now))
    return refuse(
      'FORBIDDEN',
      'NOT_CORE_TEAM',
      'the core team plans its own meetings',
      'ask one of its members, or propose an agenda item',
    );
  const refused = rhythmRefusal(command);
  if (refused) return refused;
  const series = `ser${Object.keys(state.series).length + 1}`;
  return { ok: true, events: [{ type: 'MeetingSeriesPlanned', data: { series, ...command } }] };
};

/** Ends the series and cancels what of it is still to come. */
const endMeetingSeries: Handlers['EndMeetingSeries'] = (context, command) => {
  const by = present(ofProgramme(context));
  if (!by.ok) return by;
  const { state, now } = context;
  const series = state.series[command.series];
  if (!series || series.endedAt !== null)
    return refuse('NOT_FOUND', 'UNKNOWN_SERIES', `no series ${command.series} is going on`, 'check the id');
  if (!isInCoreTeam(state, by.person, now))
    return refuse(
      'FORBIDDEN',
      'NOT_CORE_TEAM',
      'the core team ends its own series',
      'ask one of its members',
    );
  const toCome = Object.values(state.meetings).filter(
    (m) => m.series === series.id && m.cancelled === null && m.startsAt > now,
  );
  const cancelled = toCome.map((meeting) => ({
    type: 'MeetingCancelled' as const,
    data: { meeting: meeting.id, reason: command.reason, sequence: meeting.sequence + 1 },
  }));
  return { ok: true, events: [{ type: 'MeetingSeriesEnded', data: command }, ...cancelled] };
};

const keepMeetingSeries: Handlers['KeepMeetingSeries'] = ({ state, actor, now }) => {
  if (!('process' in actor) || actor.process !== 'worker')
    return refuse('FORBIDDEN', 'ENGINE_ONLY', 'only the engine itself does this', 'nothing needs to be done');
  const invited = coreTeam(state, now);
  if (invited.length === 0) return { ok: true, events: [] };
  const holidays = holidaysOf(state);
  const due = Object.values(state.series).flatMap((series: Series) => {
    const next = nextOccurrence(state, series, now, holidays);
    return next ? [{ series, ...next }] : [];
  });
  const count = Object.keys(state.meetings).length;
  return {
    ok: true,
    events: due.map(({ series, occurrence, startsAt }, index) => ({
      type: 'MeetingCalled' as const,
      data: {
        ...{
          meeting: `mt${count + index + 1}`,
          series: series.id,
          occurrence,
          title: series.title,
          startsAt,
        },
        ...{ minutes: series.minutes, place: series.place, invited, packDue: packDue(startsAt, holidays) },
      },
    })),
  };
};

export const seriesHandlers: Handlers = {
  PlanMeetingSeries: planMeetingSeries,
  EndMeetingSeries: endMeetingSeries,
  KeepMeetingSeries: keepMeetingSeries,
};
