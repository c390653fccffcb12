// Key parts outside the database and its backups: one file each, created whole or not at all, destroyed for ever.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { link, open, readFile, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { VaultRefusal, codeOf, translateDiskError } from '../objects/failures';
import { ensurePrivate, syncDirectory } from '../objects/files';
import { unwrapFileKey } from './wrapping';

/** Kinds whose key has two parts, one of them here. */
export type PartKind = 'release' | 'result' | 'evidence' | 'units';
export type KeyKind = 'deposit' | PartKind;
const PART_BYTES = 32;

/** What the mark of a destroyed key says; nulls where it was left by a version that said nothing in it. */
export interface DestroyedKey {
  readonly existed: boolean | null;
  readonly at: string | null;
  /** Bytes of the sealed object when its key was destroyed; 0 where there was none. */
  readonly lying: number | null;
}

/** The key store's side of the vault; a part that was destroyed is never made again under the same id. */
export interface KeyStore {
  /** Makes the deposit's key pair, or finds the one made before; the public key goes to whoever receives the file. */
  createDepositKeyPair(deposit: string): Promise<{ publicKey: string }>;
  /** Opens a file key that was wrapped to the deposit's public key. */
  unwrap(deposit: string, wrappedKey: string): Promise<Buffer>;
  /** Makes the second key part of a release, result or item of evidence, or finds the one made before. */
  createPart(kind: PartKind, id: string): Promise<Buffer>;
  readPart(kind: PartKind, id: string): Promise<Buffer>;
  /**
   * Overwrites and removes; what stays is a mark that the id was used. Tells what was there when it was destroyed first, and when:
   * the same however often it is repeated. `lying` is noted with it: bytes of the sealed object that lay there.
   */
  destroy(kind: KeyKind, id: string, now?: Date, lying?: number): Promise<DestroyedKey>;
  has(kind: KeyKind, id: string): Promise<boolean>;
}

/**
 * A key store in a directory, 0700 with 0600 files. Overwriting is best effort: on copy-on-write or flash storage old
 * blocks may outlive it, so the directory belongs on an encrypted volume that is not backed up.
 */
export async function openKeyStore(directory: string): Promise<KeyStore> {
  await ensurePrivate(directory);
  await removeUnfinished(directory);
  return new DirectoryKeyStore(directory);
}

class DirectoryKeyStore implements KeyStore {
  constructor(private readonly directory: string) {}

  async createDepositKeyPair(deposit: string): Promise<{ publicKey: string }> {
    const pair = generateKeyPairSync('x25519');
    const fresh = {
      publicKey: pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
      privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    };
    const kept = await this.createOnce('deposit', deposit, Buffer.from(JSON.stringify(fresh)));
    return { publicKey: (JSON.parse(kept.toString()) as typeof fresh).publicKey };
  }

  async unwrap(deposit: string, wrappedKey: string): Promise<Buffer> {
    const kept = JSON.parse((await this.read('deposit', deposit)).toString()) as { privateKey: string };
    return unwrapFileKey(kept.privateKey, wrappedKey, deposit);
  }

  createPart(kind: PartKind, id: string): Promise<Buffer> {
    return this.createOnce(kind, id, randomBytes(PART_BYTES));
  }

  readPart(kind: PartKind, id: string): Promise<Buffer> {
    return this.read(kind, id);
  }

  async destroy(kind: KeyKind, id: string, now = new Date(), lying = 0): Promise<DestroyedKey> {
    const file = this.fileOf(kind, id);
    const length = await stat(file).then(({ size }) => size, orMissing);
    // The mark comes first: from here on nothing can make this key again, whatever happens next. A later try changes nothing in it.
    const seen: DestroyedKey = { existed: length !== null, at: now.toISOString(), lying };
    await this.writeExclusive(`${file}.destroyed`, Buffer.from(JSON.stringify(seen)));
    if (length !== null) {
      await overwrite(file, length);
      await rm(file, { force: true });
      await syncDirectory(this.directory);
    }
    const mark = await readFile(`${file}.destroyed`, 'utf8');
    return mark === '' ? { existed: null, at: null, lying: null } : (JSON.parse(mark) as DestroyedKey);
  }

  async has(kind: KeyKind, id: string): Promise<boolean> {
    return (await stat(this.fileOf(kind, id)).catch(orMissing)) !== null;
  }

  private async read(kind: KeyKind, id: string): Promise<Buffer> {
    const bytes = await readFile(this.fileOf(kind, id)).catch(orMissing);
    if (bytes !== null) return bytes;
    throw new VaultRefusal(
      'KEY_MISSING',
      `The key store has no key part of ${kind} ${id}: it was destroyed or never made, so its bytes cannot be read.`,
    );
  }

  private async createOnce(kind: KeyKind, id: string, bytes: Buffer): Promise<Buffer> {
    const file = this.fileOf(kind, id);
    await this.writeExclusive(file, bytes);
    // Checked after writing: a destruction that began meanwhile wins, and ours is removed again.
    if ((await stat(`${file}.destroyed`).catch(orMissing)) !== null) {
      await rm(file, { force: true });
      throw new VaultRefusal(
        'KEY_DESTROYED',
        `The key of ${kind} ${id} was destroyed and is not made again.`,
      );
    }
    return this.read(kind, id);
  }

  /** Write, sync, link: the name appears with its whole content or not at all, and never replaces another. */
  private async writeExclusive(file: string, bytes: Buffer): Promise<void> {
    const unfinished = path.join(this.directory, `.new-${randomBytes(8).toString('hex')}`);
    try {
      const handle = await open(unfinished, 'wx', 0o600);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await link(unfinished, file).catch((error: unknown) => {
        if (codeOf(error) !== 'EEXIST') throw error;
      });
    } catch (error) {
      throw translateDiskError(error, 'the key store');
    } finally {
      await rm(unfinished, { force: true });
    }
    await syncDirectory(this.directory);
  }

  private fileOf(kind: KeyKind, id: string): string {
    if (!/^[\w/.:-]{1,200}$/.test(id))
      throw new VaultRefusal('BAD_ID', 'A vault id holds letters, digits and _ / . : - only.');
    return path.join(this.directory, `${kind}.${encodeURIComponent(id)}.key`);
  }
}

async function overwrite(file: string, length: number): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.write(randomBytes(Math.max(1, length)), 0, length, 0);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A key part that was being written when the process died was never used: nobody had been told of it. */
async function removeUnfinished(directory: string): Promise<void> {
  const tenMinutesAgo = Date.now() - 600_000;
  for (const name of await readdir(directory)) {
    if (!name.startsWith('.new-')) continue;
    const file = path.join(directory, name);
    const written = await stat(file).then(({ mtimeMs }) => mtimeMs, orMissing);
    if (written !== null && written < tenMinutesAgo) await rm(file, { force: true });
  }
}

function orMissing(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}
