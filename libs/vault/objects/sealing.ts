// Encrypts a stream in chunks, so that any part can be checked before use and a cut or swapped end is noticed.
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { Transform } from 'node:stream';
import type { TransformCallback } from 'node:stream';
import { VaultRefusal } from './failures';

export type SealedKind = 'deposit' | 'release' | 'result';

const MAGIC = Buffer.from('PARLEY1\n');
const KIND_BYTE: Record<SealedKind, number> = { deposit: 1, release: 2, result: 3 };
const PREFIX_BYTES = 7;
const TAG_BYTES = 16;
const CHUNK_BYTES = 64 * 1024;
const HEADER_BYTES = MAGIC.length + 1 + PREFIX_BYTES;
/** The counter has 32 bits; staying below it also keeps one key under AES-GCM's limits (256 TiB). */
const MOST_CHUNKS = 2 ** 32;

/**
 * The STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár 2015) with AES-256-GCM: chunk i is sealed under the
 * nonce prefix (7 bytes) ‖ i (4 bytes) ‖ final flag (1 byte), the header as associated data. Reordered,
 * repeated, dropped or appended chunks do not open. One key seals one plain text only.
 */
export function seal(key: Buffer, kind: SealedKind, prefix: Buffer = randomBytes(PREFIX_BYTES)): Transform {
  const header = Buffer.concat([MAGIC, Buffer.from([KIND_BYTE[kind]]), prefix]);
  let index = 0;
  return inChunks(CHUNK_BYTES, {
    before: header,
    chunk(plain, isFinal) {
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(prefix, index, isFinal));
      cipher.setAAD(header);
      index += 1;
      return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
  });
}

/** The nonce prefix for a plain text whose digest is known: the same text under the same key gives the same bytes. */
export function prefixOf(key: Buffer, sha256: string): Buffer {
  return createHmac('sha256', key).update(`parley nonce prefix ${sha256}`).digest().subarray(0, PREFIX_BYTES);
}

/** Opens what {@link seal} made; emits a chunk only once it has been checked. */
export function unseal(key: Buffer, kind: SealedKind): Transform {
  let header: Buffer | null = null;
  let early = Buffer.alloc(0);
  let index = 0;
  const body = (at: Buffer) =>
    inChunks(CHUNK_BYTES + TAG_BYTES, {
      chunk(sealed, isFinal) {
        const plain = openChunk(key, at, sealed, index, isFinal);
        index += 1;
        return plain;
      },
    });
  let inner: ChunkTransform | null = null;
  return new Transform({
    transform(data: Buffer, _encoding, done) {
      if (inner) return inner.relay(this, data, done);
      early = Buffer.concat([early, data]);
      if (early.length < HEADER_BYTES) return done();
      header = Buffer.from(early.subarray(0, HEADER_BYTES));
      const problem = headerProblem(header, kind);
      if (problem) return done(problem);
      inner = body(header);
      inner.relay(this, early.subarray(HEADER_BYTES), done);
    },
    flush(done) {
      if (!inner) return done(damaged());
      inner.finish(this, done);
    },
  });
}

function headerProblem(header: Buffer, kind: SealedKind): VaultRefusal | null {
  const isParley = header.subarray(0, MAGIC.length).equals(MAGIC);
  return isParley && header[MAGIC.length] === KIND_BYTE[kind] ? null : damaged();
}

function openChunk(key: Buffer, header: Buffer, sealed: Buffer, index: number, isFinal: boolean): Buffer {
  if (sealed.length < TAG_BYTES) throw damaged();
  const decipher = createDecipheriv(
    'aes-256-gcm',
    key,
    nonceOf(header.subarray(HEADER_BYTES - PREFIX_BYTES), index, isFinal),
  );
  decipher.setAAD(header);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES)), decipher.final()]);
  } catch {
    throw damaged();
  }
}

function nonceOf(prefix: Buffer, index: number, isFinal: boolean): Buffer {
  if (index >= MOST_CHUNKS)
    throw new VaultRefusal('TOO_LARGE', 'The file is too large to be sealed under one key.');
  const nonce = Buffer.alloc(12);
  prefix.copy(nonce);
  nonce.writeUInt32BE(index, PREFIX_BYTES);
  nonce[11] = isFinal ? 1 : 0;
  return nonce;
}

function damaged(): VaultRefusal {
  return new VaultRefusal(
    'DAMAGED',
    'The sealed file does not open: it is cut short, was changed, or the key is another one. Restore it from a copy, or deposit it again.',
  );
}

interface ChunkWork {
  readonly before?: Buffer;
  chunk(data: Buffer, isFinal: boolean): Buffer;
}

/** Cuts a stream into chunks of one size; the last may be shorter, or empty where nothing came. */
class ChunkTransform extends Transform {
  private held: Buffer[] = [];
  private heldBytes = 0;

  constructor(
    private readonly size: number,
    private readonly work: ChunkWork,
  ) {
    super();
    if (work.before) this.push(work.before);
  }

  override _transform(data: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.relay(this, data, done);
  }

  override _flush(done: TransformCallback): void {
    this.finish(this, done);
  }

  /** Takes data and pushes every chunk that is surely not the last. */
  relay(target: Transform, data: Buffer, done: TransformCallback): void {
    try {
      this.held.push(data);
      this.heldBytes += data.length;
      if (this.heldBytes > this.size) {
        let all = Buffer.concat(this.held);
        while (all.length > this.size) {
          target.push(this.work.chunk(all.subarray(0, this.size), false));
          all = all.subarray(this.size);
        }
        this.held = [Buffer.from(all)];
        this.heldBytes = all.length;
      }
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  finish(target: Transform, done: TransformCallback): void {
    try {
      target.push(this.work.chunk(Buffer.concat(this.held), true));
      done();
    } catch (error) {
      done(error as Error);
    }
  }
}

function inChunks(size: number, work: ChunkWork): ChunkTransform {
  return new ChunkTransform(size, work);
}
