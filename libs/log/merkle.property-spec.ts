// The tree against published vectors (RFC 6962 / 9162, Certificate Transparency's reference set) and against its definition.
import fc from 'fast-check';
import {
  bytesOf,
  consistencyRanges,
  EMPTY_ROOT,
  inclusionRanges,
  isConsistent,
  isIncluded,
  leafHash,
  nodeHash,
  parseTilePath,
  rangeHash,
  splitOf,
  TiledTree,
  tilePath,
  tileWidth,
} from '.';
import type { HashAt } from '.';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
/** MTH of RFC 9162 § 2.1.1, word for word. */
const mth = (leaves: Uint8Array[]): Uint8Array => {
  if (leaves.length === 0) return EMPTY_ROOT;
  if (leaves.length === 1) return leaves[0] as Uint8Array;
  const k = splitOf(leaves.length);
  return nodeHash(mth(leaves.slice(0, k)), mth(leaves.slice(k)));
};
const some = (n: number, salt = '') =>
  Array.from({ length: n }, (_, i) => leafHash(bytesOf(`leaf ${salt}${i}`)));
const hashesOf = (leaves: Uint8Array[]): HashAt => {
  return (height, index) => mth(leaves.slice(index * 2 ** height, (index + 1) * 2 ** height));
};

/** A tile by the words of C2SP tlog-tiles. */
const tileOf = (leaves: Uint8Array[], level: number, n: number, width: number): Uint8Array => {
  const each = 256 ** level;
  const hashes = Array.from({ length: width }, (_, i) =>
    mth(leaves.slice((n * 256 + i) * each, (n * 256 + i + 1) * each)),
  );
  return Buffer.concat(hashes);
};

/** The leaves and roots of Certificate Transparency's reference tree of eight. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('the tree', () => {
  it('has the roots of the published vectors', () => {
    const leaves = LEAVES.map((leaf) => leafHash(Buffer.from(leaf, 'hex')));
    expect(hex(EMPTY_ROOT)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    const roots = leaves.map((_, i) => hex(rangeHash({ start: 0, end: i + 1 }, hashesOf(leaves))));
    expect(roots).toEqual(ROOTS);
  });

  it('has the proofs of the example in RFC 9162 § 2.1.5', () => {
    const range = (start: number, end: number) => ({ start, end });
    expect(inclusionRanges(0, 7)).toEqual([range(1, 2), range(2, 4), range(4, 7)]);
    expect(inclusionRanges(3, 7)).toEqual([range(2, 3), range(0, 2), range(4, 7)]);
    expect(inclusionRanges(4, 7)).toEqual([range(5, 6), range(6, 7), range(0, 4)]);
    expect(inclusionRanges(6, 7)).toEqual([range(4, 6), range(0, 4)]);
    expect(consistencyRanges(3, 7)).toEqual([range(2, 3), range(3, 4), range(0, 2), range(4, 7)]);
    expect(consistencyRanges(4, 7)).toEqual([range(4, 7)]);
    expect(consistencyRanges(6, 7)).toEqual([range(4, 6), range(6, 7), range(0, 4)]);
  });

  it('proves every leaf of every small tree, and no other leaf, place, size or path', () => {
    for (let size = 1; size <= 40; size += 1) {
      const leaves = some(size);
      const head = { size, root: mth(leaves) };
      for (let index = 0; index < size; index += 1) {
        const path = inclusionRanges(index, size).map((range) => rangeHash(range, hashesOf(leaves)));
        const leaf = leaves[index] as Uint8Array;
        expect(isIncluded(leaf, index, head, path)).toBe(true);
        expect(isIncluded(leafHash(leaf), index, head, path)).toBe(false);
        expect(isIncluded(leaf, (index + 1) % size, head, path)).toBe(size === 1);
        expect(isIncluded(leaf, index, head, [...path, leaf])).toBe(false);
        expect(isIncluded(leaf, size, head, path)).toBe(false);
      }
    }
  });

  it('I9: proves that any tree extends any older one, and that a changed past does not', () => {
    for (let size = 1; size <= 40; size += 1) {
      const leaves = some(size);
      const newer = { size, root: mth(leaves) };
      for (let older = 0; older <= size; older += 1) {
        const path = consistencyRanges(older, size).map((range) => rangeHash(range, hashesOf(leaves)));
        expect(isConsistent({ size: older, root: mth(leaves.slice(0, older)) }, newer, path)).toBe(true);
        expect(isConsistent({ size: older, root: mth(some(older, 'x')) }, newer, path)).toBe(older === 0);
        if (path.length > 0) {
          const root = mth(leaves.slice(0, older));
          expect(isConsistent({ size: older, root }, newer, path.slice(1))).toBe(false);
          expect(isConsistent({ size: older, root }, newer, [leafHash(root), ...path.slice(1)])).toBe(false);
        }
      }
    }
  });

  it('answers any proof whatever with yes or no', () => {
    const hash = fc.uint8Array({ minLength: 0, maxLength: 33 });
    fc.assert(
      fc.property(
        fc.nat(70),
        fc.nat(70),
        hash,
        hash,
        fc.array(hash, { maxLength: 9 }),
        (a, b, x, y, path) => {
          expect(isIncluded(x, a, { size: b, root: y }, path)).toBe(false);
          if (a !== b && a !== 0)
            expect(isConsistent({ size: a, root: x }, { size: b, root: y }, path)).toBe(false);
        },
      ),
    );
  });
});

describe('tiles', () => {
  it.each([
    [{ level: 0, index: 1234067, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 0, index: 273, width: 112 }, 'tile/0/273.p/112'],
    [{ level: 2, index: 0, width: 1 }, 'tile/2/000.p/1'],
    [{ level: 63, index: 1000, width: 256 }, 'tile/63/x001/000'],
  ])('have the addresses of the specification', (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it.each([
    'tile/64/000',
    'tile/00/000',
    'tile/0/000.p/256',
    'tile/0/000.p/0',
    'tile/0/000.p/01',
    'tile/0/x000/001',
    'tile/0/1',
    'tile/0/000/',
    'tile/-1/000',
  ])('are found under no other address: %s', (path) => expect(parseTilePath(path)).toBeNull());

  it('have the widths of the example of 70,000 leaves', () => {
    expect([tileWidth(0, 272, 70_000), tileWidth(0, 273, 70_000), tileWidth(0, 274, 70_000)]).toEqual([
      256, 112, 0,
    ]);
    expect([tileWidth(1, 0, 70_000), tileWidth(1, 1, 70_000), tileWidth(2, 0, 70_000)]).toEqual([256, 17, 1]);
    expect([tileWidth(0, 0, 256), tileWidth(1, 0, 256)]).toEqual([256, 1]);
  });

  it('give every root and proof of the tree they are tiles of', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.integer({ min: 1, max: 600 }), fc.constantFrom(255, 256, 257, 66_000)),
        fc.nat(),
        async (size, pick) => {
          const leaves = some(size);
          const tree = new TiledTree(size, ({ level, index, width }) =>
            Promise.resolve(tileOf(leaves, level, index, width)),
          );
          const root = mth(leaves);
          expect(hex(await tree.root())).toBe(hex(root));
          const index = pick % size;
          const path = await tree.hashesOf(inclusionRanges(index, size));
          expect(isIncluded(leaves[index] as Uint8Array, index, { size, root }, path)).toBe(true);
          const proof = await tree.hashesOf(consistencyRanges(index, size));
          expect(
            isConsistent({ size: index, root: mth(leaves.slice(0, index)) }, { size, root }, proof),
          ).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('that are too short are refused, never taken for shorter trees', async () => {
    const tree = new TiledTree(300, () => Promise.resolve(new Uint8Array(32)));
    await expect(tree.root()).rejects.toThrow('holds 32 bytes instead of');
  });
});
