// Sealed objects that no entry names: what a refused or failed attempt published. Nothing opens them, and nobody would destroy them.
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from './failures';
import { syncDirectory } from './files';
import { FOLDER, objectPath } from './object-store';
import type { SealedKind } from './sealing';

/** Twice as long as the longest attempt may take that publishes an object and names it only afterwards: a run, 24 hours. */
export const UNNAMED_AFTER_MS = 2 * 24 * 60 * 60 * 1000;

/** Of these objects, those that no entry names; it has to know, or throw. */
export type AskUnnamed = (objectIds: string[]) => Promise<readonly string[]>;

/** Removes objects old enough that no attempt can still come to name them, and which none has named. Tells how many went. */
export async function sweepUnnamed(vaultDir: string, ask: AskUnnamed, now = Date.now()): Promise<number> {
  const old = await objectsOlderThan(vaultDir, now - UNNAMED_AFTER_MS);
  if (old.length === 0) return 0;
  const asked = new Set(old);
  let removed = 0;
  for (const objectId of await ask(old))
    if (asked.has(objectId) && (await removeOld(vaultDir, objectId, now - UNNAMED_AFTER_MS))) removed += 1;
  return removed;
}

async function objectsOlderThan(vaultDir: string, before: number): Promise<string[]> {
  const found: string[] = [];
  for (const kind of Object.keys(FOLDER) as SealedKind[])
    for (const name of await namesBelow(path.join(vaultDir, FOLDER[kind]), kind)) {
      const written = await writtenAt(objectPath(vaultDir, name));
      if (written !== null && written < before) found.push(name);
    }
  return found;
}

async function namesBelow(folder: string, kind: SealedKind): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  const object = new RegExp(`^${kind}-[0-9a-f]{64}$`);
  return names.map((name) => path.basename(name)).filter((name) => object.test(name));
}

/**
 * Takes the object out of its place before looking a last time: published again in this very moment, it is put back. What a crash leaves
 * lies among unfinished files, and goes with them.
 */
async function removeOld(vaultDir: string, objectId: string, before: number): Promise<boolean> {
  const file = objectPath(vaultDir, objectId);
  const incoming = path.join(path.dirname(path.dirname(file)), 'incoming');
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const aside = path.join(incoming, `${process.pid}-${randomBytes(8).toString('hex')}.part`);
  try {
    await rename(file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
  const written = await writtenAt(aside);
  if (written !== null && written >= before) {
    await rename(aside, file);
    return false;
  }
  await rm(aside, { force: true });
  await syncDirectory(path.dirname(file));
  return true;
}

const writtenAt = (file: string): Promise<number | null> =>
  stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    (error: unknown) => {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    },
  );
