// What the events about sources change in a project's state.
import { by } from '../evolve/fold';
import type { Fold } from '../evolve/fold';
import type { SourceEvents, SourceState } from './terms';

export const noSources: SourceState = { sources: {}, discovery: [] };

export const sourceFolds: { [T in keyof SourceEvents]: Fold<T> } = {
  SourceRegistered: (state, { source: id, ...terms }, event) => {
    const registered = { id, terms, registeredBy: by(event), registeredAt: event.at, earlier: [] };
    return { ...state, sources: { ...state.sources, [id]: registered } };
  },
  SourceRevised: (state, { source: id, because, ...terms }, { at }) => {
    const known = state.sources[id];
    if (!known) return state;
    const earlier = [...known.earlier, { terms: known.terms, until: at, because }];
    return { ...state, sources: { ...state.sources, [id]: { ...known, terms, earlier } } };
  },
  DiscoveryRecorded: (state, { entry: id, ...said }, event) => ({
    ...state,
    discovery: [...state.discovery, { id, ...said, person: by(event), at: event.at }],
  }),
};
