// Receives a deposit: encrypted while it arrives, never whole in memory, never in plain text on disk.
import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { wrapFileKey } from '../keys/wrapping';
import { brokenUpload, Meter, unowned } from '../objects/metering';
import { publish, removeObject } from '../objects/object-store';
import { seal } from '../objects/sealing';

export interface DepositIntake {
  /** The deposit's reference; the wrapped key opens for this deposit only. */
  readonly deposit: string;
  readonly stream: Readable;
  readonly maxBytes: number;
  /** The SHA-256 that the depositor announced, in hex: other bytes are refused. */
  readonly sha256?: string | undefined;
  /** The public key the worker made for this deposit (base64 SPKI, X25519). */
  readonly recipientPublicKey: string;
  readonly vaultDir: string;
  readonly signal?: AbortSignal;
}

/** Two gigabytes: a hundred million small cells; more is no extract but a database. */
export const MAX_DEPOSIT_BYTES = 2 * 1024 ** 3;

const TOO_LARGE = {
  kind: 'a deposit',
  remedy: 'deposit fewer fields or a shorter period',
};

export interface DepositReceipt {
  readonly objectId: string;
  /** Digest and length of the plain file, for the depositor to compare with their own. */
  readonly sha256: string;
  readonly bytes: number;
  /** The file's key, wrapped: whoever received the file cannot open it any more. */
  readonly wrappedKey: string;
}

/**
 * Streams a file into the vault under a fresh key. An upload that breaks off or grows beyond `maxBytes` leaves
 * nothing behind.
 */
export async function receiveDeposit(intake: DepositIntake): Promise<DepositReceipt> {
  const key = randomBytes(32);
  try {
    // Wrapped first: a bad public key is found before anything is read.
    const wrappedKey = wrapFileKey(intake.recipientPublicKey, key, intake.deposit);
    const meter = new Meter(intake.maxBytes, TOO_LARGE, intake.sha256);
    const { objectId } = await publish(
      intake.vaultDir,
      'deposit',
      [unowned(intake.stream), meter, seal(key, 'deposit')],
      intake.signal,
    );
    return { objectId, sha256: meter.sha256(), bytes: meter.bytes, wrappedKey };
  } catch (error) {
    throw brokenUpload(error);
  } finally {
    key.fill(0);
  }
}

/** Removes what was received and then not recorded: a grant may have changed while the file came in. */
export async function discardDeposit(vaultDir: string, objectId: string): Promise<void> {
  await removeObject(vaultDir, objectId);
}
