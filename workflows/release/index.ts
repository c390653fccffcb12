// One release: sealed, signed for, let through by the gate, and in the end destroyed.
import { continueAsNew } from '@temporalio/workflow';
import type { ReleaseInput } from '#activities';
import { files, ledger } from '../calls';
import { isLongEnough, Wakes } from '../waking';

/**
 * Silence: a release whose sign-offs do not come stays sealed, and closed. Only the gate's two judgements open it, and
 * only a person's sign-off makes them; asking it again is harmless. Expiry and withdrawal close it by themselves, by
 * the ledger's clock: what is left to do here is to destroy the bytes and both halves of the key, and to certify it.
 */
export async function release(here: ReleaseInput): Promise<void> {
  const wakes = new Wakes();
  for (;;) {
    const next = await ledger.nextForRelease(here);
    switch (next.move) {
      case 'DONE':
        return;
      case 'SEAL': // the manifest it yields is what `TRUST` signs
        await wakes.heed(files.sealRelease(here));
        break;
      case 'ASK_GATE':
        await wakes.heed(ledger.askGate(here));
        break;
      case 'DESTROY':
        await wakes.heed(files.destroyRelease(here));
        break;
      case 'WAIT':
        await wakes.next(next.dueIn);
        break;
    }
    if (await isLongEnough()) return continueAsNew<typeof release>(here);
  }
}
