// Files of evidence: sealed at rest, what they claim to be, and given back only as they were recorded.
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { objectPath } from '../objects/object-store';
import { aVault } from '../testing/places';
import type { TestVault } from '../testing/places';
import { EVIDENCE_MEDIA_TYPES } from './media-types';

let test: TestVault;
beforeEach(async () => {
  test = await aVault();
});
afterEach(() => test.remove());

const PDF = Buffer.from(`%PDF-1.7\nsecret minutes\n${'x'.repeat(5000)}\n%%EOF\n`);
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
const ZIP = Buffer.from('504b0304140000000000', 'hex');
const partA = randomBytes(32);
const store = (bytes: Buffer | string, mediaType: string, maxBytes = 1_000_000) =>
  test.vault.storeEvidence({
    ...{ evidence: 'prj_a/ev1', mediaType, maxBytes, partA },
    stream: Readable.from([Buffer.from(bytes)], { objectMode: false }),
  });
const files = () =>
  readdirSync(test.places.vaultDir, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );

describe('a file of evidence', () => {
  it('B7: lies sealed, with the digest and length of the plain file told', async () => {
    const stored = await store(PDF, 'application/pdf');
    const sha256 = createHash('sha256').update(PDF).digest('hex');
    expect(stored).toMatchObject({ bytes: PDF.length, sha256 });
    const sealed = readFileSync(objectPath(test.places.vaultDir, stored.objectId));
    expect(sealed.includes('secret minutes')).toBe(false);
    const load = { evidence: 'prj_a/ev1', objectId: stored.objectId, sha256, partA };
    expect((await test.vault.loadEvidence(load)).equals(PDF)).toBe(true);
  });

  it.each([
    ['a page declared as PDF', '<html><script>alert(1)</script></html>', 'application/pdf'],
    ['a PDF declared as text', PDF, 'text/plain'],
    ['a picture declared as a JPEG', PNG, 'image/jpeg'],
    [
      'an archive declared as a Word document',
      ZIP,
      `application/vnd.openxmlformats-officedocument.wordprocessingml.document`,
    ],
    ['bytes that are no UTF-8 declared as text', Buffer.from([0x61, 0xff, 0xfe, 0x62]), 'text/plain'],
    ['text with a NUL', 'a\u0000b', 'text/csv'],
    ['an empty file', '', 'text/plain'],
    ['a page as a page', '<html></html>', 'text/html'],
    ['a drawing that can run scripts', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'],
    ['a type named after a property of every object', 'x', 'constructor'],
  ])('B7: %s is refused, and nothing of it is kept', async (_what, bytes, mediaType) => {
    await expect(store(bytes, mediaType)).rejects.toMatchObject({ code: 'WRONG_TYPE' });
    expect(files()).toEqual([]);
  });

  it('B7: larger than allowed is refused, and nothing of it is kept', async () => {
    await expect(store(PDF, 'application/pdf', 100)).rejects.toMatchObject({ code: 'TOO_LARGE' });
    expect(files()).toEqual([]);
  });

  it('takes text in any script, cut anywhere', async () => {
    const text = 'Notes: \u05e9\u05dc\u05d5\u05dd \u202e\ud83d\ude42 <b>';
    const pieces = [...Buffer.from(text)].map((byte) => Buffer.from([byte]));
    const stream = Readable.from(pieces, { objectMode: false });
    const stored = await test.vault.storeEvidence({
      ...{ evidence: 'prj_a/ev1', mediaType: 'text/plain', maxBytes: 1000, partA, stream },
    });
    const load = { evidence: 'prj_a/ev1', objectId: stored.objectId, sha256: stored.sha256, partA };
    expect((await test.vault.loadEvidence(load)).toString()).toBe(text);
  });

  it('does not open with another key part, under another id, changed on disk, or under another digest', async () => {
    const { objectId, sha256 } = await store(PDF, 'application/pdf');
    const load = (over: object) =>
      test.vault.loadEvidence({ evidence: 'prj_a/ev1', objectId, sha256, partA, ...over });
    await expect(load({ partA: randomBytes(32) })).rejects.toMatchObject({ code: 'DAMAGED' });
    await expect(load({ evidence: 'prj_a/ev2' })).rejects.toMatchObject({ code: 'KEY_MISSING' });
    await expect(load({ sha256: '0'.repeat(64) })).rejects.toMatchObject({ code: 'DIGEST_DIFFERS' });
    const file = objectPath(test.places.vaultDir, objectId);
    const bytes = readFileSync(file);
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    await expect(load({})).rejects.toMatchObject({ code: 'DAMAGED' });
  });

  it('accepts no type that a browser would run', () => {
    const types = Object.keys(EVIDENCE_MEDIA_TYPES);
    expect(types.filter((type) => /html|svg|xml$|script|macro/i.test(type))).toEqual([]);
  });
});
