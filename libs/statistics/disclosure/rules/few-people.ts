// Which sums and differences of sets of people are few people: found, or proved not to be there, without going through all of them.
import { SeededRandom } from '../../random';
import type { UnitSet } from '../../table';
import { PRIME, reduced, remainder } from './row-space';
import type { Basis, Row } from './row-space';

export interface FewPeople {
  /** The sums that are fewer people than asked, the smallest first. */
  readonly found: readonly UnitSet[];
  /** By person, 1 for those who stand for all: sums that are alike on them are alike. */
  readonly standing: Uint8Array;
}

/** Of each set so many times as many people are drawn as may not be told of; of few, all of them. */
const DRAWN = 3;
const ALL_OF = 4_000;
/** More sets than this take more than a second or two. */
const MOST_SETS = 250;
/** Numbers added up in the search, beyond which a person decides. */
const MOST_STEPS = 200_000_000;

/**
 * Brouwer and Zimmermann's search for words of low weight (Betten and others 2006, § 1.8), over the people as columns. People are
 * drawn, and of them disjoint groups taken that each have the rank of all drawn. A sum that is not zero on those drawn is
 * not zero in any of g groups; being fewer than `least` people it has, in one of them, at most (least − 1) / g. With as many groups as
 * `least` there is none. What is zero on all drawn is made of a few sums, which are looked through. Null where neither comes to an end.
 */
export function fewPeople(sets: readonly UnitSet[], least: number): FewPeople | null {
  if (sets.length > MOST_SETS) return null;
  const units = sets.reduce((most, set) => Math.max(most, set[set.length - 1] ?? 0), 0) + 1;
  const { standing, people, columns } = drawn(sets, units, units <= ALL_OF ? units : DRAWN * least);
  const groups = disjointBases(columns, least);
  const outside = sumsOutside(groups[0]?.map((at) => columns[at]!) ?? [], sets, units);
  for (const sum of outside) for (const unit of sum.keys()) standing[unit] = 1;
  if (groups.length >= least) {
    const found = fewAmong(outside, least);
    return found && { found, standing };
  }
  if (outside.length > 0 || units > ALL_OF || groups.length === 0) return null;
  const found = fewWithin(columns, groups, least);
  return found && { found: found.map((places) => places.map((at) => people[at]!)), standing };
}

/** People drawn evenly from each set, and for each of them in which sets they are. */
function drawn(sets: readonly UnitSet[], units: number, each: number) {
  const standing = new Uint8Array(units);
  for (const set of sets) {
    const many = Math.min(each, set.length);
    for (let at = 0; at < many; at += 1) standing[set[Math.floor(((at + 0.5) * set.length) / many)]!] = 1;
  }
  const place = new Int32Array(units).fill(-1);
  const people: number[] = [];
  for (let unit = 0; unit < units; unit += 1) if (standing[unit] === 1) place[unit] = people.push(unit) - 1;
  const columns = people.map(() => new Float64Array(sets.length));
  sets.forEach((set, row) => {
    for (let at = 0; at < set.length; at += 1) if (place[set[at]!]! >= 0) columns[place[set[at]!]!]![row] = 1;
  });
  return { standing, people, columns };
}

/** Up to `most` disjoint groups of columns that each have the rank of all. */
function disjointBases(columns: readonly Row[], most: number): number[][] {
  // In no order, so that what is taken first is not all of one set.
  let left: number[] = Array.from(new SeededRandom(1).sample(columns.length, columns.length));
  const groups: number[][] = [];
  let rank = columns[0]?.length ?? 0;
  while (groups.length < most) {
    const basis: Basis[] = [];
    const [taken, others]: [number[], number[]] = [[], []];
    for (const at of left) {
      const rest = basis.length < rank ? remainder(basis, columns[at]!) : null;
      if (rest?.some((own) => own !== 0) !== true) others.push(at);
      else {
        basis.push(...reduced([rest], rest.length));
        taken.push(at);
      }
    }
    // The first is made of all columns, so it has their rank.
    if (groups.length === 0) rank = taken.length;
    if (taken.length < rank || rank === 0) break;
    groups.push(taken);
    left = others;
  }
  return groups;
}

/** Sums of the sets that are zero for these people and not for all others: by person. All such sums are made of these. */
function sumsOutside(
  columns: readonly Row[],
  sets: readonly UnitSet[],
  units: number,
): Map<number, number>[] {
  const basis = reduced(
    columns.map((column) => column.slice()),
    sets.length,
  );
  const pivots = new Set(basis.map(({ pivot }) => pivot));
  return sets.flatMap((_, free) => {
    if (pivots.has(free)) return [];
    const multiples = new Map([[free, 1]]);
    for (const { row, pivot } of basis) if (row[free] !== 0) multiples.set(pivot, PRIME - row[free]!);
    const sums = new Float64Array(units);
    for (const [row, own] of multiples)
      for (let at = 0, set = sets[row]!; at < set.length; at += 1)
        sums[set[at]!] = (sums[set[at]!]! + own) % PRIME;
    const found = new Map<number, number>();
    for (let unit = 0; unit < units; unit += 1) if (sums[unit] !== 0) found.set(unit, sums[unit]!);
    return found.size > 0 ? [found] : [];
  });
}

/** Looks through all sums of these; null where they are too many. */
function fewAmong(sums: readonly Map<number, number>[], least: number): UnitSet[] | null {
  if (sums.length === 0) return [];
  const people = [...new Set(sums.flatMap((sum) => [...sum.keys()]))].sort((a, b) => a - b);
  const rows = sums.map((sum) => Float64Array.from(people, (unit) => sum.get(unit) ?? 0));
  const found = sumsOfRows(reduced(rows, people.length), { most: least - 1, least });
  return found && bySize(found.map((places) => Uint32Array.from(places, (at) => people[at]!)));
}

/** Looks through the sums that have few people in one of the groups, group by group. */
function fewWithin(
  columns: readonly Row[],
  groups: readonly number[][],
  least: number,
): Uint32Array[] | null {
  const most = Math.floor((least - 1) / groups.length);
  const found = new Map<string, Uint32Array>();
  for (const group of groups) {
    const first = new Set(group);
    const order = [...group, ...[...columns.keys()].filter((at) => !first.has(at))];
    const rows = Array.from({ length: columns[0]?.length ?? 0 }, (_, row) =>
      Float64Array.from(order, (at) => columns[at]![row]!),
    );
    const sums = sumsOfRows(reduced(rows, group.length), { most, least });
    if (sums === null) return null;
    for (const places of sums) {
      const own = Uint32Array.from(places, (at) => order[at]!).sort();
      found.set(own.join(), own);
    }
  }
  return bySize([...found.values()]);
}

const bySize = (sets: Uint32Array[]): Uint32Array[] => sets.sort((a, b) => a.length - b.length);

/** Sums of at most `most` rows that are zeros and ones and fewer than `least` ones: where their ones stand. Null where there are too many. */
function sumsOfRows(
  basis: readonly Basis[],
  { most, least }: { most: number; least: number },
): number[][] | null {
  const width = basis[0]?.row.length ?? 0;
  const found: number[][] = [];
  let steps = 0;
  const choose = (from: number, sofar: Row, chosen: number): boolean => {
    if (chosen === most) return true;
    for (let at = from; at < basis.length; at += 1) {
      if ((steps += width) > MOST_STEPS) return false;
      const { row } = basis[at]!;
      const sum = sofar.map((own, column) => (own + row[column]!) % PRIME);
      const ones = onesOf(sum, least);
      if (ones !== null) found.push(ones);
      if (!choose(at + 1, sum, chosen + 1)) return false;
    }
    return true;
  };
  return choose(0, new Float64Array(width), 0) ? found : null;
}

/** Where the ones stand; null if something else stands anywhere, or too many do. */
function onesOf(sum: Row, least: number): number[] | null {
  const ones: number[] = [];
  for (let at = 0; at < sum.length; at += 1) {
    if (sum[at] === 0) continue;
    if (sum[at] !== 1 || ones.push(at) >= least) return null;
  }
  return ones;
}
