// Setting a project's tempo (B47).
import { refuse } from '../refusal';
import type { Handler, Handlers } from '../decide/context';
import { accept, acting } from '../decide/context';
import { tempoOf } from './haste';

const setTempo: Handler<'SetTempo'> = (context, command) => {
  const by = acting(context, ['projectLead', 'policyOfficial']);
  if (!by.ok) return by;
  if ((command.tempo === 'SHOCK') === (command.cause === null))
    return refuse(
      'INVALID',
      'CAUSE',
      command.tempo === 'SHOCK' ? 'a shock has a cause' : 'routine has no cause',
      'name public outcry, change of national policy or economic change for a shock, and nothing for routine',
    );
  if (tempoOf(context.world.project) === command.tempo && command.tempo === 'ROUTINE')
    return refuse('CONFLICT', 'ROUTINE', 'the project runs at its routine tempo', 'nothing needs to be done');
  return accept({ type: 'TempoSet', data: command });
};

export const tempoHandlers: Pick<Handlers, 'SetTempo'> = { SetTempo: setTempo };
