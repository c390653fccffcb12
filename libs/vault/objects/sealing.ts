// Encrypts a stream in chunks, so that any part can be checked before use and a cut or swapped end is noticed.
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Transform } from 'node:stream';
import { VaultRefusal } from './failures';
import type { Pieces } from './files';

export type SealedKind = 'deposit' | 'release' | 'result' | 'evidence' | 'units';

const MAGIC = Buffer.from('PARLEY1\n');
const KIND_BYTE: Record<SealedKind, number> = { deposit: 1, release: 2, result: 3, evidence: 4, units: 5 };
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
  const sealing = createSecretKey(key);
  const chunker = new Chunker(CHUNK_BYTES, (plain, index, isFinal) => {
    const cipher = createCipheriv('aes-256-gcm', sealing, nonceOf(prefix, index, isFinal));
    cipher.setAAD(header);
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  });
  const pushAll = (chunks: Iterable<Buffer>, done: (error?: Error) => void) => {
    try {
      // In one piece: each one costs every stage behind this one a turn.
      const bytes = Buffer.concat([...chunks]);
      if (bytes.length > 0) transform.push(bytes);
    } catch (error) {
      return done(error instanceof Error ? error : new Error('sealing failed'));
    }
    done();
  };
  const transform = new Transform({
    transform: (data: Buffer, _encoding, done) => pushAll(chunker.take(data), done),
    flush: (done) => pushAll([chunker.end()], done),
  });
  transform.push(header);
  return transform;
}

/** The nonce prefix for a plain text whose digest is known: the same text under the same key gives the same bytes. */
export function prefixOf(key: Buffer, sha256: string): Buffer {
  return createHmac('sha256', key).update(`parley nonce prefix ${sha256}`).digest().subarray(0, PREFIX_BYTES);
}

/**
 * Opens what {@link seal} made. A chunk is given only once it has been checked, and taken back when the next one is asked for: left to
 * the garbage collector, a hundred megabytes of chunks make it run a dozen times.
 */
export async function* unseal(pieces: Pieces, key: Buffer, kind: SealedKind): AsyncGenerator<Buffer> {
  // Every chunk takes its cipher from the key: as an object it is taken apart once.
  const opening = createSecretKey(key);
  let early = Buffer.alloc(0);
  let chunker: Chunker | null = null;
  for await (const piece of pieces) {
    if (chunker) {
      yield* lent(chunker.take(piece));
      continue;
    }
    early = Buffer.concat([early, piece]);
    if (early.length < HEADER_BYTES) continue;
    const header = Buffer.from(early.subarray(0, HEADER_BYTES));
    if (!isHeaderOf(header, kind)) throw damaged();
    chunker = new Chunker(CHUNK_BYTES + TAG_BYTES, (sealed, index, isFinal) =>
      openChunk(opening, header, sealed, index, isFinal),
    );
    yield* lent(chunker.take(early.subarray(HEADER_BYTES)));
  }
  if (!chunker) throw damaged();
  yield chunker.end();
}

function* lent(chunks: Iterable<Buffer>): Generator<Buffer> {
  for (const chunk of chunks) {
    yield chunk;
    const { buffer } = chunk;
    if (buffer instanceof ArrayBuffer && buffer.byteLength === chunk.length) buffer.transfer(0);
  }
}

function isHeaderOf(header: Buffer, kind: SealedKind): boolean {
  return header.subarray(0, MAGIC.length).equals(MAGIC) && header[MAGIC.length] === KIND_BYTE[kind];
}

function openChunk(key: KeyObject, header: Buffer, sealed: Buffer, index: number, isFinal: boolean): Buffer {
  if (sealed.length < TAG_BYTES) throw damaged();
  const prefix = header.subarray(HEADER_BYTES - PREFIX_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(prefix, index, isFinal));
  decipher.setAAD(header);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    const plain = decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES));
    // A mode of streams ends with no bytes of its own, but here it says whether the others may be believed.
    decipher.final();
    return plain;
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

/** Cuts a stream into chunks of one size; the last may be shorter, or empty where nothing came. */
class Chunker {
  /** What came and is no whole chunk yet, or may be the last one. */
  private held = Buffer.alloc(0);
  private index = 0;

  constructor(
    private readonly size: number,
    private readonly work: (data: Buffer, index: number, isFinal: boolean) => Buffer,
  ) {}

  /** Every chunk that is surely not the last; `data` may be used again once all were taken. */
  *take(data: Buffer): Generator<Buffer> {
    let at = 0;
    if (this.held.length > 0) {
      at = Math.min(data.length, this.size - this.held.length);
      this.held = Buffer.concat([this.held, data.subarray(0, at)]);
      if (at === data.length) return;
      yield this.next(this.held);
    }
    for (; data.length - at > this.size; at += this.size) yield this.next(data.subarray(at, at + this.size));
    this.held = Buffer.from(data.subarray(at));
  }

  end(): Buffer {
    return this.work(this.held, this.index, true);
  }

  private next(chunk: Buffer): Buffer {
    const done = this.work(chunk, this.index, false);
    this.index += 1;
    return done;
  }
}
