// Finds the Temporal development server, or gets it: from the PATH, the cache, the official download, or by building it.
import { execFile, spawn } from 'node:child_process';
import { accessSync, constants, createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

/** Later versions cannot be built by `go install`: their module file replaces a dependency. */
export const TEMPORAL_CLI_VERSION = 'v1.5.1';

const CONNECT_DEADLINE_MS = 5_000;
const DOWNLOAD_DEADLINE_MS = 5 * 60_000;
const BUILD_NOTICE_MS = 20_000;

/** Tells a person what is going on; each call is one line. */
export type Say = (line: string) => void;

/** The path of a `temporal` program that can be run, however it has to be obtained; takes minutes at worst. */
export async function temporalBinary(say: Say): Promise<string> {
  const found = onPath('temporal') ?? existing(cachedBinary());
  return found ?? (await obtain(say));
}

/** In the user's cache rather than the checkout, so that a fresh clone finds it too. */
function cachedBinary(): string {
  const cache = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  return path.join(cache, 'parley', `temporal-${TEMPORAL_CLI_VERSION}`, 'temporal');
}

function onPath(program: string): string | undefined {
  const directories = (process.env.PATH ?? '').split(path.delimiter).filter((directory) => directory !== '');
  return directories.map((directory) => path.join(directory, program)).find((file) => isExecutable(file));
}

function existing(file: string): string | undefined {
  return isExecutable(file) ? file : undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Works in a directory of its own beside the cache, and renames: a half-written program is never found there. */
async function obtain(say: Say): Promise<string> {
  const target = cachedBinary();
  const workshop = `${path.dirname(target)}.${process.pid}`;
  mkdirSync(workshop, { recursive: true });
  try {
    const binary = path.join(workshop, 'temporal');
    const failure = await download(workshop, say);
    if (failure !== undefined) {
      say(`The official download is out of reach (${failure}).`);
      await build(workshop, say);
    }
    await promisify(execFile)(binary, ['--version']);
    mkdirSync(path.dirname(target), { recursive: true });
    renameSync(binary, target);
    return target;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** Fetches and unpacks the official archive; gives the reason when that cannot be done. */
async function download(workshop: string, say: Say): Promise<string | undefined> {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const url = `https://temporal.download/cli/archive/${TEMPORAL_CLI_VERSION}?platform=${process.platform}&arch=${arch}`;
  const archive = path.join(workshop, 'temporal.tar.gz');
  say(`Downloading Temporal ${TEMPORAL_CLI_VERSION} (about 100 MB, once) …`);
  try {
    await fetchTo(url, archive);
    await promisify(execFile)('tar', ['-xzf', archive, '-C', workshop, 'temporal']);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

async function fetchTo(url: string, file: string): Promise<void> {
  const abort = new AbortController();
  const give = (reason: string) => () => abort.abort(new Error(reason));
  const connecting = setTimeout(give(`no answer in ${CONNECT_DEADLINE_MS / 1000} s`), CONNECT_DEADLINE_MS);
  const downloading = setTimeout(give('it took too long'), DOWNLOAD_DEADLINE_MS);
  try {
    const response = await fetch(url, { signal: abort.signal });
    clearTimeout(connecting);
    if (!response.ok || !response.body) throw new Error(`it answered ${response.status}`);
    await pipeline(Readable.fromWeb(response.body), createWriteStream(file));
  } finally {
    clearTimeout(connecting);
    clearTimeout(downloading);
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}

async function build(workshop: string, say: Say): Promise<void> {
  const go = onPath('go') ?? existing('/usr/local/go/bin/go');
  if (go === undefined) {
    throw new Error(
      'Temporal can be neither downloaded nor built here, because Go is missing too. Install Go (https://go.dev/dl), ' +
        'put a `temporal` program on the PATH, or set TEMPORAL_ADDRESS to a running Temporal.',
    );
  }
  say('Building Temporal from source instead, once; this takes about 3 minutes on two cores …');
  const began = Date.now();
  const notice = setInterval(() => say(`… still building (${seconds(began)} s)`), BUILD_NOTICE_MS);
  try {
    await goInstall(go, workshop);
  } finally {
    clearInterval(notice);
  }
  say(`Temporal is built (${seconds(began)} s) and kept in ${path.dirname(cachedBinary())}.`);
}

function goInstall(go: string, workshop: string): Promise<void> {
  const module = `github.com/temporalio/cli/cmd/temporal@${TEMPORAL_CLI_VERSION}`;
  return new Promise((resolve, reject) => {
    const env = { ...process.env, GOBIN: workshop };
    const child = spawn(go, ['install', module], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0 && existsSync(path.join(workshop, 'temporal'))) resolve();
      else
        reject(
          new Error(
            `\`go install ${module}\` failed. Set TEMPORAL_ADDRESS to use another Temporal. It said:\n${said}`,
          ),
        );
    });
  });
}

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 1000);
}
