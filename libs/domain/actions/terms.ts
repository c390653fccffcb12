// What refinement sets going: an action with owner, date, expected effect and evidence, and what became of it (B50).
import type { Instant, OrganisationId, PersonId, Text } from '../words';
import type { Day } from '../admissibility/terms';

export const ACTION_STATUSES = ['PLANNED', 'UNDER_WAY', 'PARTLY_DONE', 'DONE', 'NOT_DONE'] as const;
export type ActionStatus = (typeof ACTION_STATUSES)[number];

interface Planned {
  what: Text;
  owner: PersonId;
  due: Day;
  effect: Text;
  insights: string[];
  analyses: string[];
  /** Evidence besides data. */
  evidence: Text | null;
}

export interface ActionsEvents {
  ActionPlanned: Planned & { action: string; cycle: string; person: PersonId; organisation: OrganisationId };
  ActionReported: { action: string; cycle: string; person: PersonId; status: ActionStatus; text: Text };
}

export interface ActionsCommands {
  PlanAction: Planned;
  ReportAction: { action: string; status: ActionStatus; text: Text };
}

export interface PlannedAction extends Planned {
  id: string;
  cycle: string;
  /** Who recorded it, and the owner's organisation then. */
  person: PersonId;
  organisation: OrganisationId;
  at: Instant;
  reports: { cycle: string; person: PersonId; status: ActionStatus; text: Text; at: Instant }[];
}

export interface ActionsState {
  actions: Record<string, PlannedAction>;
}
