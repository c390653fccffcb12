// Which cells of one table differ by few people from cells, or sums of disjoint cells, of another; on sets of unit ids.
import type { UnitSet } from '../../table';
import { searchSums } from './sums';
import type { Shared } from './sums';

export interface Closeness {
  /** Positions of cells in `own` that must be hidden. */
  readonly cells: ReadonlySet<number>;
  /** Whether some cells are tied together in such numbers that not every sum of them was compared. */
  readonly isOpen: boolean;
}

/**
 * A cell is compared with the sum of all disjoint cells it contains and with the sum of all it touches: any other sum of
 * whole cells differs from it by at least one more shown cell. Sums on both sides are compared within each group of cells
 * that common people tie together: all of them (`sums.ts`), or the groups as they are where that is too many. Where a sum is
 * at fault its smallest cell is named, since hiding that one undoes it.
 */
export function closeCells(own: readonly UnitSet[], other: readonly UnitSet[], least: number): Closeness {
  const cells = new Set<number>();
  let isOpen = false;
  for (const layer of layersOf(own)) {
    for (const against of layersOf(other)) isOpen = compare(layer, against, least, cells) || isOpen;
  }
  return { cells, isOpen };
}

/** Cells of a table that share nobody. */
interface Layer {
  readonly places: number[];
  readonly sets: UnitSet[];
  /** By unit, one more than the index of the cell it is in; 0 for none. */
  cellOf: Int32Array;
}

/** Splits cells that share people into as many layers as it takes; most tables are one. */
function layersOf(sets: readonly UnitSet[]): Layer[] {
  const units = sets.reduce((most, set) => Math.max(most, set[set.length - 1] ?? 0), 0) + 1;
  const layers: Layer[] = [];
  sets.forEach((set, place) => {
    if (set.length === 0) return;
    let layer = layers.find(({ cellOf }) => set.every((unit) => cellOf[unit] === 0));
    if (!layer) layers.push((layer = { places: [], sets: [], cellOf: new Int32Array(units) }));
    layer.places.push(place);
    layer.sets.push(set);
    for (const unit of set) layer.cellOf[unit] = layer.sets.length;
  });
  return layers;
}

/** What one cell has in common with the cells of the other table. */
interface Overlap {
  /** People of the cell who are in any cell of the other table. */
  covered: number;
  /** People of the other table's cells that lie in it entirely, and of all that touch it. */
  contained: number;
  touched: number;
  smallestContained: number;
  smallestTouched: number;
}

const NOTHING: Overlap = {
  covered: 0,
  contained: 0,
  touched: 0,
  smallestContained: -1,
  smallestTouched: -1,
};

/** Whether some sums were left out. */
function compare(own: Layer, other: Layer, least: number, found: Set<number>): boolean {
  const ofOwn = own.sets.map(() => ({ ...NOTHING }));
  const ofOther = other.sets.map(() => ({ ...NOTHING }));
  const tied = new Ties(own.sets.length, other.sets.length);
  const common = new Int32Array(own.sets.length);
  const shared: Shared[] = [];
  other.sets.forEach((set, b) => {
    const touched: number[] = [];
    for (const unit of set) {
      const a = (own.cellOf[unit] ?? 0) - 1;
      if (a < 0) continue;
      if (common[a] === 0) touched.push(a);
      common[a] = (common[a] ?? 0) + 1;
    }
    for (const a of touched) {
      note(ofOwn[a], common[a] ?? 0, b, other.sets);
      note(ofOther[b], common[a] ?? 0, a, own.sets);
      tied.tie(a, b);
      shared.push({ own: a, other: b, people: common[a] ?? 0 });
      common[a] = 0;
    }
  });
  const name = (cell: number) => found.add(own.places[cell] ?? 0);
  const isClose = (difference: number) => difference >= 1 && difference < least;
  own.sets.forEach((set, a) => {
    if (isAtFault(ofOwn[a] ?? NOTHING, set.length, isClose)) name(a);
  });
  other.sets.forEach((set, b) => {
    const overlap = ofOther[b] ?? NOTHING;
    if (overlap.contained > 0 && isClose(set.length - overlap.contained)) name(overlap.smallestContained);
    if (overlap.covered === set.length && isClose(overlap.touched - set.length))
      name(overlap.smallestTouched);
  });
  for (const cell of tied.closeSums(own.sets, other.sets, ofOwn, isClose)) name(cell);
  const sizes = { own: own.sets.map(({ length }) => length), other: other.sets.map(({ length }) => length) };
  const hidden = new Set(own.places.flatMap((place, cell) => (found.has(place) ? [cell] : [])));
  const searches = tied.groups(shared).map((group) => searchSums(group, sizes, isClose, hidden));
  for (const cell of hidden) name(cell);
  return searches.includes(false);
}

function isAtFault(overlap: Overlap, size: number, isClose: (difference: number) => boolean): boolean {
  const holds = overlap.contained > 0 && isClose(size - overlap.contained);
  return holds || (overlap.covered === size && isClose(overlap.touched - size));
}

function note(overlap: Overlap | undefined, common: number, cell: number, sets: readonly UnitSet[]): void {
  if (!overlap) return;
  const size = sets[cell]?.length ?? 0;
  const sizeOf = (index: number) => (index < 0 ? Infinity : (sets[index]?.length ?? 0));
  overlap.covered += common;
  overlap.touched += size;
  if (size < sizeOf(overlap.smallestTouched)) overlap.smallestTouched = cell;
  if (common !== size) return;
  overlap.contained += size;
  if (size < sizeOf(overlap.smallestContained)) overlap.smallestContained = cell;
}

/** Groups of cells of both tables that are tied together by common people (a disjoint-set forest). */
class Ties {
  private readonly parent: Int32Array;

  constructor(
    private readonly ownCount: number,
    otherCount: number,
  ) {
    this.parent = Int32Array.from({ length: ownCount + otherCount }, (_, index) => index);
  }

  tie(own: number, other: number): void {
    this.parent[this.root(own)] = this.root(this.ownCount + other);
  }

  /** The smallest own cell of every group whose sum on one side contains the other and differs from it by few. */
  closeSums(
    own: readonly UnitSet[],
    other: readonly UnitSet[],
    overlaps: readonly Overlap[],
    isClose: (difference: number) => boolean,
  ): number[] {
    const groups = new Map<number, { own: number; other: number; common: number; smallest: number }>();
    const group = (index: number) => {
      const root = this.root(index);
      const known = groups.get(root) ?? { own: 0, other: 0, common: 0, smallest: -1 };
      groups.set(root, known);
      return known;
    };
    own.forEach((set, index) => {
      const sums = group(index);
      sums.own += set.length;
      sums.common += overlaps[index]?.covered ?? 0;
      if (sums.smallest < 0 || set.length < (own[sums.smallest]?.length ?? 0)) sums.smallest = index;
    });
    other.forEach((set, index) => (group(this.ownCount + index).other += set.length));
    return [...groups.values()]
      .filter(({ common, ...sums }) => common > 0 && common === Math.min(sums.own, sums.other))
      .filter((sums) => isClose(Math.abs(sums.own - sums.other)))
      .map(({ smallest }) => smallest);
  }

  /** What is shared, group by group. */
  groups(shared: readonly Shared[]): Shared[][] {
    const groups = new Map<number, Shared[]>();
    for (const each of shared) {
      const root = this.root(each.own);
      const known = groups.get(root);
      if (known) known.push(each);
      else groups.set(root, [each]);
    }
    return [...groups.values()];
  }

  private root(index: number): number {
    let root = index;
    while (this.parent[root] !== root) root = this.parent[root] ?? root;
    this.parent[index] = root;
    return root;
  }
}
