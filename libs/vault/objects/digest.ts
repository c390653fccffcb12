// The digest of a file on disk.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** SHA-256 of a file, in hex. */
export async function digestOf(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline([createReadStream(file), hash], signal ? { signal } : {});
  return hash.digest('hex');
}
