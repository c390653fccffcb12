// What each event about meetings changes; alike in both kinds of stream, series in a programme's only.
import type { Actor, Instant } from '../words';
import type { Meeting, MeetingEvents, MeetingsState, SeriesEvents, SeriesState } from './terms';

interface Told {
  at: Instant;
  actor: Actor;
}
type Fold<T extends keyof MeetingEvents> = <S extends MeetingsState>(
  state: S,
  data: MeetingEvents[T],
  told: Told,
) => S;
type SeriesFold<T extends keyof SeriesEvents> = <S extends SeriesState>(
  state: S,
  data: SeriesEvents[T],
  told: Told,
) => S;

const by = ({ actor }: Told): string => ('person' in actor ? actor.person : '');

function on<S extends MeetingsState>(state: S, id: string, change: (meeting: Meeting) => Meeting): S {
  const meeting = state.meetings[id];
  return meeting ? { ...state, meetings: { ...state.meetings, [id]: change(meeting) } } : state;
}

export const meetingFolds: { [T in keyof MeetingEvents]: Fold<T> } = {
  MeetingCalled: (state, { meeting: id, ...called }, told) => {
    const meeting: Meeting = {
      ...{ ...called, id, caller: by(told) || null, sequence: 0, changedAt: told.at },
      ...{ summary: null, pack: null, attendance: null, cancelled: null },
    };
    return { ...state, meetings: { ...state.meetings, [id]: meeting } };
  },
  // A pack that went out stays what it was; people keep it, and the new time is told apart from it.
  MeetingMoved: (state, { meeting, ...moved }, { at }) =>
    on(state, meeting, (m) => ({ ...m, ...moved, changedAt: at })),
  MeetingCancelled: (state, { meeting, reason, sequence }, { at }) =>
    on(state, meeting, (m) => ({ ...m, sequence, cancelled: { reason, at }, changedAt: at })),
  AgendaItemProposed: (state, { item: id, text, person }, { at }) => ({
    ...state,
    agendaItems: [...state.agendaItems, { id, text, person, at, withdrawnAt: null }],
  }),
  AgendaItemWithdrawn: (state, { item }, { at }) => ({
    ...state,
    agendaItems: state.agendaItems.map((i) => (i.id === item ? { ...i, withdrawnAt: at } : i)),
  }),
  PackSummarised: (state, { meeting, text }, told) =>
    on(state, meeting, (m) => ({ ...m, summary: { text, person: by(told), at: told.at } })),
  PackSent: (state, { meeting, content }, { at }) =>
    on(state, meeting, (m) => ({ ...m, pack: { content, at } })),
  AttendanceRecorded: (state, { meeting, present, others }, { at }) =>
    on(state, meeting, (m) => ({ ...m, attendance: { present, others, at } })),
  OutcomeDrafted: (state, { outcome: id, at, kind, text }, told) => ({
    ...state,
    outcomes: [
      ...state.outcomes,
      { ...{ id, at, kind, text, person: by(told) }, draftedAt: told.at, checkpoint: null },
    ],
  }),
  OutcomePutUp: (state, { outcome, checkpoint }) => ({
    ...state,
    outcomes: state.outcomes.map((o) => (o.id === outcome ? { ...o, checkpoint } : o)),
  }),
};

export const seriesFolds: { [T in keyof SeriesEvents]: SeriesFold<T> } = {
  MeetingSeriesPlanned: (state, { series: id, ...planned }) => ({
    ...state,
    series: { ...state.series, [id]: { ...planned, id, endedAt: null } },
  }),
  MeetingSeriesEnded: (state, { series: id }, { at }) => {
    const series = state.series[id];
    return series ? { ...state, series: { ...state.series, [id]: { ...series, endedAt: at } } } : state;
  },
};
