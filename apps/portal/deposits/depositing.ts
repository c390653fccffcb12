// Takes one file in by link: read from the form, sealed while it arrives, recorded, or nothing of it stays.
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { reference } from '#libs/contracts';
import type { Deposit } from '#libs/domain';
import type { Say } from '#libs/language';
import { commitText, Refused } from '#libs/ledger';
import { discardDeposit, receiveDeposit, VaultRefusal } from '#libs/vault/deposit';
import type { DepositReceipt } from '#libs/vault/deposit';
import type { Fields } from '#libs/web/http';
import { WritingLedger } from '../ledgers';
import { PortalSettings } from '../settings';
import { checkText } from '../signing/answer';
import type { Problem } from '../signing/answer';
import { withUpload } from './upload';

/** Whose file it is, and what to prove before a byte of it is read. */
export interface Handing {
  token: string;
  project: string;
  deposit: Deposit;
  /** Throws where the form is not our own. */
  proves: (csrf: string | undefined) => void;
}

export type Handed =
  | { is: 'RECEIVED' }
  | { is: 'WRONG'; status: 422 | 503; problems: Problem[]; fields: Fields }
  | { is: 'REFUSED'; refused: Refused };

/** What the vault says no to while a file arrives, in the person's language. */
const SAID = {
  TOO_LARGE: 'deposit.tooLarge',
  DIGEST_DIFFERS: 'deposit.digestDiffers',
  UPLOAD_BROKEN: 'deposit.brokeOff',
  DISK_FULL: 'deposit.full',
} as const;

@Injectable()
export class Depositing {
  constructor(
    private readonly writing: WritingLedger,
    private readonly settings: PortalSettings,
  ) {}

  take(request: Request, handing: Handing, t: Say): Promise<Handed> {
    return withUpload(request, async (fields, file) => {
      handing.proves(fields.csrf);
      const problems = problemsIn(fields, file !== null, t);
      if (file === null || problems.length > 0) return { is: 'WRONG', status: 422, problems, fields };
      try {
        const receipt = await receiveDeposit({
          ...{ deposit: reference(handing.project, handing.deposit.id), stream: file },
          ...{ maxBytes: this.settings.around.maxDepositBytes, vaultDir: this.settings.around.vaultDir },
          ...{ sha256: digestIn(fields), recipientPublicKey: handing.deposit.publicKey },
        });
        return await this.record(handing, receipt, fields.name ?? '');
      } catch (error) {
        const key = error instanceof VaultRefusal ? SAID[error.code as keyof typeof SAID] : undefined;
        if (key === undefined) throw error;
        const megabytes = Math.floor(this.settings.around.maxDepositBytes / 1_000_000);
        // A full disk is no fault of the file, and whoever watches the answers is to see it.
        const status = key === SAID.DISK_FULL ? 503 : 422;
        return { is: 'WRONG', status, problems: [{ field: 'file', text: t(key, { megabytes }) }], fields };
      }
    });
  }

  /** Judged under the project's lock: the grant may have been withdrawn, or a file received, while this one came in. */
  private async record(handing: Handing, receipt: DepositReceipt, name: string): Promise<Handed> {
    const { objectId: object, sha256: digest, bytes, wrappedKey } = receipt;
    const deposit = { deposit: handing.deposit.id, digest, bytes, object, wrappedKey };
    const { token, project } = handing;
    try {
      await this.writing.ledger.receiveDepositByLink({ token, project }, deposit, commitText(name));
      return { is: 'RECEIVED' };
    } catch (error) {
      // Only where it was refused: after any other failure it may have been recorded all the same.
      if (!(error instanceof Refused)) throw error;
      await discardDeposit(this.settings.around.vaultDir, object);
      return (await this.isOnRecord(handing, digest))
        ? { is: 'RECEIVED' }
        : { is: 'REFUSED', refused: error };
    }
  }

  /** The same file sent again is the same deposit. */
  private async isOnRecord({ project, deposit }: Handing, digest: string): Promise<boolean> {
    const { world } = await this.writing.ledger.world(project);
    return world.project.deposits[deposit.id]?.received?.digest === digest;
  }
}

const digestIn = (fields: Fields): string | undefined =>
  (fields.sha256 ?? '').replace(/[\s:]/g, '').toLowerCase() || undefined;

function problemsIn(fields: Fields, hasFile: boolean, t: Say): Problem[] {
  const problems: Problem[] = [];
  if (!hasFile) problems.push({ field: 'file', text: t('deposit.noFile') });
  if (!/^[0-9a-f]{64}$/.test(digestIn(fields) ?? 'a'.repeat(64)))
    problems.push({ field: 'sha256', text: t('deposit.noDigest') });
  if ((fields.name ?? '') === '') problems.push({ field: 'name', text: t('problem.name') });
  checkText(fields, 'name', 200, problems, t);
  return problems;
}
