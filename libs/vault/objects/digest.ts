// The digest of a file on disk.
import { createHash } from 'node:crypto';
import { readPieces, unlessAborted } from './files';

/** SHA-256 of a file, in hex. */
export async function digestOf(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of unlessAborted(readPieces(file), signal)) hash.update(piece);
  return hash.digest('hex');
}
