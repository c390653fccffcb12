// What each event about published data changes in a project's state.
import type { Fold } from '../evolve/fold';
import type { PublishedEvents, PublishedState } from './terms';

export const nothingPublished: PublishedState = { imports: {} };

export const publishedFolds: { [T in keyof PublishedEvents]: Fold<T> } = {
  ImportProposed: (state, { import: id, ...terms }, { at }) => ({
    ...state,
    imports: { ...state.imports, [id]: { id, ...terms, at, checks: [] } },
  }),
  LegalCheckRecorded: (state, { import: id, person, outcome, text }, { at }) => {
    const known = state.imports[id];
    if (!known) return state;
    const checks = [...known.checks, { person, outcome, text, at }];
    return { ...state, imports: { ...state.imports, [id]: { ...known, checks } } };
  },
};
