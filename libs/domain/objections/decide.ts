// The holder's command for a person who objects: possible in every state of the project, at once.
import { refuse } from '../refusal';
import { depositStatus } from '../rules/requests';
import type { Handler, Handlers } from '../decide/context';
import { accept, nextId, onRoster } from '../decide/context';
import { depositOf } from '../decide/deposits';
import type { ObjectionCommands } from './terms';

const recordObjection: Handler<'RecordObjection'> = (context, command) => {
  // Always possible, also for who no longer takes part.
  const by = onRoster(context, ['dataHolder', 'informationRiskOwner', 'dataCustodian']);
  if (!by.ok) return by;
  const found = depositOf(context, command.deposit);
  if (!found.ok) return found;
  const { deposit, request } = found;
  if (by.organisation !== request.holder)
    return refuse(
      'FORBIDDEN',
      'NOT_THE_HOLDER',
      `only ${request.holder} knows who objects to the use of its data`,
      'ask that holder',
    );
  if (command.assurance !== 'ACCOUNT')
    return refuse('FORBIDDEN', 'ASSURANCE', 'an objection is recorded by account', 'sign in');
  if (depositStatus(deposit) !== 'ACCEPTED')
    return refuse(
      'CONFLICT',
      'NOTHING_TO_LEAVE_OUT',
      `the deposit is ${depositStatus(deposit)}`,
      'nothing needs to be done: nobody is in a release of it',
    );
  if (command.people < 1)
    return refuse('INVALID', 'NOBODY', 'an objection names at least one pseudonym', 'name whose data it is');
  return accept({
    type: 'ObjectionRecorded',
    data: { objection: nextId(context, 'ob'), request: request.id, ...command, person: by.person },
  });
};

export const objectionHandlers: Pick<Handlers, keyof ObjectionCommands> = {
  RecordObjection: recordObjection,
};
