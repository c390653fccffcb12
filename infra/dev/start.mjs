// `npm start`: sets this checkout up as far as needed, and hands over to the launcher on Parley's own Node.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureBuilt, ensureInstalled, environment, fail, NODE, print, ROOT } from './bootstrap.mjs';

print('Parley. Everything it keeps lies in .parley; Ctrl-C stops it.\n');
try {
  await ensureInstalled();
  await ensureBuilt();
} catch (error) {
  fail(error);
}

const launcher = path.join(ROOT, 'dist', 'infra', 'dev', 'up.js');
const child = spawn(NODE, ['--enable-source-maps', launcher, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: environment(),
});
// Ctrl-C reaches the launcher directly; a request to end sent to this process alone is passed on. Both wait for it.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.once('error', fail);
child.once('exit', (code) => process.exit(code ?? 1));
