// Sets of people as positions in the project's register of keyed unit ids: compact enough to keep beside every result.
import type { UnitSet } from '../table';

/** The set of these positions, whatever their order and however often each occurs. */
export function unitSet(positions: Iterable<number>): UnitSet {
  const sorted = Uint32Array.from(positions);
  if (!isAscending(sorted)) sorted.sort();
  let kept = 0;
  for (let at = 0; at < sorted.length; at += 1) {
    const position = sorted[at]!;
    if (kept === 0 || sorted[kept - 1] !== position) sorted[kept++] = position;
  }
  return kept === sorted.length ? sorted : sorted.slice(0, kept);
}

function isAscending(positions: Uint32Array): boolean {
  for (let at = 1; at < positions.length; at += 1) if (positions[at]! < positions[at - 1]!) return false;
  return true;
}

/** Bytes of a set: per 65,536 positions a bitmap or a list, whichever is shorter (as Roaring bitmaps do, Lemire et al. 2018). */
export function encodeUnits(units: UnitSet): Uint8Array {
  const bytes: number[] = [];
  const put16 = (value: number) => bytes.push(value & 255, value >> 8);
  for (let start = 0; start < units.length;) {
    const block = (units[start] ?? 0) >>> 16;
    let end = start;
    while (end < units.length && (units[end] ?? 0) >>> 16 === block) end += 1;
    const low = units.subarray(start, end);
    put16(block);
    put16(low.length - 1);
    if (low.length > LIST_LIMIT) bytes.push(...bitmapOf(low));
    else low.forEach((position) => put16(position & 0xffff));
    start = end;
  }
  return Uint8Array.from(bytes);
}

/** The set that `encodeUnits` wrote; throws where the bytes are not one. */
export function decodeUnits(bytes: Uint8Array): UnitSet {
  const found: number[] = [];
  let at = 0;
  const byte = () => {
    const value = bytes[at++];
    if (value === undefined) throw new Error('These bytes are no set of units: they end too early.');
    return value;
  };
  const take16 = () => byte() | (byte() << 8);
  while (at < bytes.length) {
    const high = take16() * 65_536;
    const count = take16() + 1;
    if (count <= LIST_LIMIT) {
      for (let index = 0; index < count; index += 1) found.push(high + take16());
    } else {
      for (let base = 0; base < 65_536; base += 8) {
        const bits = byte();
        for (let bit = 0; bit < 8; bit += 1) if ((bits >> bit) & 1) found.push(high + base + bit);
      }
    }
  }
  return unitSet(found);
}

/** Above this many positions of 65,536 a bitmap of 8 KiB is shorter than a list of 2 bytes each. */
const LIST_LIMIT = 4096;

function bitmapOf(positions: UnitSet): Uint8Array {
  const bitmap = new Uint8Array(8192);
  for (const position of positions) {
    const low = position & 0xffff;
    bitmap[low >> 3] = (bitmap[low >> 3] ?? 0) | (1 << (low & 7));
  }
  return bitmap;
}
