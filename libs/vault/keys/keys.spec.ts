// Key parts: two are needed, either destroys, and none comes back.
import { createHmac, randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deriveKey } from './derivation';
import { keyedNames } from './keyed-names';
import { openKeyStore } from './key-store';
import { wrapFileKey } from './wrapping';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'parley-keys-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('a wrapped file key', () => {
  it("opens with the deposit's private key and for that deposit only", async () => {
    const store = await openKeyStore(directory);
    const { publicKey } = await store.createDepositKeyPair('prj_a/d1');
    const key = randomBytes(32);
    const wrapped = wrapFileKey(publicKey, key, 'prj_a/d1');
    expect((await store.unwrap('prj_a/d1', wrapped)).equals(key)).toBe(true);
    expect(wrapFileKey(publicKey, key, 'prj_a/d1')).not.toBe(wrapped);
    await store.createDepositKeyPair('prj_a/d2');
    await expect(store.unwrap('prj_a/d2', wrapped)).rejects.toMatchObject({ code: 'WRONG_KEY' });
    const elsewhere = wrapFileKey(publicKey, key, 'prj_a/d2');
    await expect(store.unwrap('prj_a/d1', elsewhere)).rejects.toMatchObject({ code: 'WRONG_KEY' });
  });

  it('is refused in words when it is nonsense or was changed', async () => {
    const store = await openKeyStore(directory);
    const { publicKey } = await store.createDepositKeyPair('prj_a/d1');
    const wrapped = wrapFileKey(publicKey, randomBytes(32), 'prj_a/d1');
    const [, point = '', body = ''] = wrapped.split('.');
    const zero = Buffer.alloc(32).toString('base64url');
    for (const bad of [
      '',
      'x',
      'x1.a.b',
      `x2.${point}.${body}`,
      `x1.${zero}.${body}`,
      `x1.${point}.${body.slice(0, -2)}AA`,
    ])
      await expect(store.unwrap('prj_a/d1', bad)).rejects.toMatchObject({ code: 'WRONG_KEY' });
  });
});

describe('the key store', () => {
  it('is closed to other users, and closes a directory that was open', async () => {
    chmodSync(directory, 0o755);
    const store = await openKeyStore(directory);
    await store.createPart('release', 'prj_a/rel1');
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(directory))
      expect(statSync(path.join(directory, name)).mode & 0o777).toBe(0o600);
  });

  it('makes a part once, whoever asks and however often at once', async () => {
    const [one, two] = [await openKeyStore(directory), await openKeyStore(directory)];
    const ask = (_: unknown, n: number) => (n % 2 === 0 ? one : two).createPart('release', 'prj_a/rel1');
    const parts = await Promise.all(Array.from({ length: 20 }, ask));
    expect(new Set(parts.map((part) => part.toString('hex'))).size).toBe(1);
    expect(await one.readPart('release', 'prj_a/rel1')).toEqual(parts[0]);
    const pairs = await Promise.all([one, two].map((store) => store.createDepositKeyPair('prj_a/d1')));
    expect(pairs[0]).toEqual(pairs[1]);
  });

  it('destroys a part for ever, also against whoever would make it again', async () => {
    const store = await openKeyStore(directory);
    const part = await store.createPart('release', 'prj_a/rel1');
    const first = new Date('2026-01-05T09:00:00Z');
    const seen = { existed: true, at: first.toISOString(), lying: 4096 };
    expect(await store.destroy('release', 'prj_a/rel1', first, 4096)).toEqual(seen);
    // Whoever tries again, later, when nothing is there any more, is told what was there then.
    expect(await store.destroy('release', 'prj_a/rel1', new Date('2026-02-01T09:00:00Z'), 0)).toEqual(seen);
    expect(await store.destroy('release', 'prj_a/rel2', first)).toEqual({
      ...{ existed: false, at: first.toISOString(), lying: 0 },
    });
    await expect(store.readPart('release', 'prj_a/rel1')).rejects.toThrow(
      'The key store has no key part of release prj_a/rel1: it was destroyed or never made, so its bytes cannot be read.',
    );
    await expect(store.createPart('release', 'prj_a/rel1')).rejects.toMatchObject({ code: 'KEY_DESTROYED' });
    expect(await store.has('release', 'prj_a/rel1')).toBe(false);
    for (const name of readdirSync(directory))
      expect(readFileSync(path.join(directory, name)).includes(part)).toBe(false);
  });

  it('keeps kinds and ids apart, and takes no id that could leave the directory', async () => {
    const store = await openKeyStore(directory);
    const [one, two] = [await store.createPart('release', 'a/1'), await store.createPart('result', 'a/1')];
    expect(one.equals(two)).toBe(false);
    for (const id of ['', 'a\0b', 'a b', '../ü', 'x'.repeat(201)])
      await expect(store.createPart('release', id)).rejects.toMatchObject({ code: 'BAD_ID' });
    await store.createPart('release', '../../escape');
    expect(readdirSync(directory)).toHaveLength(3);
  });
});

describe('keyed names', () => {
  it('are HMAC-SHA256, whatever the length of key and text', () => {
    for (const key of [randomBytes(1), randomBytes(32), randomBytes(64), randomBytes(100)])
      for (const text of ['', 'NSW1', 'ü'.repeat(100)])
        expect(keyedNames(key)(text)).toBe(createHmac('sha256', key).update(text).digest('hex'));
  });
});

describe('a derived key', () => {
  const [a, b] = [randomBytes(32), randomBytes(32)];

  it('needs both parts, and is another for each purpose and id', () => {
    const key = deriveKey(a, b, 'release file', 'r1');
    expect(deriveKey(a, b, 'release file', 'r1').equals(key)).toBe(true);
    for (const other of [
      deriveKey(b, a, 'release file', 'r1'),
      deriveKey(a, randomBytes(32), 'release file', 'r1'),
      deriveKey(a, b, 'release pseudonyms', 'r1'),
      deriveKey(a, b, 'release file', 'r2'),
    ])
      expect(other.equals(key)).toBe(false);
    expect(() => deriveKey(Buffer.alloc(0), b, 'release file', 'r1')).toThrow(/not 32 bytes long/);
  });
});
