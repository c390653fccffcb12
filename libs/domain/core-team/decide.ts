// Naming the core team: by a project lead, from both sides, of people on the roster.
import { refuse } from '../refusal';
import type { Handler } from '../decide/programme-context';
import { accept, person } from '../decide/programme-context';
import { holds, tenureOf } from '../rules/roster';
import { OFFICIALS, RESEARCHERS, sidesOf } from './rules';
import type { CoreTeamCommands } from './terms';

const nameCoreTeam: Handler<'NameCoreTeam'> = (context, { members }) => {
  const { state, now } = context;
  const by = person(context);
  if (by === null || !holds(state, by, ['projectLead'], now))
    return refuse('FORBIDDEN', 'WRONG_ROLE', 'this needs the role projectLead', 'ask a project lead');
  if (new Set(members).size !== members.length)
    return refuse('INVALID', 'NAMED_TWICE', 'somebody is named twice', 'name each person once');
  const stranger = members.find((id) => !tenureOf(state, id, now));
  if (stranger !== undefined)
    return refuse(
      'INVALID',
      'NOT_ON_ROSTER',
      `${stranger} is not on the roster`,
      'let their registrar attest them first',
    );
  const outsider = members.find((id) => !holds(state, id, [...RESEARCHERS, ...OFFICIALS], now));
  if (outsider !== undefined)
    return refuse(
      'INVALID',
      'NEITHER_SIDE',
      `${outsider} is neither a researcher nor an official of the policy partners`,
      `members hold one of ${[...RESEARCHERS, ...OFFICIALS].join(', ')}; invite others to meetings instead`,
    );
  const { researchers, officials } = sidesOf(state, members, now);
  if (researchers === 0 || officials === 0)
    return refuse(
      'INVALID',
      'ONE_SIDED',
      'a core team has researchers and officials',
      `name at least one of each; there are ${researchers} and ${officials}`,
    );
  return accept({ type: 'CoreTeamNamed', data: { members } });
};

export const coreTeamHandlers: { [T in keyof CoreTeamCommands]: Handler<T> } = {
  NameCoreTeam: nameCoreTeam,
};
