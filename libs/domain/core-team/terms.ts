// The core team of a programme (B1): the researchers and officials who carry it, whatever projects come and go.
import type { Instant, PersonId } from '../words';

export interface CoreTeamEvents {
  /** The whole team as it is from now on; whoever is left out has left it. */
  CoreTeamNamed: { members: PersonId[] };
}

export interface CoreTeamCommands {
  NameCoreTeam: { members: PersonId[] };
}

export interface CoreTeamState {
  coreTeam: { members: PersonId[]; at: Instant } | null;
}
