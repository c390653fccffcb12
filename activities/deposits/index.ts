// Deposits: invited with a key of their own, checked against the grant, and destroyed when their time is over.
import { heartbeat } from '@temporalio/activity';
import { reference } from '#libs/contracts';
import { depositStatus, leftOfDeposit } from '#libs/domain';
import type { Deposit, World } from '#libs/domain';
import type { Ledger } from '#libs/ledger';
import { DataSpec } from '#libs/vault';
import type { Vault } from '#libs/vault';
import { isForGood, step, TAKEN, WORKER } from '../answers';
import type { Step } from '../answers';
import { certificate, document } from '../documents';
import { whileWorking } from '../heartbeats';
import type { RequestInput } from '../requests';

export interface DepositInput {
  project: string;
  deposit: string;
}

export interface DepositDeps {
  ledger: Ledger;
  vault: Vault;
  /** How many days the operator keeps backups; null where nobody said. */
  backupDays?: number | null;
}

export function createDepositActivities({ ledger, vault, backupDays = null }: DepositDeps) {
  async function find({ project, deposit }: DepositInput): Promise<{ world: World; deposit: Deposit }> {
    const { world } = await ledger.world(project);
    const found = world.project.deposits[deposit];
    if (!found) throw new Error(`The project ${project} has no deposit ${deposit}.`);
    return { world, deposit: found };
  }

  return {
    /** A key pair for one deposit: its private half goes to the key store, its public half to whoever takes the file in. */
    async inviteDeposit({ project, request }: RequestInput): Promise<Step> {
      return step(() =>
        ledger.onProject(project, WORKER, async (world) => {
          // Under the project's lock, so that the key pair carries the number this deposit is about to get.
          const deposit = `d${(world.project.counters['d'] ?? 0) + 1}`;
          const { publicKey } = await vault.keys.createDepositKeyPair(reference(project, deposit));
          return { command: { type: 'InviteDeposit', request, publicKey } };
        }),
      );
    },

    /** Checks what was received against the grant, or the import, and records the report; a file that does not fit is refused. */
    async checkDeposit(at: DepositInput): Promise<Step> {
      const { world, deposit } = await find(at);
      const spec = termsFor(world, deposit)?.depositAs;
      if (depositStatus(deposit) !== 'RECEIVED' || !deposit.received || !spec) return TAKEN;
      const { object } = deposit.received;
      return step(async () => {
        const { wrappedKey } = await ledger.openDeposit(at.project, at.deposit, 'check');
        const opened = { deposit: reference(at.project, at.deposit), objectId: object, wrappedKey };
        const report = await whileWorking((options) =>
          vault.checkDeposit(opened, DataSpec.parse(spec), options),
        ).catch(unreadable);
        const paper = document(report);
        const { deposit: id } = at;
        const command = report.accepted
          ? ({ type: 'AcceptDeposit', deposit: id, rows: report.rows, report: paper.id } as const)
          : ({ type: 'RefuseDeposit', deposit: id, report: paper.id } as const);
        await ledger.onProject(at.project, WORKER, () => ({ command, contents: [paper] }));
      });
    },

    /** Destroys both keys and the bytes of a deposit, and certifies it. */
    async destroyDeposit(at: DepositInput): Promise<Step> {
      const { world, deposit } = await find(at);
      if (deposit.destroyed) return TAKEN;
      heartbeat();
      const ledgerPartDestroyedAt = await ledger.destroyDepositKey(at.project, at.deposit);
      const proof = await vault.destroy(
        'deposit',
        reference(at.project, at.deposit),
        deposit.received?.object ?? null,
      );
      const remains = { ...leftOfDeposit(world.project, at.deposit), units: null };
      const paper = certificate(proof, { ledgerPartDestroyedAt, remains, backupDays });
      return step(() =>
        ledger.onProject(at.project, WORKER, () => ({
          command: { type: 'CertifyDepositDestroyed', deposit: at.deposit, certificate: paper.id },
          contents: [paper],
        })),
      );
    },
  };
}

/** What a file has to look like: as its holder granted it, or as it was published. */
export const termsFor = ({ project }: World, { request }: Deposit) =>
  project.requests[request]?.answer?.grant ?? project.imports[request] ?? null;

/** Bytes that cannot be opened are refused like any other bad file, so that the holder is asked again. */
function unreadable(error: unknown): { accepted: false; rows: 0; findings: object[] } {
  if (!isForGood(error)) throw error;
  return {
    accepted: false,
    rows: 0,
    findings: [{ code: 'UNREADABLE', severity: 'refuse', count: 1, rows: [], message: error.message }],
  };
}
