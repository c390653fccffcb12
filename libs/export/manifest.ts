// The list of an export's files and their digests; its own digest stands in the entry that records the export.
import { createHash } from '#libs/log';

export const MANIFEST = 'manifest-sha256.txt';

export interface Listed {
  path: string;
  /** SHA-256, hex. */
  digest: string;
}

/** As `sha256sum` writes it and checks it: `<digest>  <path>`, one a line, sorted by path. */
export const manifestText = (files: readonly Listed[]): string =>
  [...files]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, digest }) => `${digest}  ${path}\n`)
    .join('');

export async function digestOf(body: AsyncIterable<string | Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of body) hash.update(piece);
  return hash.digest('hex');
}

/** The same bytes, refused at the end if they are not those that were listed. */
export async function* checked(
  { path, digest }: Listed,
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const piece of body) {
    hash.update(piece);
    yield piece;
  }
  if (hash.digest('hex') !== digest)
    throw new Error(`${path} has changed while it was exported; export again.`);
}
