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

  constructor(
    private readonly maxBytes: number,
    private readonly tooLarge: { kind: string; remedy: string },
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

  sha256(): string {
    return this.hash.digest('hex');
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
