// Writes the generated documents; with --check, says which are stale and what the READMEs claim that is not so.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { statesPage } from './diagrams';
import { methodsPage } from './methods';
import { untruths } from './readmes';

const ROOT = process.cwd();
const PAGES: Record<string, () => string> = {
  [path.join('infra', 'docs', 'states.md')]: statesPage,
  [path.join('infra', 'docs', 'methods.md')]: methodsPage,
};

function check(): string[] {
  const stale = Object.entries(PAGES)
    .filter(([page, made]) => readFileSync(path.join(ROOT, page), 'utf8') !== made())
    .map(([page]) => `${page} is stale: run "npm run docs"`);
  return [...stale, ...untruths(ROOT)];
}

if (process.argv.includes('--check')) {
  const found = check();
  for (const line of found) console.error(line);
  process.exitCode = found.length > 0 ? 1 : 0;
  if (found.length === 0) console.log('the documents say what is so');
} else {
  for (const [page, made] of Object.entries(PAGES)) {
    writeFileSync(path.join(ROOT, page), made());
    console.log(`wrote ${page}`);
  }
}
