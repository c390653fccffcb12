// Zips that mean harm, or are damaged: what the verifier says of them, and that it goes on living.
import { crc32, deflateRawSync } from 'node:zlib';
import { BlobWriter, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import { bytesOf, canonicalText } from '#libs/log';
import { aBundle, zipped, verifyBundle } from './testing';
import type { Made } from './testing';

jest.setTimeout(60_000);

let made: Made;
beforeAll(async () => {
  made = await aBundle();
});

/** With a file more than the export has, it is refused for this reason. */
async function expectRefused(name: string, bytes: Uint8Array, because: RegExp): Promise<void> {
  const zip = await zipped([...made.files, [name, bytes]]);
  const { outcome, sentence } = await verifyBundle(zip, { keys: [made.key] });
  expect([outcome, sentence]).toEqual(['INVALID', expect.stringMatching(because)]);
}

describe('zips that mean harm', () => {
  it.each([
    ['../../etc/passwd', /leads elsewhere/],
    ['/etc/passwd', /leads elsewhere/],
    ['C:\\autoexec.bat', /leads elsewhere/],
    ['ledger/../x', /leads elsewhere/],
  ])('a file named %s', async (name, because) => {
    await expectRefused(name, bytesOf('x'), because);
  });

  it('a bomb, and zeros that are no zip', async () => {
    await expectRefused('zeros', new Uint8Array(50_000_000), /zip bomb/);
    const zeros = new Uint8Array(1 << 20);
    const huge = new Blob(Array.from({ length: 200 }, () => zeros));
    const verdict = await verifyBundle(huge, { keys: [made.key] });
    expect([verdict.outcome, verdict.sentence]).toEqual([
      'INVALID',
      expect.stringContaining('no whole zip file'),
    ]);
  });

  it('ten gigabytes of zeros in a few bytes, by what the zip says of them', async () => {
    const zip = new ZipWriter(new BlobWriter('application/zip'));
    for (const [name, bytes] of made.files) await zip.add(name, new Uint8ArrayReader(bytes));
    await zip.add('zeros', new Uint8ArrayReader(deflateRawSync(new Uint8Array(10_000_000))), {
      ...{ passThrough: true, compressionMethod: 8, zip64: true },
      ...{ uncompressedSize: 10 * 2 ** 30, signature: 0 },
    });
    const verdict = await verifyBundle(await zip.close(), { keys: [made.key] });
    expect([verdict.outcome, verdict.sentence]).toEqual([
      'INVALID',
      expect.stringMatching(/unpacks to more than \d+ bytes or \d+ files; it was not unpacked/),
    ]);
  });

  it('a file that unpacks to more or less than the zip says, or to other bytes', async () => {
    const zeros = new Uint8Array(50_000_000);
    const bomb = await zipped(new Map(made.files).set('ledger/withheld.jsonl', zeros));
    for (const said of [1, 65_536, 900_000])
      expect(await verdictSaying(bomb, zeros.length, said)).toMatch(
        /withheld.jsonl (is longer than the zip says|cannot be unpacked)/,
      );
    const zip = await zipped(made.files);
    const entries = made.files.get('ledger/entries.jsonl') as Uint8Array;
    for (const [said, instead] of [
      [entries.length, entries.length + 1],
      [entries.length, entries.length - 1],
      [crc32(entries), 7],
    ] as const)
      expect(await verdictSaying(zip, said, instead)).toMatch(
        /entries.jsonl (is longer than the zip says|cannot be unpacked)/,
      );
  });

  /** The verdict once the zip says another number wherever it says this one, of four bytes. */
  async function verdictSaying(zip: Blob, said: number, instead: number): Promise<string> {
    const view = new DataView(await zip.arrayBuffer());
    const places = Array.from({ length: view.byteLength - 3 }, (_, at) => at).filter(
      (at) => view.getUint32(at, true) === said,
    );
    expect(places.length).toBeGreaterThan(1);
    for (const at of places) view.setUint32(at, instead, true);
    return (await verifyBundle(new Blob([view.buffer]), { keys: [made.key] })).sentence;
  }

  it('more than it may unpack to', async () => {
    const blob = await zipped(made.files);
    const verdict = await verifyBundle(blob, { keys: [made.key] }, { total: 10_000, files: 100, ratio: 200 });
    expect(verdict.sentence).toMatch(/it was not unpacked/);
  });

  it('cut off anywhere', async () => {
    const blob = await zipped(made.files);
    for (let part = 0; part < 20; part += 1) {
      const verdict = await verifyBundle(blob.slice(0, Math.floor((blob.size * part) / 20)), {
        keys: [made.key],
      });
      expect(verdict.outcome).toBe('INVALID');
    }
  });

  it('no zip at all, and nothing', async () => {
    for (const bytes of ['', 'hello', canonicalText({ a: 1 })])
      expect((await verifyBundle(new Blob([bytes]), { keys: [made.key] })).outcome).toBe('INVALID');
  });
});
