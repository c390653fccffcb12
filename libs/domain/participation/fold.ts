// What naming a project's people changes in its state.
import { by } from '../evolve/fold';
import type { Fold } from '../evolve/fold';
import type { ParticipationEvents, ParticipationState } from './terms';

export const everybody: ParticipationState = { rosters: {} };

export const participationFolds: { [T in keyof ParticipationEvents]: Fold<T> } = {
  ProjectRosterSet: (state, { organisation, people }, event) => ({
    ...state,
    rosters: { ...state.rosters, [organisation]: { people, person: by(event), at: event.at } },
  }),
};
