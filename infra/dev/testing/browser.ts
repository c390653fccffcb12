// A real browser for tests of pages: the Chromium that npm brings, or the system's, or Debian's if that may be installed.
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** No sandbox, since tests may run as root in a container; none of the browser's own calls to the network. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * Starts a browser with an empty profile; its caller closes it.
 * Where none can be had this throws with what to install: a browser test fails then, and never passes by skipping.
 */
export async function launchBrowser(): Promise<Browser> {
  const problems: string[] = [];
  for (const candidate of [fromNpm, fromSystem, fromDebian]) {
    try {
      const executablePath = await candidate();
      return await chromium.launch({ executablePath, args: ARGUMENTS, headless: true });
    } catch (error) {
      problems.push(firstLines(error));
    }
  }
  throw new Error(
    'No browser can be started here, and tests of pages need one. Install Chromium (on Debian: `apt-get install ' +
      `chromium\`) so that \`chromium\` is on the PATH. What was tried:\n${problems.map((p) => `- ${p}`).join('\n')}`,
  );
}

/** The binary comes in the package; the system's libraries it needs may be missing. */
async function fromNpm(): Promise<string> {
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

function fromSystem(): string {
  const directories = (process.env.PATH ?? '').split(path.delimiter);
  const candidates = directories.flatMap((directory) =>
    SYSTEM_NAMES.map((name) => path.join(directory, name)),
  );
  const found = candidates.find(isExecutable);
  if (found === undefined) throw new Error(`none of ${SYSTEM_NAMES.join(', ')} is on the PATH`);
  return found;
}

function fromDebian(): string {
  if (process.getuid?.() !== 0) throw new Error('Debian’s Chromium can be installed by root only');
  console.log(
    'Installing Chromium from Debian’s packages for the tests of pages; this takes about 20 seconds …',
  );
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update', '-qq'], { env, stdio: 'pipe' });
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
    env,
    stdio: 'pipe',
  });
  return fromSystem();
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function firstLines(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n').slice(0, 4).join(' ');
}
