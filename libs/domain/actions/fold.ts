// How actions grow: each report is kept beside the ones before it.
import type { Folds } from '../evolve/fold';
import type { ActionsEvents, ActionsState } from './terms';

export const noActions: ActionsState = { actions: {} };

export const actionsFolds: Folds<ActionsEvents> = {
  ActionPlanned: (s, { action: id, ...planned }, { at }) => ({
    ...s,
    actions: { ...s.actions, [id]: { id, ...planned, at, reports: [] } },
  }),
  ActionReported: (s, { action: id, ...report }, { at }) => {
    const action = s.actions[id];
    if (!action) return s;
    const reports = [...action.reports, { ...report, at }];
    return { ...s, actions: { ...s.actions, [id]: { ...action, reports } } };
  },
};
