// The shape of what an event of a project's stream changes in its state.
import type { ProjectEvent, ProjectOnlyEvents, Recorded } from '../events';
import type { ProjectState } from '../state';

export type Fold<T extends keyof ProjectOnlyEvents> = (
  state: ProjectState,
  data: ProjectOnlyEvents[T],
  event: Recorded<ProjectEvent>,
) => ProjectState;
