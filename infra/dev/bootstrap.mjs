// What `npm start` and `npm test` do before anything of Parley's can run: install, build, and find the right Node.
// Runs on any Node from 20 on, with nothing installed, so it uses built-in modules only.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const OLDEST_NODE = 20;

const at = (...names) => path.join(ROOT, ...names);
const INSTALL_STAMP = at('node_modules', '.parley-install');
const BUILD_STAMP = at('dist', '.parley-build');

/** The Node that Parley runs on: a pinned dependency, whatever Node started this. */
export const NODE = at('node_modules', 'node', 'bin', 'node');

/** Installs the dependencies unless they are those of the lock file; prints what it does. */
export async function ensureInstalled() {
  refuseOldNode();
  const wanted = hashOf([at('package-lock.json')]);
  if (readStamp(INSTALL_STAMP) === wanted) return;
  if (!isInstalledByHand()) await install();
  writeStamp(INSTALL_STAMP, wanted);
}

/** Compiles everything into dist/ unless the sources are those of the last build. */
export async function ensureBuilt() {
  const wanted = hashOf(sourceFiles());
  if (readStamp(BUILD_STAMP) === wanted) return;
  const began = performance.now();
  print(`  … ${'Build'.padEnd(20)} compiling, which takes half a minute`);
  // Migrating applies whatever functions lie there: what was renamed or deleted must not be left behind.
  rmSync(at('dist', 'libs', 'ledger', 'sql'), { recursive: true, force: true });
  await run(NODE, [at('node_modules', '@nestjs', 'cli', 'bin', 'nest.js'), 'build']);
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'] };
  // Made here once, the workflows' bundle need not be made by each worker at each start.
  await run(NODE, [at('dist', 'apps', 'worker', 'build-bundle.js')], quiet);
  await run(NODE, [at('dist', 'apps', 'verifier', 'build.js')], quiet);
  writeStamp(BUILD_STAMP, wanted);
  print(`  ✓ ${'Build'.padEnd(20)} ${seconds(began)}`);
}

/** Runs a program in the checkout, showing what it prints; rejects unless it ends well. */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit', env: environment(), ...options });
    child.once('error', (error) =>
      reject(new Error(`${path.basename(program)} cannot be run: ${error.message}`)),
    );
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(
            `\`${[path.basename(program), ...args].join(' ')}\` failed (${signal ?? `exit code ${code}`}).`,
          ),
        );
    });
  });
}

/**
 * The environment with Parley's own Node first on the PATH, for tools that look for `node` there. Node keeps what it
 * compiles: the processes start a third faster from the second time on.
 */
export function environment(more = {}) {
  const searched = [path.dirname(NODE), at('node_modules', '.bin'), pathWithoutModules()];
  const compiled = at('node_modules', '.cache', 'node-compile');
  return { NODE_COMPILE_CACHE: compiled, ...process.env, PATH: searched.join(path.delimiter), ...more };
}

/** The time since `began` (of `performance.now()`), as the launcher shows it. */
export function seconds(began) {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`.padStart(7);
}

export function print(line) {
  process.stdout.write(`${line}\n`);
}

/** Ends the process with what went wrong, for a person: no stack trace. */
export function fail(error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}

function refuseOldNode() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE) {
    throw new Error(
      `Parley's set-up needs Node ${OLDEST_NODE} or later; this is ${process.version}. See https://nodejs.org`,
    );
  }
}

/** npm writes this file last, so a newer one means that somebody has installed what the lock file says. */
function isInstalledByHand() {
  const done = statSync(at('node_modules', '.package-lock.json'), { throwIfNoEntry: false });
  const wanted = statSync(at('package-lock.json'), { throwIfNoEntry: false });
  return existsSync(NODE) && done !== undefined && wanted !== undefined && done.mtimeMs >= wanted.mtimeMs;
}

async function install() {
  const began = performance.now();
  print('  … Dependencies         installing with npm, which takes half a minute to a few minutes');
  try {
    await npm('ci');
  } catch {
    // A lock file made where some optional packages cannot be had lacks their entries, which `npm ci` takes for an error.
    print(
      '  … Dependencies         `npm ci` refused the lock file; `npm install` instead, which keeps to it as far as it goes',
    );
    await npm('install', '--no-save');
  }
  print(`  ✓ ${'Dependencies'.padEnd(20)} ${seconds(began)}`);
}

/** With the PATH as it was before npm put our own Node on it: that Node is about to be replaced. */
function npm(...args) {
  const env = { ...process.env, PATH: pathWithoutModules() };
  return run('npm', [...args, '--loglevel=error', '--no-fund', '--no-audit'], { env });
}

function pathWithoutModules() {
  const searched = (process.env.PATH ?? '').split(path.delimiter);
  return searched.filter((directory) => !directory.startsWith(at('node_modules'))).join(path.delimiter);
}

const SOURCE_FOLDERS = ['apps', 'workflows', 'activities', 'libs', 'infra'];
const SOURCE_FILES = [
  'package.json',
  'package-lock.json',
  'nest-cli.json',
  'tsconfig.json',
  'tsconfig.build.json',
];
const COMPILED = /\.(ts|sql|njk|css|html|yaml)$/;

function sourceFiles() {
  const inFolders = SOURCE_FOLDERS.flatMap((folder) =>
    readdirSync(at(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && COMPILED.test(entry.name))
      .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name)),
  );
  return [...SOURCE_FILES.map((name) => at(name)), ...inFolders.sort()];
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${path.relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

function writeStamp(file, value) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${value}\n`);
}
