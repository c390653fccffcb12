// Naming who of an organisation takes part in a project (B1).
import { refuse } from '../refusal';
import type { Handler, Handlers } from '../decide/context';
import { accept, onRoster } from '../decide/context';
import { tenureOf } from '../rules/roster';

const setProjectRoster: Handler<'SetProjectRoster'> = (context, { people }) => {
  // A registrar speaks for the organisation whether or not they take part themselves.
  const by = onRoster(context, ['registrar']);
  if (!by.ok) return by;
  const { world, now } = context;
  const { organisation } = by;
  const isOwn = (person: string) => tenureOf(world.programme, person, now)?.organisation === organisation;
  const strangers = (people ?? []).filter((person) => !isOwn(person));
  if (strangers.length > 0)
    return refuse(
      'INVALID',
      'NOT_YOUR_PERSON',
      `not people of ${organisation}: ${strangers.join(', ')}`,
      'a registrar names people of their own organisation',
    );
  const { lead } = world.project;
  if (people !== null && isOwn(lead) && !people.includes(lead))
    return refuse(
      'CONFLICT',
      'LEAD',
      'who leads the project takes part in it',
      'keep the lead on the list, or record that they left',
    );
  return accept({ type: 'ProjectRosterSet', data: { organisation, people } });
};

export const participationHandlers: Pick<Handlers, 'SetProjectRoster'> = {
  SetProjectRoster: setProjectRoster,
};
