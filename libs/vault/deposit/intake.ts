// Receives a deposit: encrypted while it arrives, never whole in memory, never in plain text on disk.
import { createHash, randomBytes } from 'node:crypto';
import { Readable, Transform } from 'node:stream';
import { wrapFileKey } from '../keys/wrapping';
import { VaultRefusal, codeOf } from '../objects/failures';
import { publish } from '../objects/object-store';
import { seal } from '../objects/sealing';

export interface DepositIntake {
  /** The deposit's reference; the wrapped key opens for this deposit only. */
  readonly deposit: string;
  readonly stream: Readable;
  readonly maxBytes: number;
  /** The public key the worker made for this deposit (base64 SPKI, X25519). */
  readonly recipientPublicKey: string;
  readonly vaultDir: string;
  readonly signal?: AbortSignal;
}

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
    const meter = new Meter(intake.maxBytes);
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

/** The source without ownership: a refused upload must not close the connection its answer goes back on. */
function unowned(stream: Readable): Readable {
  return Readable.from(piecesOf(stream), { objectMode: false });
}

async function* piecesOf(stream: Readable): AsyncGenerator<Buffer> {
  for await (const piece of stream.iterator({ destroyOnReturn: false })) yield piece as Buffer;
}

class Meter extends Transform {
  bytes = 0;
  private readonly hash = createHash('sha256');

  constructor(private readonly maxBytes: number) {
    super();
  }

  override _transform(
    data: Buffer,
    _encoding: BufferEncoding,
    done: (error: Error | null, data?: Buffer) => void,
  ) {
    this.bytes += data.length;
    if (this.bytes > this.maxBytes) {
      const message = `The file is larger than ${this.maxBytes.toLocaleString('en-GB')} bytes, the most a deposit may have. Nothing was kept; deposit fewer fields or a shorter period.`;
      return done(new VaultRefusal('TOO_LARGE', message));
    }
    this.hash.update(data);
    done(null, data);
  }

  sha256(): string {
    return this.hash.digest('hex');
  }
}

function brokenUpload(error: unknown): unknown {
  const isBroken = ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'ABORT_ERR'].includes(codeOf(error));
  if (!isBroken) return error;
  return new VaultRefusal(
    'UPLOAD_BROKEN',
    'The upload broke off before its end. Nothing was kept; send the file again.',
    {
      cause: error,
    },
  );
}
