// Publishing: an object has its name when its bytes are on disk and it may be had, and otherwise leaves nothing.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { wholeOf } from './files';
import { objectPath, publish, readObject } from './object-store';

const vaultDir = mkdtempSync(path.join(tmpdir(), 'parley-objects-'));
afterAll(() => rmSync(vaultDir, { recursive: true, force: true }));

const bytes = Buffer.alloc(3 * 2 ** 20 + 7, 'sealed');
const objectId = `release-${createHash('sha256').update(bytes).digest('hex')}`;
const incoming = () => readdirSync(path.join(vaultDir, 'releases', 'incoming'));
const published = (ready?: Promise<unknown>) =>
  publish(vaultDir, 'release', [Readable.from([bytes], { objectMode: false })], undefined, ready);

it('I11: has no name before what it waits for is known, and leaves nothing where that fails', async () => {
  const refused = new Error('not fit to be released');
  const ready = Promise.reject(refused);
  ready.catch(() => undefined);
  await expect(published(ready)).rejects.toBe(refused);
  expect(existsSync(objectPath(vaultDir, objectId))).toBe(false);
  expect(incoming()).toEqual([]);
});

it('comes back byte for byte, and is missed by name', async () => {
  expect(await published(Promise.resolve())).toEqual({ objectId });
  expect((await wholeOf(readObject(vaultDir, objectId))).equals(bytes)).toBe(true);
  const other = `release-${'0'.repeat(64)}`;
  await expect(wholeOf(readObject(vaultDir, other))).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
