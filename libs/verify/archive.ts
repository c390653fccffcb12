// Reading a zip that may be hostile: names, sizes and contents are taken from nobody's word, and nothing is unpacked to disk.
import { BlobReader, configure, ZipReader } from '@zip.js/zip.js';
import type { FileEntry } from '@zip.js/zip.js';
import { textOf } from '#libs/log';
import { gunzip } from './gunzip';
import { piecesOf } from './pieces';
import { told } from './told';
import { Failed, failing, reasonOf } from './verdict';

export interface Limits {
  /** Bytes of all files together, unpacked. */
  total: number;
  files: number;
  /** How many times larger than packed a file may be, beyond the first megabyte. */
  ratio: number;
}

export const LIMITS: Limits = { total: 8 * 2 ** 30, files: 500_000, ratio: 200 };
const LEADS_ELSEWHERE = told('verifier.zip.leadsElsewhere');
const DEFLATED = 8;
/** RFC 1952: deflate, nothing else said. */
const GZIP_HEADER = Uint8Array.of(0x1f, 0x8b, DEFLATED, 0, 0, 0, 0, 0, 0, 0xff);
const FIRST_MEGABYTE = 2 ** 20;
const PACKED_PIECE = 2 ** 19;
/** Files that are read side by side; one more would wait for another to end. */
const AT_ONCE = 8;
/** Text files that are read whole. */
const LARGEST_TEXT = 64 * 2 ** 20;

/** The files of a zip by name. Everything about it that is not as an export makes it is refused. */
export class Archive {
  private constructor(private readonly files: ReadonlyMap<string, FileEntry>) {}

  static async open(blob: Blob, limits: Limits = LIMITS): Promise<Archive> {
    configure({ useWebWorkers: false, maxWorkers: AT_ONCE, chunkSize: PACKED_PIECE });
    const files = new Map<string, FileEntry>();
    let total = 0;
    for await (const entry of entriesIn(blob)) {
      const { filename } = entry;
      if (!isPlainPath(filename)) throw new Failed(LEADS_ELSEWHERE);
      if (entry.directory) throw failing('verifier.zip.folder', { name: shown(filename) });
      if (entry.encrypted) throw failing('verifier.zip.encrypted', { name: shown(filename) });
      if (files.has(filename)) throw failing('verifier.zip.twice', { name: shown(filename) });
      total += entry.uncompressedSize;
      if (total > limits.total || files.size >= limits.files)
        throw failing('verifier.zip.tooLarge', { bytes: `${limits.total}`, files: `${limits.files}` });
      if (entry.uncompressedSize > FIRST_MEGABYTE + entry.compressedSize * limits.ratio)
        throw failing('verifier.zip.bomb', {
          name: shown(filename),
          unpacked: `${entry.uncompressedSize}`,
          packed: `${entry.compressedSize}`,
        });
      files.set(filename, entry);
    }
    return new Archive(files);
  }

  get names(): string[] {
    return [...this.files.keys()];
  }

  has(name: string): boolean {
    return this.files.has(name);
  }

  /** A file's bytes as they come; fails where they are not those the zip announced. */
  async *bytes(name: string): AsyncGenerator<Uint8Array> {
    const entry = this.files.get(name);
    if (entry === undefined) throw failing('verifier.file.missing', { name });
    let size = 0;
    try {
      for await (const piece of unpacked(entry)) {
        size += piece.length;
        if (size > entry.uncompressedSize) throw failing('verifier.file.longer', { name });
        yield piece;
      }
    } catch (error) {
      if (error instanceof Failed) throw error;
      throw failing('verifier.file.notUnpacked', { name, reason: reasonOf(error) });
    }
    if (size !== entry.uncompressedSize) throw failing('verifier.file.cutOff', { name });
  }

  /** A short file as strict UTF-8. */
  async text(name: string): Promise<string> {
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of this.bytes(name)) {
      size += piece.length;
      if (size > LARGEST_TEXT) throw failing('verifier.file.tooLarge', { name });
      pieces.push(piece);
    }
    const whole = new Uint8Array(size);
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    const text = textOf(whole);
    if (text === null) throw failing('verifier.file.notUtf8', { name });
    return text;
  }
}

/** What a file unpacks to. Packed, it becomes the body of a gzip file: whatever unpacks that checks its CRC-32 as well. */
async function* unpacked(entry: FileEntry): AsyncGenerator<Uint8Array> {
  const isDeflated = entry.compressionMethod === DEFLATED;
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, entry.crc32 ?? 0, true);
  trailer.setUint32(4, entry.uncompressedSize % 2 ** 32, true);
  // Whatever breaks inside ends the reading too, instead of leaving it to wait.
  let breakOff: (reason: unknown) => void = () => undefined;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
    start: (controller) => {
      breakOff = (reason) => controller.error(reason);
      if (isDeflated) controller.enqueue(GZIP_HEADER);
    },
    flush: (controller) => {
      if (isDeflated) controller.enqueue(new Uint8Array(trailer.buffer));
    },
  });
  const reading = entry
    .getData(writable, { passThrough: isDeflated, checkSignature: !isDeflated, checkOverlappingEntry: true })
    .then(() => null)
    .catch((error: unknown) => {
      breakOff(error);
      return error instanceof Error ? error : new Error('damaged');
    });
  yield* isDeflated ? gunzip(readable, entry.uncompressedSize) : piecesOf(readable);
  const error = await reading;
  if (error !== null) throw error;
}

async function* entriesIn(blob: Blob) {
  const reader = new ZipReader(new BlobReader(blob), { checkAmbiguity: true });
  try {
    for await (const entry of reader.getEntriesGenerator()) yield entry as FileEntry;
  } catch (error) {
    if (error instanceof Failed) throw error;
    const reason = reasonOf(error);
    throw new Failed(/filename/i.test(reason) ? LEADS_ELSEWHERE : told('verifier.zip.notWhole', { reason }));
  }
}

const isPlainPath = (name: string): boolean =>
  name.length <= 300 &&
  !/[\\\u0000-\u001f:]/.test(name) &&
  name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

const shown = (name: string): string => JSON.stringify(name.slice(0, 80));
