// The sealed format: opens whole and unchanged, or not at all.
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { wholeOf } from './files';
import { prefixOf, seal, unseal } from './sealing';
import type { SealedKind } from './sealing';

const key = randomBytes(32);
const CHUNK = 64 * 1024;
const SEALED_CHUNK = CHUNK + 16;
const HEADER = 16;

function sealed(plain: Buffer, kind: SealedKind = 'deposit', prefix?: Buffer): Promise<Buffer> {
  return buffer(Readable.from([plain], { objectMode: false }).pipe(seal(key, kind, prefix)));
}
async function opened(bytes: Buffer, kind: SealedKind = 'deposit', with_ = key): Promise<Buffer> {
  return wholeOf(unseal(Readable.from(inPieces(bytes)), with_, kind));
}
/** Pieces of odd sizes, as a disk or network gives them. */
function* inPieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 7 + 3) % 50_000)
    yield bytes.subarray(at, at + Math.max(1, size));
}

describe('a sealed stream', () => {
  it.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5])(
    'opens again: %i bytes',
    async (size) => {
      const plain = randomBytes(size);
      const bytes = await sealed(plain);
      expect(bytes.length).toBe(HEADER + size + 16 * Math.max(1, Math.ceil(size / CHUNK)));
      expect((await opened(bytes)).equals(plain)).toBe(true);
    },
  );

  it('I11: does not open when it is cut anywhere, also between chunks', async () => {
    const bytes = await sealed(randomBytes(2 * CHUNK + 100));
    const cuts = [0, 5, HEADER, HEADER + SEALED_CHUNK, HEADER + 2 * SEALED_CHUNK, bytes.length - 1];
    for (const cut of cuts)
      await expect(opened(bytes.subarray(0, cut))).rejects.toMatchObject({ code: 'DAMAGED' });
  });

  it('I6: does not open when a bit is changed, wherever it is', async () => {
    const bytes = await sealed(randomBytes(CHUNK + 100));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        await expect(opened(changed)).rejects.toMatchObject({ code: 'DAMAGED' });
      }),
      { numRuns: 50 },
    );
  });

  it('I6: does not open with chunks swapped, repeated, appended or of another stream', async () => {
    const bytes = await sealed(randomBytes(3 * CHUNK));
    const other = await sealed(randomBytes(3 * CHUNK));
    const head = (of: Buffer) => of.subarray(0, HEADER);
    const chunk = (of: Buffer, n: number) =>
      of.subarray(HEADER + n * SEALED_CHUNK, HEADER + (n + 1) * SEALED_CHUNK);
    for (const forged of [
      [head(bytes), chunk(bytes, 1), chunk(bytes, 0), chunk(bytes, 2)],
      [head(bytes), chunk(bytes, 0), chunk(bytes, 0), chunk(bytes, 1), chunk(bytes, 2)],
      [bytes, chunk(bytes, 2)],
      [head(bytes), chunk(bytes, 0), chunk(other, 1), chunk(bytes, 2)],
      [head(other), chunk(bytes, 0), chunk(bytes, 1), chunk(bytes, 2)],
    ])
      await expect(opened(Buffer.concat(forged))).rejects.toMatchObject({ code: 'DAMAGED' });
  });

  it('does not open as something else, or with another key', async () => {
    const bytes = await sealed(Buffer.from('text'));
    await expect(opened(bytes, 'release')).rejects.toMatchObject({ code: 'DAMAGED' });
    await expect(opened(bytes, 'deposit', randomBytes(32))).rejects.toMatchObject({ code: 'DAMAGED' });
  });

  it('differs each time, unless the prefix comes from the text itself', async () => {
    const plain = Buffer.from('the same');
    expect((await sealed(plain)).equals(await sealed(plain))).toBe(false);
    const prefix = prefixOf(key, 'ab'.repeat(32));
    expect((await sealed(plain, 'release', prefix)).equals(await sealed(plain, 'release', prefix))).toBe(
      true,
    );
    expect(prefixOf(key, 'ac'.repeat(32)).equals(prefix)).toBe(false);
  });
});
