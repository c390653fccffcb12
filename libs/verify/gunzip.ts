// Unpacking gzip in pieces as large as reading wants them. The page in the browser is built with browser-gunzip.ts in this place.
import { Duplex } from 'node:stream';
import { createGunzip } from 'node:zlib';

const SMALLEST_PIECE = 1024;
const LARGEST_PIECE = 2 ** 19;

export interface Unpacking {
  writable: WritableStream<Uint8Array>;
  readable: ReadableStream<Uint8Array>;
}

/** Unpacks about so many bytes. What runs in Node otherwise gives pieces of 16 KiB, each of which costs more than unpacking it. */
export function gunzip(size: number): Unpacking {
  const chunkSize = Math.min(Math.max(size, SMALLEST_PIECE), LARGEST_PIECE);
  return Duplex.toWeb(createGunzip({ chunkSize }));
}
