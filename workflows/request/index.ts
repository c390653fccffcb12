// One data request: the holder's answer, then the deposit it leads to, until that is destroyed.
import { continueAsNew } from '@temporalio/workflow';
import type { RequestInput } from '#activities';
import { files, ledger } from '../calls';
import { isLongEnough, Wakes } from '../waking';

/**
 * Silence: the holder is reminded, then the request lapses; nothing is ever taken as granted. A deposit that nobody
 * makes stays invited until the grant expires. What was deposited is destroyed when its time is over.
 */
export async function request(here: RequestInput): Promise<void> {
  const wakes = new Wakes();
  for (;;) {
    const next = await ledger.nextForRequest(here);
    switch (next.move) {
      case 'DONE':
        return;
      case 'INVITE_DEPOSIT': // granted: a key pair for this deposit only, and the holder is asked for the file
        await wakes.heed(files.inviteDeposit(here));
        break;
      case 'CHECK_DEPOSIT': // does the file keep to the grant? If not: its report, its end, and a new invitation
        await wakes.heed(files.checkDeposit({ project: here.project, deposit: next.deposit }));
        break;
      case 'DESTROY_DEPOSIT':
        await wakes.heed(files.destroyDeposit({ project: here.project, deposit: next.deposit }));
        break;
      case 'WAIT':
        await wakes.next(next.dueIn);
        break;
    }
    if (await isLongEnough()) return continueAsNew<typeof request>(here);
  }
}
