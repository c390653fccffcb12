// A file on its way into the vault: measured while it passes, and told apart from the connection it comes on.
import { createHash } from 'node:crypto';
import { Readable, Transform } from 'node:stream';
import { VaultRefusal, codeOf } from './failures';

/** The source without ownership: a refused upload must not close the connection its answer goes back on. */
export function unowned(stream: Readable): Readable {
  return Readable.from(piecesOf(stream), { objectMode: false });
}

async function* piecesOf(stream: Readable): AsyncGenerator<Buffer> {
  for await (const piece of stream.iterator({ destroyOnReturn: false })) yield piece as Buffer;
}

/** Counts and digests what passes, and stops it where it grows too large. */
export class Meter extends Transform {
  bytes = 0;
  private readonly hash = createHash('sha256');
  private digest = '';

  constructor(
    private readonly maxBytes: number,
    private readonly tooLarge: { kind: string; remedy: string },
    /** What the sender says the file's digest is, in hex. */
    private readonly announced?: string,
  ) {
    super();
  }

  override _transform(
    data: Buffer,
    _encoding: BufferEncoding,
    done: (error: Error | null, data?: Buffer) => void,
  ) {
    this.bytes += data.length;
    if (this.bytes > this.maxBytes) {
      const message = `The file is larger than ${this.maxBytes.toLocaleString('en-GB')} bytes, the most ${this.tooLarge.kind} may have. Nothing was kept; ${this.tooLarge.remedy}.`;
      return done(new VaultRefusal('TOO_LARGE', message));
    }
    this.hash.update(data);
    done(null, data);
  }

  /** A file that is not the one announced is stopped before it has a name. */
  override _flush(done: (error: Error | null) => void): void {
    this.digest = this.hash.digest('hex');
    if (this.announced === undefined || this.announced === this.digest) return done(null);
    const message =
      'What arrived is not the file that was announced: its SHA-256 differs. Nothing was kept; send the file again from its beginning.';
    done(new VaultRefusal('DIGEST_DIFFERS', message));
  }

  /** The digest of what passed, once all of it has. */
  sha256(): string {
    return this.digest;
  }
}

export function brokenUpload(error: unknown): unknown {
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
