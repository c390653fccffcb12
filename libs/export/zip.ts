// A zip written as it is made: no file of it is held, and none is larger than what was read for it.
import { configure, ZipWriter } from '@zip.js/zip.js';

export interface ExportFile {
  path: string;
  /** Hashes and other bytes that do not shrink are stored as they are. */
  isDense?: true;
  body: AsyncIterable<Uint8Array>;
}

/** Everything in the zip has this time: the same project gives the same file names, sizes and dates. */
export async function writeZip(
  into: WritableStream<Uint8Array>,
  files: AsyncIterable<ExportFile>,
  at: Date,
): Promise<void> {
  configure({ useWebWorkers: false });
  const zip = new ZipWriter(into, { lastModDate: at, extendedTimestamp: false, keepOrder: true });
  for await (const { path, isDense, body } of files)
    await zip.add(path, ReadableStream.from(body), { level: isDense ? 0 : 6 });
  await zip.close();
}

const BATCH_BYTES = 1 << 16;

/** Texts as bytes, in pieces worth passing on. */
export async function* inPieces(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let piece = '';
  for await (const line of lines) {
    piece += line;
    if (piece.length < BATCH_BYTES) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  if (piece !== '') yield Buffer.from(piece);
}

/** A file that is read, or made, in one piece. */
export async function* whole(bytes: Uint8Array | Promise<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield await bytes;
}
