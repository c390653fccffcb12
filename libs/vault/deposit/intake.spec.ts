// Intake: what arrives is encrypted and whole, or nothing of it stays.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { openKeyStore } from '../keys/key-store';
import type { KeyStore } from '../keys/key-store';
import { objectPath } from '../objects/object-store';
import { receiveDeposit } from './index';

let root: string;
let keys: KeyStore;
let recipientPublicKey: string;
beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'parley-intake-'));
  keys = await openKeyStore(path.join(root, 'keys'));
  recipientPublicKey = (await keys.createDepositKeyPair('prj_a/d1')).publicKey;
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const vaultDir = () => path.join(root, 'vault');
const intake = (stream: Readable, more: object = {}) =>
  receiveDeposit({
    deposit: 'prj_a/d1',
    stream,
    maxBytes: 1_000_000,
    recipientPublicKey,
    vaultDir: vaultDir(),
    ...more,
  });
const files = () =>
  readdirSync(vaultDir(), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

describe('a deposit arriving', () => {
  it('lies encrypted under the digest of its sealed bytes, and the receipt tells its plain digest', async () => {
    const plain = Buffer.from('person,score\nsecret-name,1\n'.repeat(5000));
    const receipt = await intake(Readable.from([plain]));
    const stored = readFileSync(objectPath(vaultDir(), receipt.objectId));
    expect(receipt).toMatchObject({
      bytes: plain.length,
      sha256: createHash('sha256').update(plain).digest('hex'),
      objectId: `deposit-${createHash('sha256').update(stored).digest('hex')}`,
    });
    expect(stored.includes('secret-name')).toBe(false);
    expect(await keys.unwrap('prj_a/d1', receipt.wrappedKey)).toHaveLength(32);
    expect(files()).toHaveLength(1);
  });

  it('I11: leaves nothing when it is larger than allowed, and its connection stays open for the answer', async () => {
    const stream = Readable.from(Array.from({ length: 50 }, () => Buffer.alloc(50_000)));
    await expect(intake(stream)).rejects.toThrow(
      'The file is larger than 1,000,000 bytes, the most a deposit may have. Nothing was kept; deposit fewer fields or a shorter period.',
    );
    expect(stream.destroyed).toBe(false);
    expect(files()).toEqual([]);
  });

  it('I11: leaves nothing of a file that is not the one announced', async () => {
    const plain = Buffer.from('person,score\n');
    const announced = { sha256: createHash('sha256').update(plain).digest('hex') };
    await expect(intake(Readable.from([Buffer.from('person,other\n')]), announced)).rejects.toThrow(
      'What arrived is not the file that was announced: its SHA-256 differs. Nothing was kept; send the file again from its beginning.',
    );
    expect(files()).toEqual([]);
    expect(await intake(Readable.from([plain]), announced)).toMatchObject(announced);
  });

  it('I11: leaves nothing when the upload breaks off', async () => {
    const stream = new PassThrough();
    stream.write(randomBytes(200_000));
    setImmediate(() => stream.destroy());
    await expect(intake(stream)).rejects.toMatchObject({ code: 'UPLOAD_BROKEN' });
    expect(files()).toEqual([]);
  });

  it('I11: leaves nothing when it is cancelled while the sender is silent', async () => {
    const cancel = new AbortController();
    const stream = new PassThrough();
    stream.write(randomBytes(200_000));
    setImmediate(() => cancel.abort());
    await expect(intake(stream, { signal: cancel.signal })).rejects.toMatchObject({ code: 'UPLOAD_BROKEN' });
    expect(files()).toEqual([]);
    stream.destroy();
  });

  it('refuses a public key that is none before it reads anything', async () => {
    const stream = new PassThrough();
    await expect(intake(stream, { recipientPublicKey: 'AAAA' })).rejects.toThrow();
    expect(stream.readableFlowing).toBeNull();
  });
});
