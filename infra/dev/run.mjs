// Runs one of Parley's compiled programs, after installing and building as far as needed: `run.mjs infra/bench/main.js P1`.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureBuilt, ensureInstalled, environment, fail, NODE, ROOT } from './bootstrap.mjs';

const [program, ...args] = process.argv.slice(2);
try {
  await ensureInstalled();
  await ensureBuilt();
} catch (error) {
  fail(error);
}

const child = spawn(NODE, ['--enable-source-maps', path.join(ROOT, 'dist', program), ...args], {
  ...{ stdio: 'inherit', env: environment() },
});
// Ctrl-C reaches the program directly; a request to end sent to this process alone is passed on.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.once('error', fail);
// What went wrong the program has said itself.
child.once('exit', (code) => process.exit(code ?? 1));
