// How far two people's identifiers agree: a level per identifier, 0 for disagreement, null where one of them is missing.
import type { Identifier, Person } from './records';
import { IDENTIFIERS } from './records';

/** Levels of agreement per identifier; the highest is exact. */
export const LEVELS: Readonly<Record<Identifier, number>> = {
  ...{ nhs: 2, forename: 3, surname: 3, birth: 3, sex: 2, postcode: 3 },
};

/** Levels in the order of `IDENTIFIERS`. */
export type Pattern = readonly (number | null)[];

const CLOSE_NAME = 0.92;

export function compare(a: Person, b: Person): Pattern {
  return IDENTIFIERS.map((identifier) => {
    const [x, y] = [a[identifier], b[identifier]];
    if (x === '' || y === '') return null;
    if (x === y) return LEVELS[identifier] - 1;
    return isClose(identifier, x, y) ? 1 : 0;
  });
}

function isClose(identifier: Identifier, x: string, y: string): boolean {
  switch (identifier) {
    case 'forename':
    case 'surname':
      return jaroWinkler(x, y) >= CLOSE_NAME;
    case 'birth':
      return isSlip(x, y);
    case 'postcode':
      // The same sector: all but the last two characters.
      return x.length > 4 && x.slice(0, -2) === y.slice(0, -2);
    case 'nhs':
    case 'sex':
      return false;
  }
}

/** Day and month exchanged, or one of the three parts wrong: how dates of birth are mistaken. */
function isSlip(x: string, y: string): boolean {
  const [a, b] = [x.split('-'), y.split('-')];
  if (a[0] === b[0] && a[1] === b[2] && a[2] === b[1]) return true;
  return a.filter((part, index) => part !== b[index]).length === 1;
}

/** Similarity of two strings between 0 and 1 (Jaro 1989, with Winkler's weight for a common beginning, 1990). */
export function jaroWinkler(x: string, y: string): number {
  const jaro = jaroOf(x, y);
  let prefix = 0;
  while (prefix < 4 && prefix < x.length && x[prefix] === y[prefix]) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}

function jaroOf(x: string, y: string): number {
  if (x === y) return 1;
  const range = Math.max(0, Math.floor(Math.max(x.length, y.length) / 2) - 1);
  const taken = new Array<boolean>(y.length).fill(false);
  const common: string[] = [];
  for (let at = 0; at < x.length; at += 1) {
    for (let to = Math.max(0, at - range); to < Math.min(y.length, at + range + 1); to += 1) {
      if (taken[to] || x[at] !== y[to]) continue;
      taken[to] = true;
      common.push(x[at] ?? '');
      break;
    }
  }
  if (common.length === 0) return 0;
  const other = [...y].filter((_letter, at) => taken[at]);
  const transposed = common.filter((letter, at) => letter !== other[at]).length / 2;
  const m = common.length;
  return (m / x.length + m / y.length + (m - transposed) / m) / 3;
}

/** The code of a surname's sound (Russell's Soundex), for blocking only. */
export function soundex(name: string): string {
  if (name === '') return '';
  const code = (letter: string) => SOUNDS.findIndex((letters) => letters.includes(letter)) + 1;
  let text = name[0] ?? '';
  let last = code(text);
  for (const letter of name.slice(1)) {
    const now = code(letter);
    if (now > 0 && now !== last) text += now;
    if (letter !== 'H' && letter !== 'W') last = now;
    if (text.length === 4) break;
  }
  return text.padEnd(4, '0');
}

const SOUNDS = ['BFPV', 'CGJKQSXZ', 'DT', 'L', 'MN', 'R'];
