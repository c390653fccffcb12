// Unpacking gzip in pieces as large as reading wants them. The page in the browser is built with browser-gunzip.ts in this place.
import { pipeline, Readable } from 'node:stream';
import type { TransformOptions } from 'node:stream';
import type { ReadableStream as Packed } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import type { ZlibOptions } from 'node:zlib';

const SMALLEST_PIECE = 1024;
const LARGEST_PIECE = 2 ** 19;
/** So many pieces are unpacked ahead of reading; without, each waits for the other. */
const AHEAD = 4;

/** What about so many bytes were packed from. Node's streams of the browser's kind give 16 KiB at a time, which costs more than unpacking. */
export function gunzip(packed: ReadableStream<Uint8Array>, size: number): AsyncIterable<Uint8Array> {
  const chunkSize = Math.min(Math.max(size, SMALLEST_PIECE), LARGEST_PIECE);
  const options: ZlibOptions & TransformOptions = { chunkSize, highWaterMark: AHEAD * chunkSize };
  return pipeline(Readable.fromWeb(packed as Packed), createGunzip(options), () => undefined);
}
