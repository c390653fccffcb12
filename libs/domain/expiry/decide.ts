// The engine keeps the time of what ends.
import type { Handler, Handlers } from '../decide/context';
import { accept, onlyProcess } from '../decide/context';
import { endings, warningDue } from './rules';
import type { ExpiryCommands } from './terms';

const keepExpiryTime: Handler<'KeepExpiryTime'> = (context) => {
  const foreign = onlyProcess(context, 'worker');
  if (foreign) return foreign;
  const { world, now } = context;
  const due = endings(world, now).flatMap((ending) => {
    const { what, id, ends } = ending;
    const days = warningDue(world.project, ending, now);
    return days === null ? [] : [{ type: 'ExpiryWarned' as const, data: { what, id, days, ends } }];
  });
  return accept(...due);
};

export const expiryHandlers: Pick<Handlers, keyof ExpiryCommands> = { KeepExpiryTime: keepExpiryTime };
