// Sealed objects on disk, named by the digest of their sealed bytes: complete under their name, or not there at all.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Writable } from 'node:stream';
import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { VaultRefusal, codeOf, translateDiskError } from './failures';
import { readPieces, syncDirectory, writeAll } from './files';
import type { SealedKind } from './sealing';

/** An unfinished file older than this belongs to nobody any more: no upload is allowed to take so long. */
const ABANDONED_AFTER_MS = 6 * 60 * 60 * 1000;

/** In which folder objects of each kind lie. */
export const FOLDER: Record<SealedKind, string> = {
  ...{ deposit: 'deposits', release: 'releases', result: 'results', evidence: 'evidence' },
  units: 'units',
};

/** Unfinished files of a kind lie in its own folder, so that whoever takes deposits in needs no other. */
const incomingOf = (vaultDir: string, kind: SealedKind) => path.join(vaultDir, FOLDER[kind], 'incoming');

/** Where the object lies; refuses an id that is none. */
export function objectPath(vaultDir: string, objectId: string): string {
  const match = /^(deposit|release|result|evidence|units)-([0-9a-f]{2})[0-9a-f]{62}$/.exec(objectId);
  if (!match?.[1] || !match[2]) {
    throw new VaultRefusal('BAD_ID', 'That is no object of the vault: an object id is a kind and a SHA-256.');
  }
  return path.join(vaultDir, FOLDER[match[1] as SealedKind], match[2], objectId);
}

/**
 * Writes what comes through `source` under the digest of its bytes. Power may fail at any byte: the name appears after
 * the data is on disk and `ready` is fulfilled, and before it returns the name is on disk too.
 */
export async function publish(
  vaultDir: string,
  kind: SealedKind,
  source: readonly [Readable, ...Transform[]],
  signal?: AbortSignal,
  ready?: Promise<unknown>,
): Promise<{ objectId: string }> {
  const incoming = incomingOf(vaultDir, kind);
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const unfinished = path.join(incoming, `${process.pid}-${randomBytes(8).toString('hex')}.part`);
  try {
    const digest = await writeSynced(unfinished, source, signal);
    await ready;
    const objectId = `${kind}-${digest}`;
    const file = objectPath(vaultDir, objectId);
    await makeDirectory(vaultDir, path.dirname(file));
    await rename(unfinished, file);
    await syncDirectory(path.dirname(file));
    return { objectId };
  } catch (error) {
    await rm(unfinished, { force: true });
    throw translateDiskError(error, 'the vault');
  }
}

async function writeSynced(
  file: string,
  source: readonly [Readable, ...Transform[]],
  signal: AbortSignal | undefined,
): Promise<string> {
  const hash = createHash('sha256');
  const handle = await open(file, 'wx', 0o600);
  const take = async (piece: Buffer): Promise<void> => {
    hash.update(piece);
    await writeAll(handle, piece);
  };
  // Not a file stream: that one would close the handle on an error, before it could be synced or closed here.
  const sink = new Writable({
    write: (piece: Buffer, _encoding, done) => void take(piece).then(() => done(), done),
  });
  try {
    await pipeline([...source, sink], signal ? { signal } : {});
    await handle.sync();
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}

async function makeDirectory(vaultDir: string, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await syncDirectory(path.dirname(directory));
  await syncDirectory(vaultDir);
}

/** The sealed bytes of an object. */
export async function* readObject(vaultDir: string, objectId: string): AsyncGenerator<Buffer> {
  try {
    yield* readPieces(objectPath(vaultDir, objectId));
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    const message = `The vault has no object ${objectId}: it was destroyed, or never stored here.`;
    throw new VaultRefusal('NOT_FOUND', message);
  }
}

/** Removes an object for good; returns how many bytes went, 0 where there was nothing. */
export async function removeObject(vaultDir: string, objectId: string): Promise<number> {
  const file = objectPath(vaultDir, objectId);
  const size = await sizeOf(vaultDir, objectId);
  if (size === null) return 0;
  await rm(file, { force: true });
  await syncDirectory(path.dirname(file));
  return size;
}

/** Removes unfinished files that no running upload can own any more. Their keys never left the process that died. */
export async function sweepIncoming(vaultDir: string, now: number = Date.now()): Promise<number> {
  let removed = 0;
  for (const file of await unfinishedIn(vaultDir)) {
    const written = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => now,
    );
    if (now - written < ABANDONED_AFTER_MS) continue;
    await rm(file, { force: true });
    removed += 1;
  }
  return removed;
}

async function unfinishedIn(vaultDir: string): Promise<string[]> {
  const folders = (Object.keys(FOLDER) as SealedKind[]).map((kind) => incomingOf(vaultDir, kind));
  const found = folders.map((folder) =>
    readdir(folder).then(
      (names) => names.map((name) => path.join(folder, name)),
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw error;
      },
    ),
  );
  return (await Promise.all(found)).flat();
}

/** Length of the sealed object in bytes; null where there is none. */
export async function sizeOf(vaultDir: string, objectId: string): Promise<number | null> {
  return stat(objectPath(vaultDir, objectId)).then(
    ({ size }) => size,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    },
  );
}
