// Who may deposit now, and the record of what was received: the same for a file sent at once and for one sent in parts.
import { depositStatus, tenureOf } from '#libs/domain';
import type { Deposit } from '#libs/domain';
import { Refused } from '#libs/ledger';
import { discardDeposit } from '#libs/vault/deposit';
import type { DepositReceipt } from '#libs/vault/deposit';
import { notFound, personOf, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import type { Commands } from '../ledger/commands';
import { fail } from '../problems/problem';

export interface Received {
  readonly project: string;
  readonly deposit: string;
  readonly vaultDir: string;
  readonly receipt: DepositReceipt;
}

/** Judged again as it is recorded: the grant may have been withdrawn while the file came in. */
export async function recordDeposit(
  commands: Commands,
  call: Call,
  { project, deposit, vaultDir, receipt }: Received,
) {
  const { objectId: object, sha256: digest, bytes, wrappedKey } = receipt;
  const deposited = { deposit, digest, bytes, object, wrappedKey };
  const done = await commands.receiveDeposit(call, project, deposited).catch(async (error: unknown) => {
    // Only where it was refused: after any other failure it may have been recorded all the same.
    if (error instanceof Refused) await discardDeposit(vaultDir, object);
    throw error;
  });
  return { ...done, digest, bytes };
}

/** Judged before a byte is read; the domain judges again when it is recorded. */
export function mayDeposit(call: Call, id: string): Deposit {
  const { programme, project } = worldOf(call);
  const deposit = project.deposits[id] ?? notFound('deposit', id);
  const holder = project.imports[deposit.request]?.organisation ?? project.requests[deposit.request]?.holder;
  if (tenureOf(programme, personOf(call), call.now)?.organisation !== holder) {
    fail(
      403,
      'NOT_YOUR_DATA',
      'Only the holder’s own custodian, or whoever imports published data, hands its file over.',
      'Ask the data custodian of that organisation.',
    );
  }
  if (depositStatus(deposit) !== 'INVITED') {
    fail(
      409,
      'ALREADY_DEPOSITED',
      `The deposit ${id} is ${depositStatus(deposit)}.`,
      'GET …/deposits shows which one is INVITED.',
    );
  }
  return deposit;
}
