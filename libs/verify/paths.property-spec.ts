// Proofs read in place, against the same lines read as JSON: real proofs, with bytes changed.
import fc from 'fast-check';
import { z } from 'zod';
import {
  bytesOf,
  canonicalText,
  fromBase64,
  HASH_BYTES,
  isCanonical,
  sha256Bytes,
  textOf,
  toBase64,
} from '#libs/log';
import { hashAt, isHashAt, isSameFrom, pathOf, plainProof, readHash } from './paths';
import { PLACE } from './places';
import { aBundle } from './testing';

let lines: Uint8Array[];
beforeAll(async () => {
  const { files } = await aBundle();
  lines = (textOf(files.get('ledger/proofs.jsonl') as Uint8Array) ?? '').trim().split('\n').map(bytesOf);
});

const ProofLine = z.strictObject(PLACE);
/** The exact way: null for whatever is no proof. */
function exactly(bytes: Uint8Array): { index: number; size: number; path: string[] } | null {
  const text = textOf(bytes);
  try {
    const value: unknown = JSON.parse(text ?? '');
    const { data } = ProofLine.safeParse(value);
    const areHashes = data?.path.every((hash) => fromBase64(hash)?.length === HASH_BYTES) ?? false;
    return data && areHashes && isCanonical(text ?? '', value) ? data : null;
  } catch {
    return null;
  }
}
/** The quick way, with every hash looked at; null for whatever it leaves to the exact one, or cannot use. */
function quickly(bytes: Uint8Array): { index: number; size: number; path: string[] } | null {
  // In the middle of other bytes, as lines are.
  const proof = plainProof(Uint8Array.of(0x31, ...bytes, 0x31), 1, bytes.length + 1);
  if (proof?.path == null) return null;
  const { path, index, size } = proof;
  const hashes: string[] = [];
  for (let step = 0; step < path.steps; step += 1) {
    const hash = new Uint8Array(HASH_BYTES);
    if (!hashAt(path, step, hash)) return null;
    hashes.push(toBase64(hash));
  }
  return { index, size, path: hashes };
}

it('reads every proof of an export in place', () => {
  for (const line of lines) expect(quickly(line)).toEqual(exactly(line));
  expect(lines.map(quickly)).not.toContain(null);
});

it('reads no line with bytes changed otherwise than JSON says it', () => {
  const byte = fc.oneof(fc.constantFrom(...bytesOf('"{}[]:,\\ 0123456789=+/AQgw-')), fc.nat({ max: 255 }));
  const change = fc.record({ at: fc.nat(), by: fc.constantFrom('set', 'insert', 'remove'), byte });
  fc.assert(
    fc.property(fc.nat(), fc.array(change, { minLength: 1, maxLength: 3 }), (pick, changes) => {
      const line = changes.reduce(
        (bytes, { at, by, byte: other }) => {
          const place = at % bytes.length;
          const kept = by === 'insert' ? place : place + 1;
          return Uint8Array.of(
            ...bytes.slice(0, place),
            ...(by === 'remove' ? [] : [other]),
            ...bytes.slice(kept),
          );
        },
        lines[pick % lines.length] as Uint8Array,
      );
      const quick = quickly(line);
      if (quick !== null) expect(quick).toEqual(exactly(line));
    }),
    { numRuns: 20_000 },
  );
});

it('reads and compares hashes as base64 has them, and nothing like them', () => {
  const character = fc.constantFrom(...'ABQgw048+/=-_" éŁ'.split(''));
  fc.assert(
    fc.property(fc.nat(), fc.nat({ max: 43 }), character, (seed, at, other) => {
      const hash = sha256Bytes(String(seed));
      const text = toBase64(hash);
      const written = text.slice(0, at) + other + text.slice(at + 1);
      const path = { bytes: bytesOf(written), at: 0, steps: 1 };
      const read = new Uint8Array(HASH_BYTES);
      const exact = fromBase64(written);
      expect(hashAt(path, 0, read)).toBe(exact?.length === HASH_BYTES);
      if (exact?.length === HASH_BYTES) expect([...read]).toEqual([...exact]);
      expect(isHashAt(path, 0, text)).toBe(written === text);
      expect(isHashAt(path, 0, `${text}=`)).toBe(false);
      const own = new Uint8Array(HASH_BYTES);
      expect(readHash(written, own)).toBe(exact?.length === HASH_BYTES);
      if (exact?.length === HASH_BYTES) expect([...own]).toEqual([...exact]);
      expect(readHash(`${text}=`, own)).toBe(false);
    }),
    { numRuns: 5000 },
  );
});

it('compares paths from any step on as their texts', () => {
  const hashes = fc.array(
    fc.constantFrom('a', 'b').map((text) => toBase64(sha256Bytes(text))),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(hashes, hashes, fc.nat({ max: 5 }), fc.nat({ max: 5 }), (one, other, from, otherFrom) => {
      fc.pre(from <= one.length && otherFrom <= other.length);
      const [a, b] = [pathOf(one), pathOf(other)];
      const isSame = canonicalText(one.slice(from)) === canonicalText(other.slice(otherFrom));
      expect(a && b && isSameFrom(a, from, b, otherFrom)).toBe(isSame);
    }),
  );
});

it.each([
  ['a zero before a number', (line: string) => line.replace('"index":', '"index":0')],
  ['a zero before the size', (line: string) => line.replace('"size":', '"size":0')],
  ['more digits than are certain', (line: string) => line.replace('"index":', '"index":1000000000000000')],
  ['no number', (line: string) => line.replace(/"index":\d+/, '"index":')],
  ['a size of nothing', (line: string) => line.replace(/"size":\d+/, '"size":0')],
  ['a space', (line: string) => line.replace(',"size"', ', "size"')],
  ['another name', (line: string) => line.replace('"path"', '"paths"')],
  ['a member more', (line: string) => line.replace(/\}$/, ',"x":1}')],
  ['no path', (line: string) => line.replace(/\[.*\]/, '[]')],
  ['another quote', (line: string) => line.replace('","', '", ')],
])('leaves a line with %s to the exact way', (_, change) => {
  const line = textOf(lines.at(-1) as Uint8Array) ?? '';
  expect(change(line)).not.toBe(line);
  expect(quickly(bytesOf(change(line)))).toBeNull();
});

it('makes no path of what cannot be hashes', () => {
  const hash = toBase64(sha256Bytes('a'));
  expect(pathOf([])).toEqual(expect.objectContaining({ steps: 0 }));
  expect(pathOf([hash, hash])).toEqual(expect.objectContaining({ steps: 2 }));
  for (const other of ['', hash.slice(1), `${hash}=`, `é${hash.slice(1)}`])
    expect(pathOf([hash, other])).toBeNull();
  expect(quickly(bytesOf(`{"index":0,"path":["${hash.replace('=', ' ')}"],"size":2}`))).toBeNull();
});
