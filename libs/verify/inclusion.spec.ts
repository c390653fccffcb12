// Inclusion proofs one after the other come to the same as each by itself, right or wrong.
import fc from 'fast-check';
import { bytesOf, inclusionRanges, isIncluded, leafHash, rangeHash, toBase64 } from '#libs/log';
import { Inclusions } from './inclusion';
import { pathOf } from './paths';
import type { Path } from './paths';
import { hashesOver } from './testing';

it('whatever the order, the gaps and the changes, they are those of RFC 9162', () => {
  const change = fc.record({ at: fc.nat(), by: fc.constantFrom('none', 'path', 'leaf', 'index', 'shorter') });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 70 }),
      fc.array(fc.tuple(fc.nat(), change), { maxLength: 30 }),
      (size, asked) => {
        const leaves = Array.from({ length: size }, (_, i) => leafHash(bytesOf(`leaf ${i}`)));
        const hashAt = hashesOver(leaves);
        const head = { origin: 'x', size, root: rangeHash({ start: 0, end: size }, hashAt) };
        const inclusions = new Inclusions(head);
        for (const [pick, { at, by }] of asked) {
          const right = pick % size;
          let path = inclusionRanges(right, size).map((range) => rangeHash(range, hashAt));
          let [index, leaf] = [right, leaves[right] as Uint8Array];
          if (by === 'path' && path.length > 0) path[at % path.length] = leafHash(bytesOf('another'));
          if (by === 'shorter') path = path.slice(1);
          if (by === 'leaf') leaf = leafHash(leaf);
          if (by === 'index') index = at % (size + 1);
          const expected = isIncluded(leaf, index, head, path);
          expect(inclusions.isProved(toBase64(leaf), index, pathOf(path.map(toBase64)) as Path)).toBe(
            expected,
          );
        }
      },
    ),
  );
});
