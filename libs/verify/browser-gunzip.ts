// Unpacking gzip as browsers do; it stands in for gunzip.ts in the page that verifies in the browser.
import { piecesOf } from './pieces';

export const gunzip = (packed: ReadableStream<Uint8Array>, _size: number): AsyncIterable<Uint8Array> =>
  piecesOf(packed.pipeThrough(new DecompressionStream('gzip')));
