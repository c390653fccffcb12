// A published file is handed over by whoever imports it, and is the publisher's to the last byte.
import type { ProjectOnlyCommands } from '../commands';
import type { Answer, Context } from '../decide/context';
import { accept, acting } from '../decide/context';
import { refuse } from '../refusal';
import type { DepositStatus } from '../words';
import { IMPORTERS, isImportOpen } from './rules';
import type { PublishedImport } from './terms';

export function receivePublished(
  context: Context,
  command: ProjectOnlyCommands['ReceiveDeposit'],
  found: PublishedImport,
  status: DepositStatus,
): Answer {
  const by = acting(context, IMPORTERS);
  if (!by.ok) return by;
  if (by.organisation !== found.organisation)
    return refuse(
      'FORBIDDEN',
      'NOT_THEIR_IMPORT',
      `only people of ${found.organisation} hand this file over`,
      'ask whoever imports it',
    );
  if (!isImportOpen(found, context.now))
    return refuse(
      'CONFLICT',
      'LEGAL_CHECK',
      `the import ${found.id} may not be used`,
      'import another version',
    );
  if (status !== 'INVITED')
    return refuse(
      'CONFLICT',
      'ALREADY_RECEIVED',
      `the deposit is ${status}`,
      'wait for its check; a refused one is invited again',
    );
  if (command.digest !== found.digest)
    return refuse(
      'INVALID',
      'OTHER_FILE',
      `this file has the digest ${command.digest}, and ${found.digest} was imported`,
      'fetch the file again from its address, or import what it is now',
    );
  return accept({ type: 'DepositReceived', data: { ...command, person: by.person } });
}
