// What a change of tempo changes in a project's state.
import { by } from '../evolve/fold';
import type { Fold } from '../evolve/fold';
import type { TempoEvents, TempoState } from './terms';

export const noTempo: TempoState = { tempos: [] };

export const tempoFolds: { [T in keyof TempoEvents]: Fold<T> } = {
  TempoSet: (state, change, event) => ({
    ...state,
    tempos: [...state.tempos, { ...change, person: by(event), at: event.at }],
  }),
};
