// Where an action stands, and which of them the next reflection has to speak about first.
import type { ProjectState } from '../state';
import type { ActionStatus, PlannedAction } from './terms';

export const actionStatus = (action: PlannedAction): ActionStatus =>
  action.reports.at(-1)?.status ?? 'PLANNED';

/** After these nothing more is asked about an action. */
const isOver: Record<ActionStatus, boolean> = {
  PLANNED: false,
  UNDER_WAY: false,
  PARTLY_DONE: false,
  DONE: true,
  NOT_DONE: true,
};

export const actionsOf = ({ actions }: ProjectState, cycle: string): PlannedAction[] =>
  Object.values(actions).filter((action) => action.cycle === cycle);

/** Actions of earlier cycles of which this cycle has not said what became of them. */
export const unreportedActions = ({ actions }: ProjectState, cycle: string): PlannedAction[] =>
  Object.values(actions).filter(
    (action) =>
      action.cycle !== cycle &&
      !isOver[actionStatus(action)] &&
      !action.reports.some((report) => report.cycle === cycle),
  );
