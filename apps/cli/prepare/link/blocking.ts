// Which pairs are looked at at all: people of two files who share one of several keys, since all pairs would be too many.
import { soundex } from './comparison';
import type { Person } from './records';

/** Each pass finds pairs that the others miss; an empty value blocks nobody. */
const PASSES: readonly ((person: Person) => string)[] = [
  ({ nhs }) => nhs,
  ({ birth }) => birth,
  ({ postcode, sex }) => (postcode === '' ? '' : `${postcode}${sex}`),
  ({ surname, birth }) => (surname === '' || birth === '' ? '' : `${soundex(surname)}${birth.slice(0, 4)}`),
  ({ forename, surname }) => (forename === '' || surname === '' ? '' : `${forename} ${surname}`),
];

/** A block this large compares everybody with everybody, and tells nothing: it is left to the other passes. */
const LARGEST_BLOCK = 2_000;

/** Positions of the pairs, each once, in the order of the first file. */
export function candidatePairs(a: readonly Person[], b: readonly Person[]): [number, number][] {
  const blocks = PASSES.map((keyOf) => {
    const found = new Map<string, number[]>();
    b.forEach((person, index) => {
      const key = keyOf(person);
      if (key === '') return;
      const block = found.get(key);
      if (block) block.push(index);
      else found.set(key, [index]);
    });
    return { keyOf, found };
  });
  return a.flatMap((person, index) => {
    const others = new Set<number>();
    for (const { keyOf, found } of blocks) {
      const key = keyOf(person);
      const block = key === '' ? undefined : found.get(key);
      if (block && block.length <= LARGEST_BLOCK) for (const other of block) others.add(other);
    }
    return [...others].map((other): [number, number] => [index, other]);
  });
}
