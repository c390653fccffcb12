// C2SP tlog-tiles: the tree as runs of 256 hashes, each with an address of its own, and every hash of the tree from them.
import { HASH_BYTES, nodeHash, rangeHash, subtreesOf } from './merkle';
import type { Range } from './merkle';

export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 256;

/** One tile; `width` hashes, 256 when it is full. */
export interface Tile {
  level: number;
  index: number;
  width: number;
}

/** The address of a tile below the log's prefix: `tile/<L>/<N>[.p/<W>]`. */
export const tilePath = ({ level, index, width }: Tile): string =>
  `tile/${level}/${indexPath(index)}${width === TILE_WIDTH ? '' : `.p/${width}`}`;

function indexPath(index: number): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0');
  const groups = digits.match(/\d{3}/g) ?? [];
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
}

/** The tile an address names; null for anything that is not exactly how a tile's address is written. */
export function parseTilePath(path: string): Tile | null {
  const match = /^tile\/(\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (!match) return null;
  const [, level = '', groups = '', width] = match;
  const index = Number(groups.replaceAll(/[x/]/g, ''));
  const tile = { level: Number(level), index, width: width === undefined ? TILE_WIDTH : Number(width) };
  const isTile =
    Number.isSafeInteger(index) && tile.level <= 63 && tile.width >= 1 && tilePath(tile) === path;
  return isTile ? tile : null;
}

/** How many hashes tile `index` of `level` has in the tree of `size`: 0 to 256. */
export function tileWidth(level: number, index: number, size: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH));
}

/** Reads a tile's hashes, at least `width` of them, one after the other. */
export type LoadTile = (tile: Tile) => Promise<Uint8Array>;

/** Each takes some fifty kilobytes. */
const KEPT = 256;

/** Every hash of the tree of `size` leaves, from its tiles; of those read, the last few hundred are kept. */
export class TiledTree {
  /** By level and index: the hashes of the tile, those above them to its top as far as they are complete. */
  private readonly kept = new Map<string, Uint8Array[][]>();

  constructor(
    readonly size: number,
    private readonly load: LoadTile,
  ) {}

  async hashOf(range: Range): Promise<Uint8Array> {
    for (const { height, index } of subtreesOf(range)) await this.fetch(height, index);
    return rangeHash(range, (height, index) => this.hashAt(height, index));
  }

  async hashesOf(ranges: readonly Range[]): Promise<Uint8Array[]> {
    const hashes: Uint8Array[] = [];
    for (const range of ranges) hashes.push(await this.hashOf(range));
    return hashes;
  }

  root(): Promise<Uint8Array> {
    return this.hashOf({ start: 0, end: this.size });
  }

  private async fetch(height: number, index: number): Promise<void> {
    const { key, level, at } = placeOf(height, index);
    if (this.kept.has(key)) return;
    const width = tileWidth(level, at, this.size);
    const bytes = await this.load({ level, index: at, width });
    if (bytes.length < width * HASH_BYTES)
      throw new Error(
        `The log's tile ${level}/${at} holds ${bytes.length} bytes instead of ${width * HASH_BYTES}.`,
      );
    this.kept.set(key, pyramid(bytes, width));
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT && oldest !== undefined) this.kept.delete(oldest);
  }

  private hashAt(height: number, index: number): Uint8Array {
    const { key, above, within } = placeOf(height, index);
    const hash = this.kept.get(key)?.[above]?.[within];
    if (hash === undefined) throw new Error(`The log has no complete subtree ${index} of height ${height}.`);
    return hash;
  }
}

/** The tile in which a subtree's hash is found, how far above its hashes, and where in that row. */
function placeOf(height: number, index: number) {
  const level = Math.floor(height / TILE_HEIGHT);
  const above = height % TILE_HEIGHT;
  const perTile = TILE_WIDTH / 2 ** above;
  const at = Math.floor(index / perTile);
  return { key: `${level}/${at}`, level, at, above, within: index % perTile };
}

function pyramid(bytes: Uint8Array, width: number): Uint8Array[][] {
  let row = Array.from({ length: width }, (_, i) => bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));
  const rows = [row];
  for (let above = 1; above < TILE_HEIGHT; above += 1) {
    row = Array.from({ length: Math.floor(row.length / 2) }, (_, i) =>
      nodeHash(row[2 * i] as Uint8Array, row[2 * i + 1] as Uint8Array),
    );
    rows.push(row);
  }
  return rows;
}
