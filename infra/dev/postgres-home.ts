// Decides where the embedded Postgres keeps its data: in the checkout, unless its system user cannot get in there.
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { sharedDirectory } from './postgres-binaries';
import type { SystemUser } from './postgres-binaries';

/** Beside the state in the checkout: where the data really lies, for people and for `--reset`. */
const LOCATION = 'location';
/** Beside the data elsewhere: whose it is. */
const OWNER = 'owner';

/**
 * The directory that holds (or will hold) `data` for the state directory `dir`.
 * It belongs to `user`, when there is one.
 */
export function postgresHome(dir: string, user: SystemUser | undefined): string {
  mkdirSync(dir, { recursive: true, mode: 0o711 });
  const home = !user || isReachable(dir) ? dir : homeElsewhere(dir);
  if (user && home !== dir) chownSync(home, user.uid, user.gid);
  return home;
}

/** Removes the data of `dir`, wherever it lies, and `dir` itself. Postgres must have been stopped. */
export function removePostgresHome(dir: string): void {
  const elsewhere = recordedHome(dir);
  if (elsewhere) rmSync(elsewhere, { recursive: true, force: true });
  rmSync(dir, { recursive: true, force: true });
}

/** Whether every directory on the way lets everyone through. */
function isReachable(dir: string): boolean {
  for (let at = path.resolve(dir); ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

function homeElsewhere(dir: string): string {
  const known = recordedHome(dir);
  if (known) return known;
  const shared = sharedDirectory('/var/lib');
  removeOrphans(shared, dir);
  const home = path.join(shared, `postgres-${randomBytes(8).toString('hex')}`);
  mkdirSync(home, { mode: 0o700 });
  writeFileSync(path.join(home, OWNER), dir);
  writeFileSync(path.join(dir, LOCATION), home);
  return home;
}

/** The recorded home if it is really ours: a copied checkout carries the record of the one it was copied from. */
function recordedHome(dir: string): string | undefined {
  const home = read(path.join(dir, LOCATION));
  if (home === undefined) return undefined;
  const owner = read(path.join(home, OWNER));
  if (owner === undefined) return undefined;
  if (owner === dir) return home;
  if (existsSync(path.join(owner, LOCATION))) return undefined;
  // The checkout was moved: the data moves with it.
  writeFileSync(path.join(home, OWNER), dir);
  return home;
}

/** Data whose state directory was deleted: nothing but that directory knew its passwords. */
function removeOrphans(shared: string, dir: string): void {
  for (const name of readdirSync(shared)) {
    const home = path.join(shared, name);
    const isOrphan =
      read(path.join(home, OWNER)) === dir && !existsSync(path.join(home, 'data', 'postmaster.pid'));
    if (isOrphan) rmSync(home, { recursive: true, force: true });
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
