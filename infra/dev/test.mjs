// `npm test`: sets this checkout up, runs every check and every suite, and ends with one line of totals.
// Built-in modules only, on any Node from 20 on: it also runs before anything is installed.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureBuilt, ensureInstalled, environment, NODE, print, ROOT, seconds } from './bootstrap.mjs';

const tool = (name) => path.join(ROOT, 'node_modules', '.bin', name);
const FOLDERS = ['apps', 'workflows', 'activities', 'libs', 'infra'];

/** Each counts as one, passed or failed; they run before the suites, and `docs` after the build it needs. */
const CHECKS = {
  format: [tool('prettier'), ['--check', '--log-level', 'warn', '.']],
  lint: [
    tool('eslint'),
    ['--cache', '--cache-strategy', 'content', '--cache-location', 'node_modules/.cache/eslint/', '.'],
  ],
  types: [tool('tsc'), ['--noEmit', '-p', 'tsconfig.json']],
  fence: [
    tool('depcruise'),
    ['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long', ...FOLDERS],
  ],
};
const DOCS = [NODE, ['dist/infra/docs/main.js', '--check']];

const SUITES = ['unit', 'properties', 'integration', 'replay', 'e2e'];
const NEED_SERVERS = new Set(['integration', 'e2e']);
/** What runs compiled code; the rest goes without a build when it is asked for alone. */
const BUILT_FIRST = ['build', 'docs', 'integration', 'replay', 'e2e'];
/** A suite that hangs is a failure, not a night's wait. */
const SUITE_DEADLINE_MS = 20 * 60_000;
const SERVERS_DEADLINE_MS = 10 * 60_000;

const totals = { passed: 0, failed: 0 };
const summary = [];
const children = new Set();

const wanted = process.argv.slice(2);
const isWanted = (name) => wanted.length === 0 || wanted.includes(name);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    for (const child of children) child.kill('SIGTERM');
    finish('interrupted');
  });
}

refuseUnknownNames();
try {
  await ensureInstalled();
  await runChecks();
  if (!BUILT_FIRST.some(isWanted) || (await built())) {
    if (isWanted('docs')) await check('docs', DOCS);
    await runSuites();
  }
} catch (error) {
  note(
    'set-up',
    { passed: 0, failed: 1 },
    performance.now(),
    error instanceof Error ? error.message : String(error),
  );
}
finish();

function refuseUnknownNames() {
  const known = [...Object.keys(CHECKS), 'build', 'docs', ...SUITES];
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  process.stderr.write(
    `Unknown: ${unknown.join(', ')}. \`npm test -- <names>\` takes: ${known.join(', ')}.\n`,
  );
  process.exit(2);
}

async function runChecks() {
  for (const [name, command] of Object.entries(CHECKS)) if (isWanted(name)) await check(name, command);
}

/** Runs a check, shows what it said only if it failed, and counts it. */
async function check(name, [program, args]) {
  const began = performance.now();
  const { code, output } = await capture(program, args);
  if (code !== 0) process.stdout.write(`\n${output.trimEnd()}\n\n`);
  note(name, code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }, began);
}

async function built() {
  const began = performance.now();
  try {
    await ensureBuilt();
    note('build', { passed: 1, failed: 0 }, began);
    return true;
  } catch (error) {
    note('build', { passed: 0, failed: 1 }, began, error.message);
    return false;
  }
}

async function runSuites() {
  const suites = SUITES.filter(isWanted);
  const servers = suites.some((name) => NEED_SERVERS.has(name)) ? await startServers() : undefined;
  for (const name of suites) {
    if (NEED_SERVERS.has(name) && !servers)
      note(name, { passed: 0, failed: 1 }, performance.now(), 'it needs the servers');
    else await suite(name, servers?.settings ?? {});
  }
  await servers?.stop();
}

/** Runs one of jest's projects; its own report goes to the terminal, its counts come from its JSON. */
async function suite(name, settings) {
  const began = performance.now();
  const directory = mkdtempSync(path.join(tmpdir(), 'parley-results-'));
  const results = path.join(directory, 'results.json');
  const args = [
    '--selectProjects',
    name,
    '--json',
    '--outputFile',
    results,
    '--passWithNoTests',
    '--maxWorkers=2',
  ];
  const child = track(
    spawn(tool('jest'), args, {
      cwd: ROOT,
      env: environment(settings),
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );
  const deadline = setTimeout(() => child.kill('SIGKILL'), SUITE_DEADLINE_MS);
  const code = await ended(child);
  clearTimeout(deadline);
  const [counts, problem] = judge(results, code);
  rmSync(directory, { recursive: true, force: true });
  note(name, counts, began, problem);
}

/** What a suite's results count for, and what to say of them. */
function judge(file, code) {
  let results;
  try {
    results = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [{ passed: 0, failed: 1 }, `jest ended (${code}) without results`];
  }
  const passed = results.numPassedTests;
  // A test that was skipped, and a file that could not be loaded, prove nothing.
  const skipped = results.numPendingTests + results.numTodoTests;
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites + skipped;
  if (passed + failed === 0) return [{ passed: 0, failed: 1 }, 'it ran nothing'];
  if (failed === 0 && code !== 0)
    return [{ passed, failed: 1 }, `jest ended with ${code} although no test failed`];
  return [{ passed, failed }, skipped > 0 ? `${skipped} skipped, which counts as failed` : undefined];
}

/** One Postgres, one Temporal and one inbox for all suites; undefined when they cannot be had. */
async function startServers() {
  const began = performance.now();
  const child = track(
    spawn(NODE, ['--enable-source-maps', 'dist/infra/dev/testing/serve.js'], {
      cwd: ROOT,
      env: environment(),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    }),
  );
  // `exit`, from the start: Node 20 never says `close` of a child whose channel was cut, and servers may have been killed.
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const settings = await Promise.race([
    new Promise((resolve) => child.once('message', resolve)),
    gone.then(() => undefined),
    new Promise((resolve) => setTimeout(resolve, SERVERS_DEADLINE_MS).unref()),
  ]);
  if (!settings) {
    child.kill('SIGTERM');
    print('  ✗ Servers for tests did not start');
    return undefined;
  }
  print(`  ✓ ${'servers for tests'.padEnd(20)} ${seconds(began)}`);
  const stop = () => {
    if (child.connected) child.disconnect();
    return gone;
  };
  return { settings, stop };
}

async function capture(program, args) {
  const child = track(
    spawn(program, args, { cwd: ROOT, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] }),
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  return { code: await ended(child), output };
}

function track(child) {
  children.add(child);
  child.once('close', () => children.delete(child));
  return child;
}

function ended(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
}

function note(name, counts, began, problem) {
  totals.passed += counts.passed;
  totals.failed += counts.failed;
  const line =
    `  ${counts.failed === 0 ? '✓' : '✗'} ${name.padEnd(20)} ${seconds(began)}` +
    `  ${counts.passed} passed, ${counts.failed} failed${problem ? `: ${problem}` : ''}`;
  summary.push(line);
  print(line);
}

function finish(problem) {
  if (problem) totals.failed += 1;
  print(`\n${summary.join('\n')}\n${problem ? `\n  ${problem}\n` : ''}`);
  print(`${totals.passed} passed, ${totals.failed} failed`);
  process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1);
}
