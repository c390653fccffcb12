// The digest of a file on disk.
import { createHash } from 'node:crypto';
import { readPieces } from './files';

/** SHA-256 of a file, in hex. */
export async function digestOf(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of readPieces(file)) {
    signal?.throwIfAborted();
    hash.update(piece);
  }
  return hash.digest('hex');
}
