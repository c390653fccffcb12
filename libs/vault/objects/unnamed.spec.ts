// The sweep of objects that nobody named: only old ones, never a named one, and never where it is not known.
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { objectPath, sweepIncoming } from './object-store';
import { sweepUnnamed, UNNAMED_AFTER_MS } from './unnamed';

let vault: string;
beforeEach(() => {
  vault = mkdtempSync(path.join(tmpdir(), 'parley-unnamed-'));
});
afterEach(() => rmSync(vault, { recursive: true, force: true }));

const NOW = Date.parse('2026-03-01T12:00:00Z');
const KINDS = ['deposit', 'release', 'result', 'evidence', 'units'] as const;
const id = (kind: string, n: number) => `${kind}-${String(n).padStart(64, '0')}`;
function put(objectId: string, age: number): void {
  const file = objectPath(vault, objectId);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, 'sealed');
  utimesSync(file, new Date(NOW - age), new Date(NOW - age));
}
const left = () =>
  readdirSync(vault, { recursive: true, encoding: 'utf8' })
    .map((name) => path.basename(name))
    .filter((name) => name.includes('-'))
    .sort();
const OLD = UNNAMED_AFTER_MS + 1000;
const YOUNG = UNNAMED_AFTER_MS - 1000;

it('removes old objects of every kind that no entry names, and no others', async () => {
  for (const kind of KINDS) {
    put(id(kind, 1), OLD);
    put(id(kind, 2), OLD);
    put(id(kind, 3), YOUNG);
  }
  const asked: string[] = [];
  const ask = (objects: string[]) => {
    asked.push(...objects);
    return Promise.resolve(objects.filter((object) => object.endsWith('1')));
  };
  expect(await sweepUnnamed(vault, ask, NOW)).toBe(5);
  expect(asked.sort()).toEqual(KINDS.flatMap((kind) => [id(kind, 1), id(kind, 2)]).sort());
  expect(left()).toEqual(KINDS.flatMap((kind) => [id(kind, 2), id(kind, 3)]).sort());
});

it('I13: removes nothing where it is not known which are named, or of what was not asked', async () => {
  put(id('release', 1), OLD);
  put(id('release', 2), YOUNG);
  await expect(sweepUnnamed(vault, () => Promise.reject(new Error('LOG_CLOSED')), NOW)).rejects.toThrow(
    'LOG_CLOSED',
  );
  expect(await sweepUnnamed(vault, () => Promise.resolve([id('release', 2), id('release', 9)]), NOW)).toBe(0);
  expect(left()).toEqual([id('release', 1), id('release', 2)]);
});

it('I11: keeps an object that is published again while the ledger is asked', async () => {
  put(id('result', 1), OLD);
  const ask = (objects: string[]) => {
    put(id('result', 1), 0);
    return Promise.resolve(objects);
  };
  expect(await sweepUnnamed(vault, ask, NOW)).toBe(0);
  expect(left()).toEqual([id('result', 1)]);
});

it('what a crash leaves half removed goes with unfinished files', async () => {
  put(id('units', 1), OLD);
  const file = objectPath(vault, id('units', 1));
  const incoming = path.join(vault, 'units', 'incoming');
  mkdirSync(incoming);
  renameSync(file, path.join(incoming, '1-0000000000000000.part'));
  expect(await sweepIncoming(vault, NOW)).toBe(1);
  expect(left()).toEqual([]);
});

it('an empty vault has nothing to ask about', async () => {
  expect(await sweepUnnamed(vault, () => Promise.reject(new Error('asked')), NOW)).toBe(0);
});
