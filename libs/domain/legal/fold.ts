// What each event about legal files and incidents changes in a project's state.
import type { Instant } from '../words';
import type { LegalEvents, LegalState } from './terms';

export const noLegal: LegalState = { legalFiles: [], incidents: [] };

const changed = <T extends { id: string }>(all: T[], id: string, change: (one: T) => T): T[] =>
  all.map((one) => (one.id === id ? change(one) : one));

type Fold<T extends keyof LegalEvents> = <S extends LegalState>(
  state: S,
  data: LegalEvents[T],
  event: { at: Instant },
) => S;

export const legalFolds: { [T in keyof LegalEvents]: Fold<T> } = {
  LegalFileDrafted: (s, { file: id, ...terms }, { at }) => ({
    ...s,
    legalFiles: [...s.legalFiles, { id, ...terms, at, advice: [], overrides: [] }],
  }),
  AdviceRecorded: (s, { file, assurance: _assurance, ...advice }, { at }) => ({
    ...s,
    legalFiles: changed(s.legalFiles, file, (f) => ({ ...f, advice: [...f.advice, { ...advice, at }] })),
  }),
  AdviceOverridden: (s, { file, person, reason }, { at }) => ({
    ...s,
    legalFiles: changed(s.legalFiles, file, (f) => ({
      ...f,
      overrides: [...f.overrides, { person, reason, at }],
    })),
  }),
  IncidentRecorded: (s, { incident: id, ...recorded }, { at }) => ({
    ...s,
    incidents: [...s.incidents, { id, ...recorded, at, reminders: [], reported: null }],
  }),
  IncidentReminded: (s, { incident, hoursLeft }, { at }) => ({
    ...s,
    incidents: changed(s.incidents, incident, (one) => ({
      ...one,
      reminders: [...one.reminders, { hoursLeft, at }],
    })),
  }),
  IncidentReported: (s, { incident, ...reported }, { at }) => ({
    ...s,
    incidents: changed(s.incidents, incident, (one) => ({ ...one, reported: { ...reported, at } })),
  }),
};
