// Nearest-neighbour matching on a score: for each focal person the closest others, in the order and within the limits asked.
import { ascendingWithin, positionsWhere } from '../order';
import { SeededRandom } from '../random';

export type Order = 'largest' | 'smallest' | 'closest' | 'random' | 'data';

export interface MatchingProblem {
  readonly score: Float64Array;
  /** 1 for those who get matches (the treated, for an effect on the treated), 0 for those who are matches. */
  readonly focal: Uint8Array;
  readonly ratio: number;
  readonly replacement: boolean;
  readonly order: Order;
  readonly seed: number;
  /** Greatest allowed distance of scores. */
  readonly caliper: number;
  /** Only people of the same stratum match. */
  readonly strata: { readonly code: Int32Array; readonly count: number };
}

export interface Matches {
  /** The focal people, in the order of the data. */
  readonly focal: Int32Array;
  /** `ratio` places for each focal person: positions of matches, −1 where there is none. */
  readonly match: Int32Array;
}

/**
 * People stand in the order of (stratum, score, position); from a focal person's place one walks outwards, and of two
 * neighbours at the same distance the one before is taken. Without replacement everybody gets a first match before
 * anybody gets a second. These are the rules of MatchIt 4.7.
 */
export function nearest(problem: MatchingProblem): Matches {
  const line = lineUp(problem);
  const focal = positionsWhere(problem.focal.length, (at) => problem.focal[at] === 1);
  const match = new Int32Array(focal.length * problem.ratio).fill(-1);
  const order = turns(problem, focal);
  if (problem.replacement) {
    for (const turn of order) walk(problem, line, focal[turn]!, match.subarray(turn * problem.ratio));
  } else {
    for (let round = 0; round < problem.ratio; round += 1) {
      const take = (turn: number, place: number) => {
        match[turn * problem.ratio + round] = line.order[place]!;
        line.remove(place);
      };
      if (problem.order === 'closest') takeClosest(problem, line, focal, take);
      else takeInTurn(problem, line, focal, order, take);
    }
  }
  return { focal, match };
}

/** People side by side, and which of the possible matches is next on either side. */
interface Line {
  readonly order: Int32Array;
  readonly place: Int32Array;
  before(place: number): number;
  after(place: number): number;
  remove(place: number): void;
}

function lineUp({ score, focal, strata }: MatchingProblem): Line {
  const order = ascendingWithin(score, strata.code, strata.count);
  const { length } = order;
  const place = new Int32Array(length);
  order.forEach((at, index) => (place[at] = index));
  // Each place points to the nearest possible match at or beyond it; paths are halved as they are followed.
  const left = new Int32Array(length + 2);
  const right = new Int32Array(length + 2);
  for (let index = 0; index < length + 2; index += 1) {
    const isMatch = index === 0 || index === length + 1 || focal[order[index - 1]!] === 0;
    left[index] = isMatch ? index : index - 1;
    right[index] = isMatch ? index : index + 1;
  }
  const isSame = (a: number, b: number) => strata.code[order[a]!] === strata.code[order[b]!];
  const found = (from: number, at: number) => (at >= 0 && at < length && isSame(from, at) ? at : -1);
  return {
    order,
    place,
    before: (from) => found(from, follow(left, from) - 1),
    after: (from) => found(from, follow(right, from + 2) - 1),
    remove(at) {
      left[at + 1] = at;
      right[at + 1] = at + 2;
    },
  };
}

function follow(next: Int32Array, from: number): number {
  let at = from;
  while (next[at] !== at) {
    next[at] = next[next[at]!]!;
    at = next[at]!;
  }
  return at;
}

/** Positions in `focal`, in the order in which people choose. */
function turns({ order, score, seed }: MatchingProblem, focal: Int32Array): Int32Array {
  const all = positionsWhere(focal.length, () => true);
  if (order === 'data' || order === 'closest') return all;
  if (order === 'random') return new SeededRandom(seed).shuffle(all);
  const sign = order === 'largest' ? -1 : 1;
  const own = new Float64Array(focal.length);
  for (let turn = 0; turn < own.length; turn += 1) own[turn] = sign * score[focal[turn]!]!;
  return ascendingWithin(own, new Int32Array(own.length), 1);
}

/** The place of the nearest match within the caliper, or −1. */
function choose({ score, caliper }: MatchingProblem, line: Line, person: number): number {
  const place = line.place[person]!;
  const [before, after] = [line.before(place), line.after(place)];
  const distance = (at: number) => (at < 0 ? Infinity : Math.abs(score[line.order[at]!]! - score[person]!));
  const [left, right] = [distance(before), distance(after)];
  if (Math.min(left, right) > caliper) return -1;
  return left <= right ? before : after;
}

type Take = (turn: number, place: number) => void;

function takeInTurn(
  problem: MatchingProblem,
  line: Line,
  focal: Int32Array,
  order: Int32Array,
  take: Take,
): void {
  for (const turn of order) {
    const place = choose(problem, line, focal[turn]!);
    if (place >= 0) take(turn, place);
  }
}

/** The closest pair of all first; of equally close ones the person earlier in the data. */
function takeClosest(problem: MatchingProblem, line: Line, focal: Int32Array, take: Take): void {
  const { score } = problem;
  const choice = new Int32Array(focal.length).fill(-1);
  const distance = new Float64Array(focal.length);
  const look = (turn: number): boolean => {
    const person = focal[turn]!;
    const place = choose(problem, line, person);
    choice[turn] = place;
    if (place >= 0) distance[turn] = Math.abs(score[line.order[place]!]! - score[person]!);
    return place >= 0;
  };
  const heap = new Heap(focal.length, (a, b) => distance[a]! - distance[b]! || a - b);
  for (let turn = 0; turn < focal.length; turn += 1) if (look(turn)) heap.push(turn);
  const taken = new Uint8Array(score.length);
  for (let turn = heap.pop(); turn !== undefined; turn = heap.pop()) {
    if (taken[choice[turn]!] === 0) {
      taken[choice[turn]!] = 1;
      take(turn, choice[turn]!);
    } else if (look(turn)) heap.push(turn);
  }
}

/** With replacement: the nearest matches of one person, whoever else has them. */
function walk(
  { score, caliper, ratio }: MatchingProblem,
  line: Line,
  person: number,
  match: Int32Array,
): void {
  let before = line.before(line.place[person]!);
  let after = line.after(line.place[person]!);
  const distance = (at: number) => (at < 0 ? Infinity : Math.abs(score[line.order[at]!]! - score[person]!));
  for (let found = 0; found < ratio; found += 1) {
    const [left, right] = [distance(before), distance(after)];
    if (Math.min(left, right) > caliper || (before < 0 && after < 0)) return;
    const place = left <= right ? before : after;
    match[found] = line.order[place]!;
    if (left <= right) before = line.before(place);
    else after = line.after(place);
  }
}

/** A binary heap of whole numbers, the least first. */
class Heap {
  private size = 0;
  private readonly items: Int32Array;

  constructor(
    capacity: number,
    private readonly compare: (a: number, b: number) => number,
  ) {
    this.items = new Int32Array(capacity + 1);
  }

  push(item: number): void {
    let at = this.size++;
    for (let parent = (at - 1) >> 1; at > 0; at = parent, parent = (at - 1) >> 1) {
      if (this.compare(this.items[parent]!, item) <= 0) break;
      this.items[at] = this.items[parent]!;
    }
    this.items[at] = item;
  }

  pop(): number | undefined {
    if (this.size === 0) return undefined;
    const top = this.items[0]!;
    const item = this.items[--this.size]!;
    let at = 0;
    for (let child = 1; child < this.size; at = child, child = 2 * at + 1) {
      if (child + 1 < this.size && this.compare(this.items[child + 1]!, this.items[child]!) < 0) child += 1;
      if (this.compare(item, this.items[child]!) <= 0) break;
      this.items[at] = this.items[child]!;
    }
    this.items[at] = item;
    return top;
  }
}
