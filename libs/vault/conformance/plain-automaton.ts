// Finite automata over bytes: one for a value of given shapes, one for a whole row, made by the subset construction.
import type { Delimiter } from './canonical';
import type { Shape } from './plain-values';

/** What the row automaton says instead of a state: the byte fits no plain row, or it ended one. */
export const FAILED = -1;
const ENDED = -2;

/** Row by row: the state that follows a state and a byte. */
type Table = Int32Array[];

export interface ValueAutomaton {
  /** State 0 comes first; a byte without an entry fits no value. */
  readonly next: readonly ReadonlyMap<number, number>[];
  readonly isEnd: readonly boolean[];
  isMatch(text: string): boolean;
}

export interface RowAutomaton {
  /** At `state + classOf[byte]` the next state, or a negative number. */
  readonly next: Int32Array;
  readonly classOf: Uint8Array;
  readonly start: number;
}

/** Recognises exactly the values of these shapes. */
export function valueAutomaton(shapes: readonly Shape[]): ValueAutomaton {
  type Item = readonly [shape: number, place: number];
  const known = new Map<string, number>();
  const [sets, next, isEnd]: [Item[][], Map<number, number>[], boolean[]] = [[], [], []];
  const stateOf = (items: Item[]): number => {
    const key = items.join(' ');
    const state = known.get(key) ?? sets.length;
    if (state < sets.length) return state;
    known.set(key, state);
    sets.push(items);
    next.push(new Map());
    isEnd.push(items.some(([shape, place]) => place >= (shapes[shape]?.least ?? Infinity)));
    return state;
  };
  stateOf(shapes.map((_shape, shape) => [shape, 0] as const));
  for (let state = 0; state < sets.length; state += 1) {
    const followers = new Map<string, Item[]>();
    for (const [shape, place] of sets[state] ?? [])
      for (const character of shapes[shape]?.places[place] ?? '') {
        const items = followers.get(character) ?? [];
        followers.set(character, items);
        items.push([shape, place + 1]);
      }
    for (const [character, items] of followers) next[state]?.set(character.charCodeAt(0), stateOf(items));
  }
  const isMatch = (text: string): boolean => {
    let state: number | undefined = 0;
    for (let at = 0; at < text.length && state !== undefined; at += 1)
      state = next[state]?.get(text.charCodeAt(at));
    return state !== undefined && isEnd[state] === true;
  };
  return { next, isEnd, isMatch };
}

type Exit = readonly [byte: number, to: number];

/** Recognises rows of these values, bare or in quotes, ended by LF or CRLF; null is any text without quotes. */
export function rowAutomaton(values: readonly (ValueAutomaton | null)[], delimiter: Delimiter): RowAutomaton {
  const separator = delimiter.charCodeAt(0);
  const table: Table = [];
  const returned = add(table, [[LF, ENDED]]);
  let exits: readonly Exit[] = [
    [LF, ENDED],
    [CR, returned],
  ];
  let start = 0;
  for (const value of [...values].reverse()) {
    start = value ? addValue(table, value, exits) : addText(table, exits, separator);
    exits = [[separator, start]];
  }
  return compressed(table, start);
}

function add(table: Table, exits: readonly Exit[]): number {
  const row = new Int32Array(256).fill(FAILED);
  for (const [byte, to] of exits) row[byte] = to;
  table.push(row);
  return table.length - 1;
}

/** Adds the states of a value twice, bare and in quotes; returns where it begins. */
function addValue(table: Table, value: ValueAutomaton, exits: readonly Exit[]): number {
  const closed = add(table, exits);
  const copy = (ends: readonly Exit[]): number => {
    const first = table.length;
    for (const isEnd of value.isEnd) add(table, isEnd ? ends : []);
    for (const [state, next] of value.next.entries())
      for (const [byte, to] of next) table[first + state]![byte] = first + to;
    return first;
  };
  const quoted = copy([[QUOTE, closed]]);
  const bare = copy(exits);
  table[bare]![QUOTE] = quoted;
  return bare;
}

function addText(table: Table, exits: readonly Exit[], separator: number): number {
  const closed = add(table, exits);
  const quoted = add(table, [[QUOTE, closed]]);
  const bare = add(table, exits);
  const start = add(table, [...exits, [QUOTE, quoted]]);
  for (let byte = 1; byte < 256; byte += 1) {
    if (byte === QUOTE || byte === LF || byte === CR) continue;
    table[quoted]![byte] = quoted;
    if (byte === separator) continue;
    table[bare]![byte] = bare;
    // What begins with a byte order mark would lose it where it stands first: the careful reader puts it in quotes.
    if (byte !== MARK) table[start]![byte] = bare;
  }
  return start;
}

/** Bytes that no state tells apart share a class, so that the table fits the processor's nearest cache. */
function compressed(table: Table, start: number): RowAutomaton {
  const told = new Array<string>(256).fill('');
  for (const [state, row] of table.entries())
    for (let byte = 0; byte < 256; byte += 1)
      if (row[byte] !== FAILED) told[byte] += `${state}>${row[byte]} `;
  const classes = [...new Set(told)];
  const classOf = Uint8Array.from(told, (each) => classes.indexOf(each));
  const width = classes.length;
  const next = new Int32Array(table.length * width).fill(FAILED);
  for (const [state, row] of table.entries())
    for (const [byte, to] of row.entries()) next[state * width + classOf[byte]!] = to < 0 ? to : to * width;
  return { next, classOf, start: start * width };
}

export interface Followed {
  readonly rows: number;
  /** Where the first row begins that was not recognised. */
  readonly to: number;
}

/** Recognises rows from a place where one begins, at most so many, none of them longer than this. */
export function followRows(
  { next, classOf, start }: RowAutomaton,
  bytes: Buffer,
  { from, end, most, longest }: { from: number; end: number; most: number; longest: number },
): Followed {
  let [state, to, rows] = [start, from, 0];
  for (let at = from; at < end && rows < most; at += 1) {
    state = next[state + classOf[bytes[at]!]!]!;
    if (state >= 0) continue;
    if (state === FAILED || at - to > longest) break;
    rows += 1;
    to = at + 1;
    state = start;
  }
  return { rows, to };
}

/** The same without a limit, from two places at once: a look-up waits for the one before it, and the processor has time for a second. */
export function followTwice(
  automaton: RowAutomaton,
  bytes: Buffer,
  { from, end, longest }: { from: number; end: number; longest: number },
): Followed {
  const { next, classOf, start } = automaton;
  // Within recognised rows a line break ends one. If the first half does not get here, the second is forgotten.
  const middle = Math.min(bytes.indexOf(LF, from + ((end - from) >> 1)) + 1 || end, end);
  let [state, to, rows] = [start, from, 0];
  let [otherState, otherTo, otherRows] = [start, middle, 0];
  for (let at = from, other = middle; at < middle && other < end; at += 1, other += 1) {
    state = next[state + classOf[bytes[at]!]!]!;
    otherState = next[otherState + classOf[bytes[other]!]!]!;
    if (state < 0) {
      if (state === FAILED || at - to > longest) break;
      rows += 1;
      to = at + 1;
      state = start;
    }
    if (otherState < 0) {
      if (otherState === FAILED || other - otherTo > longest) break;
      otherRows += 1;
      otherTo = other + 1;
      otherState = start;
    }
  }
  const first = followRows(automaton, bytes, { from: to, end: middle, most: Infinity, longest });
  if (first.to < middle) return { rows: rows + first.rows, to: first.to };
  const second = followRows(automaton, bytes, { from: otherTo, end, most: Infinity, longest });
  return { rows: rows + first.rows + otherRows + second.rows, to: second.to };
}

const MARK = 0xef;
const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
