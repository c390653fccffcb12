// What the events about the issue change in a project's state.
import { by } from '../evolve/fold';
import type { Fold } from '../evolve/fold';
import type { IssueEvents, IssueState } from './terms';

export const noIssue: IssueState = { profiles: [], narratives: [] };

export const issueFolds: { [T in keyof IssueEvents]: Fold<T> } = {
  IssueProfiled: (state, { profile: id, ...profile }, event) => ({
    ...state,
    profiles: [...state.profiles, { id, ...profile, person: by(event), at: event.at }],
  }),
  NarrativeTold: (state, { narrative: id, ...narrative }, event) => ({
    ...state,
    narratives: [...state.narratives, { id, ...narrative, person: by(event), at: event.at }],
  }),
  NarrativeNamed: (state, { narrative: id, isNamed }) => ({
    ...state,
    narratives: state.narratives.map((n) => (n.id === id ? { ...n, isNamed } : n)),
  }),
};
