// The shape of what an event of a project's stream changes in its state.
import type { ProjectEvent, ProjectOnlyEvents, Recorded } from '../events';
import type { ProjectState } from '../state';
import type { PersonId } from '../words';

export type Fold<T extends keyof ProjectOnlyEvents> = (
  state: ProjectState,
  data: ProjectOnlyEvents[T],
  event: Recorded<ProjectEvent>,
) => ProjectState;

/** What each event of one concern changes. */
export type Folds<Events> = { [T in keyof Events & keyof ProjectOnlyEvents]: Fold<T> };

/** The person whose command it was; empty for the engine's own. */
export const by = ({ actor }: Recorded<ProjectEvent>): PersonId => ('person' in actor ? actor.person : '');
