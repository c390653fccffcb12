// The packages that a digest of this library's code has to name.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PACKAGES } from '.';

it('are all that methods import', () => {
  const sources = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('spec.ts') && !name.includes('testing/'),
  );
  const imported = sources.flatMap((name) =>
    [...readFileSync(path.join(__dirname, name), 'utf8').matchAll(/ from '([^'.][^']*)'/g)].map(
      ([, from = '']) => from.split('/')[0] ?? '',
    ),
  );
  expect([...new Set(imported)].sort()).toEqual([...PACKAGES].sort());
});
