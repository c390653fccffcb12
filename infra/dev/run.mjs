// Runs one of Parley's compiled programs, after installing and building as far as needed: `run.mjs infra/bench/main.js P1`.
import path from 'node:path';
import { ensureBuilt, ensureInstalled, fail, NODE, ROOT, run } from './bootstrap.mjs';

const [program, ...args] = process.argv.slice(2);
try {
  await ensureInstalled();
  await ensureBuilt();
  await run(NODE, ['--enable-source-maps', path.join(ROOT, 'dist', program), ...args]);
} catch (error) {
  fail(error);
}
