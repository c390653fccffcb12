// What naming the core team changes in the programme's state.
import type { Instant } from '../words';
import type { CoreTeamEvents, CoreTeamState } from './terms';

export const coreTeamFolds = {
  CoreTeamNamed: <S extends CoreTeamState>(
    state: S,
    { members }: CoreTeamEvents['CoreTeamNamed'],
    { at }: { at: Instant },
  ): S => ({ ...state, coreTeam: { members, at } }),
};
