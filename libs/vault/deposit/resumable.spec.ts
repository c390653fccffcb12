// Uploads that break off and go on: whole and as announced in the end, or nothing of them stays.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { openKeyStore } from '../keys/key-store';
import { ResumableUploads } from './index';

let root: string;
let recipientPublicKey: string;
let uploads: ResumableUploads;
beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'parley-resumable-'));
  const keys = await openKeyStore(path.join(root, 'keys'));
  recipientPublicKey = (await keys.createDepositKeyPair('prj_a/d1')).publicKey;
  uploads = new ResumableUploads();
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const vaultDir = () => path.join(root, 'vault');
const files = () =>
  readdirSync(vaultDir(), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const begin = (length: number, more: object = {}) =>
  uploads.begin({
    ...{ deposit: 'prj_a/d1', length, maxBytes: 1_000_000, recipientPublicKey, vaultDir: vaultDir() },
    ...more,
  });
const send = (offset: number, bytes: Buffer) => uploads.append('prj_a/d1', offset, Readable.from([bytes]));

describe('a resumable upload', () => {
  const file = randomBytes(300_000);

  it('goes on where it broke off, and is the whole file in the end', async () => {
    begin(file.length, { sha256: digest(file) });
    const cut = new PassThrough();
    cut.write(file.subarray(0, 100_000));
    setImmediate(() => cut.destroy(new Error('cut')));
    await uploads.append('prj_a/d1', 0, cut);
    const { offset } = uploads.at('prj_a/d1') ?? { offset: -1 };
    expect(offset).toBe(100_000);
    const { receipt } = await send(offset, file.subarray(offset));
    expect(receipt).toMatchObject({ sha256: digest(file), bytes: file.length });
    expect(uploads.at('prj_a/d1')).toBeNull();
    expect(files()).toHaveLength(1);
  });

  it('gives the file’s digest however it was cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 6 }),
        async (cuts) => {
          const bytes = randomBytes(cuts.reduce((sum, cut) => sum + cut, 0));
          begin(bytes.length);
          let offset = 0;
          let last = null;
          for (const cut of cuts)
            ({ offset, receipt: last } = await send(offset, bytes.subarray(offset, offset + cut)));
          expect(last).toMatchObject({ sha256: digest(bytes) });
        },
      ),
      { numRuns: 20 },
    );
  });

  it('I11: resumed with other content it is refused, and nothing of it stays', async () => {
    begin(file.length, { sha256: digest(file) });
    await send(0, file.subarray(0, 100_000));
    await expect(send(100_000, randomBytes(200_000))).rejects.toMatchObject({ code: 'DIGEST_DIFFERS' });
    expect(uploads.at('prj_a/d1')).toBeNull();
    expect(files()).toEqual([]);
  });

  it('is refused at another place than it is at, twice at once, and beyond what was announced', async () => {
    begin(10);
    await send(0, Buffer.from('01234'));
    await expect(send(3, Buffer.from('3'))).rejects.toThrow(
      'The upload is at byte 5, not 3. Ask where it is, and go on there.',
    );
    await expect(send(5, Buffer.from('5678901'))).rejects.toThrow(
      'More arrives than the 10 bytes that were announced.',
    );
    const silent = new PassThrough();
    const first = uploads.append('prj_a/d1', 5, silent);
    await expect(send(5, Buffer.from('5'))).rejects.toThrow('Another connection is sending this file.');
    silent.end('56789');
    await expect(first).resolves.toMatchObject({ offset: 10 });
  });

  it('I11: leaves nothing when it is given up, begun anew, or nobody goes on with it', async () => {
    begin(10);
    await send(0, Buffer.from('01234'));
    await uploads.abandon('prj_a/d1');
    await expect(send(5, Buffer.from('5'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(files()).toEqual([]);
    uploads = new ResumableUploads({ idleMs: 1, most: 1 });
    begin(10);
    while (uploads.at('prj_a/d1') !== null) await new Promise((next) => setTimeout(next, 1));
    expect(() => begin(2_000_000)).toThrow(/larger than 1,000,000 bytes/);
  });
});
