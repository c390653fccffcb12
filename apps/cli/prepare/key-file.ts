// The holder's own key for pseudonyms: made once, kept by the holder, never sent anywhere.
import { createHash, randomBytes } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { PrepareRefused } from './refused';

export interface HolderKey {
  readonly key: Buffer;
  readonly isNew: boolean;
  /** Tells whether two preparations used the same key, and nothing about it. */
  readonly fingerprint: string;
}

/** Reads the key, or draws one where the file does not exist yet; {@link keepKey} makes the file. */
export async function holderKey(file: string): Promise<HolderKey> {
  const existing = await readKey(file);
  const key = existing ?? randomBytes(32);
  const fingerprint = createHash('sha256')
    .update('parley prepare key\0')
    .update(key)
    .digest('hex')
    .slice(0, 16);
  return { key, isNew: existing === null, fingerprint };
}

async function readKey(file: string): Promise<Buffer | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new PrepareRefused(`The key file ${file} cannot be read (${error.code ?? 'unknown error'}).`);
  });
  if (text === null) return null;
  if (!/^[0-9a-f]{64}\s*$/.test(text)) {
    throw new PrepareRefused(
      `${file} is no key file: it should hold 64 hexadecimal digits. Name another, or one that does not exist yet.`,
    );
  }
  if (((await stat(file)).mode & 0o077) !== 0 && process.platform !== 'win32') {
    throw new PrepareRefused(`Others can read the key file ${file}. Close it first: chmod 600 ${file}`);
  }
  return Buffer.from(text.trim(), 'hex');
}

/** Makes the file of a key that was drawn, once something is written that needs it: a preview leaves none. */
export async function keepKey(file: string, key: Buffer): Promise<void> {
  const handle = await open(file, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new PrepareRefused(
      `The key file ${file} cannot be made (${error.code ?? 'unknown error'}). Nothing was written.`,
    );
  });
  try {
    await handle.writeFile(`${key.toString('hex')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
