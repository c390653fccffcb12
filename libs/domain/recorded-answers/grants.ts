// T15: a holder without e-mail takes a grant back by telephone or on paper; it closes at once, whoever writes it down.
import type { Handlers } from '../decide/context';
import { accept, onRoster } from '../decide/context';
import { withdrawGrant } from '../decide/requests';
import { mayNotRecord, unproved } from './decide';

export const recordedGrantHandlers: Pick<Handlers, 'RecordGrantWithdrawalOf'> = {
  RecordGrantWithdrawalOf: (context, { how, evidence, ...withdrawal }) => {
    const { world, now } = context;
    const by = onRoster(context);
    if (!by.ok) return by;
    const { person, ...grant } = withdrawal;
    // What the holder may do themselves, and nothing else, may be written down for them.
    const own = withdrawGrant({ ...context, actor: { person } }, { ...grant, assurance: 'RECORDED' });
    if (!own.ok) return own;
    const obstacle =
      mayNotRecord({ programme: world.programme, now }, by.person, person) ??
      unproved(world.project, evidence);
    if (obstacle) return obstacle;
    const written = { by: by.person, how, evidence };
    return accept({ type: 'GrantWithdrawn', data: { ...withdrawal, assurance: 'RECORDED', written } });
  },
};
