// Who of an organisation takes part in one project: the roster differs per project and changes over time (B1, B55).
import type { Instant, OrganisationId, PersonId } from '../words';

/** An organisation's own list for a project; null: everybody it has on the programme's roster. */
export interface ProjectRoster {
  people: PersonId[] | null;
  /** The registrar who said so. */
  person: PersonId;
  at: Instant;
}

export interface ParticipationEvents {
  ProjectRosterSet: { organisation: OrganisationId; people: PersonId[] | null };
}

export interface ParticipationCommands {
  /** By a registrar, for their own organisation: a lead who chose the roster would choose the signers. */
  SetProjectRoster: { people: PersonId[] | null };
}

export interface ParticipationState {
  rosters: Record<OrganisationId, ProjectRoster>;
}
