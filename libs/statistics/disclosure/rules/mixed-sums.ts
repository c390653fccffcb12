// Sums that mix cells of several tables and results: whether any sum and difference of everything shown tells of a few people alone.
import type { UnitSet } from '../../table';
import { fewPeople } from './few-people';
import type { FewPeople } from './few-people';
import { reduced, remainder } from './row-space';
import type { Basis, Row } from './row-space';

/** The shown cells of one of one's own tables. What tables of one block say together complementary suppression sees to. */
export interface OwnTable {
  readonly table: number;
  readonly block: string;
  readonly sets: readonly UnitSet[];
}

export interface Mixed {
  /** By own table and position of the cell, what has to be hidden. */
  readonly cells: readonly { readonly table: number; readonly cell: number }[];
  /** Own tables of which not every sum could be looked through. */
  readonly open: readonly number[];
}

interface Source {
  readonly set: UnitSet;
  /** What earlier results gave has one block, each block of one's own another. */
  readonly block: string;
  readonly own: { readonly table: number; readonly cell: number }[];
}

const EARLIER = '';

/**
 * What is shown of people is a row of zeros and ones over them; what can be worked out from it are the sums and differences of rows.
 * Looks for those that are fewer people than `least`. Left out is what one block's own cells give (complementary suppression
 * sees to that), and what was given before.
 */
export function mixedSums(
  own: readonly OwnTable[],
  earlier: readonly (readonly UnitSet[])[],
  least: number,
): Mixed {
  const sources = distinctSources(own, earlier);
  if (!isMixed(sources)) return { cells: [], open: [] };
  const found = tiedGroups(sources).map((members) => {
    if (!isMixed(members)) return { cells: [], open: [] };
    const few = fewPeople(
      members.map(({ set }) => set),
      least,
    );
    const places = (of: readonly Source[]) => of.flatMap((each) => each.own);
    if (few === null) return { cells: [], open: places(members) };
    return { cells: places(few.found.length === 0 ? [] : new Hiding(members, few).of()), open: [] };
  });
  const open = new Set(found.flatMap((each) => each.open.map(({ table }) => table)));
  return { cells: found.flatMap(({ cells }) => cells), open: [...open].sort((a, b) => a - b) };
}

/** What one block says by itself is seen to elsewhere. */
const isMixed = (sources: readonly Source[]): boolean => new Set(sources.map(({ block }) => block)).size > 1;

/** Each set of people once: a cell of one's own that was shown before adds nothing. */
function distinctSources(own: readonly OwnTable[], earlier: readonly (readonly UnitSet[])[]): Source[] {
  const found = new Map<string, Source>();
  earlier.forEach((sets) => {
    for (const set of sets)
      if (set.length > 0 && !found.has(keyOf(set))) found.set(keyOf(set), { set, block: EARLIER, own: [] });
  });
  own.forEach(({ table, block, sets }) => {
    sets.forEach((set, cell) => {
      const known = found.get(keyOf(set));
      if (known === undefined && set.length > 0)
        found.set(keyOf(set), {
          set,
          block: `own ${block}`,
          own: [{ table, cell }],
        });
      else if (known && known.block !== EARLIER) known.own.push({ table, cell });
    });
  });
  return [...found.values()];
}

const keys = new WeakMap<UnitSet, string>();

/** Tells sets apart by their length and 64 bits of their members. */
function keyOf(set: UnitSet): string {
  const known = keys.get(set);
  if (known !== undefined) return known;
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (let at = 0; at < set.length; at += 1) {
    a = Math.imul(a ^ set[at]!, 0x01000193);
    b = Math.imul(b ^ set[at]!, 0x85ebca6b);
    b ^= b >>> 13;
  }
  const key = `${set.length} ${a} ${b}`;
  keys.set(set, key);
  return key;
}

/** Sets that common people tie together, group by group. */
function tiedGroups(sources: readonly Source[]): Source[][] {
  const parent = sources.map((_, at) => at);
  const root = (at: number): number => {
    let up = at;
    while (parent[up] !== up) up = parent[up]!;
    return (parent[at] = up);
  };
  const units = sources.reduce((most, { set }) => Math.max(most, set[set.length - 1]!), 0) + 1;
  const first = new Int32Array(units).fill(-1);
  sources.forEach(({ set }, own) => {
    for (let at = 0; at < set.length; at += 1) {
      const other = first[set[at]!]!;
      if (other < 0) first[set[at]!] = own;
      else if (parent[own] !== parent[other]) parent[root(own)] = root(other);
    }
  });
  const groups = new Map<number, Source[]>();
  sources.forEach((source, at) => groups.set(root(at), [...(groups.get(root(at)) ?? []), source]));
  return [...groups.values()];
}

/** What has to go of one's own cells, so that none of these sums can be made any more that could not be made before. */
class Hiding {
  private readonly hidden = new Set<Source>();
  private readonly people: readonly number[];

  constructor(
    private readonly members: readonly Source[],
    private readonly few: FewPeople,
  ) {
    this.people = [...few.standing.keys()].filter((unit) => few.standing[unit] === 1);
  }

  of(): Source[] {
    for (const sum of this.few.found) this.undo(this.rowOf(sum));
    return [...this.hidden];
  }

  private rowOf(set: UnitSet): Row {
    const isIn = new Set(set);
    return Float64Array.from({ length: this.people.length + this.members.length }, (_, at) =>
      at < this.people.length && isIn.has(this.people[at]!) ? 1 : 0,
    );
  }

  /** What is shown of these, and after it which of them each row is made of. */
  private basis(isIn: (source: Source) => boolean): Basis[] {
    const rows = this.members.flatMap((source, at) => {
      if (this.hidden.has(source) || !isIn(source)) return [];
      const row = this.rowOf(source.set);
      row[this.people.length + at] = 1;
      return [row];
    });
    return reduced(rows, this.people.length);
  }

  /** Hides the smallest of one's own cells that a sum is made of, until it cannot be made, or one block alone makes it. */
  private undo(sum: Row): void {
    const width = this.people.length;
    const isMade = (rest: Row) => !rest.subarray(0, width).some((own) => own !== 0);
    const blocks = [...new Set(this.members.map(({ block }) => block))];
    const isMadeBy = (block: string) =>
      isMade(
        remainder(
          this.basis((source) => source.block === block),
          sum,
        ),
      );
    for (;;) {
      const rest = remainder(
        this.basis(() => true),
        sum,
      );
      if (!isMade(rest) || blocks.some(isMadeBy)) return;
      const involved = this.members.filter(({ block }, at) => block !== EARLIER && rest[width + at] !== 0);
      this.hidden.add(involved.reduce((least, each) => (each.set.length < least.set.length ? each : least)));
    }
  }
}
