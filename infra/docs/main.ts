// Writes the generated documents; with --check, says which are stale and what the READMEs claim that is not so.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { statesPage } from './diagrams';
import { untruths } from './readmes';

const ROOT = process.cwd();
const PAGE = path.join('infra', 'docs', 'states.md');

function check(): string[] {
  const written = readFileSync(path.join(ROOT, PAGE), 'utf8');
  const stale = written === statesPage() ? [] : [`${PAGE} is stale: run "npm run docs"`];
  return [...stale, ...untruths(ROOT)];
}

if (process.argv.includes('--check')) {
  const found = check();
  for (const line of found) console.error(line);
  process.exitCode = found.length > 0 ? 1 : 0;
  if (found.length === 0) console.log('the documents say what is so');
} else {
  writeFileSync(path.join(ROOT, PAGE), statesPage());
  console.log(`wrote ${PAGE}`);
}
