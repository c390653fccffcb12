// Links the people of several holders: file after file joins those already known, and everybody gets a random link id.
import { randomBytes } from 'node:crypto';
import { match } from './matching';
import type { Matching, Reviewed, Thresholds } from './matching';
import type { Person } from './records';

export interface HolderFile {
  readonly holder: string;
  readonly people: readonly Person[];
}

/** A person of one holder, what they were joined to, and whether the holder has them twice. */
export interface Linked {
  readonly person: Person;
  readonly link: string;
  readonly isMatched: boolean;
  readonly isDuplicate: boolean;
}

export interface Linkage {
  readonly holders: readonly { readonly holder: string; readonly linked: readonly Linked[] }[];
  /** What a person must look at, with the two sides. */
  readonly doubtful: readonly {
    readonly a: Person;
    readonly b: Person;
    readonly holder: string;
    readonly weight: number;
    readonly probability: number;
  }[];
  readonly steps: readonly { readonly holder: string; readonly matching: Matching }[];
}

interface Known {
  readonly person: Person;
  readonly link: string;
  /** Holders this person was found at. */
  readonly at: string[];
}

/** `ids` makes link ids: they tell nothing, and the same linkage made again has others. */
export function link(
  files: readonly HolderFile[],
  thresholds: Thresholds,
  reviewed: Reviewed,
  ids: () => string = () => randomBytes(16).toString('hex'),
): Linkage {
  const known: Known[] = [];
  const found: { holder: string; rows: { person: Person; known: Known; isDuplicate: boolean }[] }[] = [];
  const steps: { holder: string; matching: Matching }[] = [];
  const doubtful: Linkage['doubtful'][number][] = [];
  for (const { holder, people } of files) {
    const { first, repeats } = withoutRepeats(people);
    const matching = match(
      known.map(({ person }) => person),
      first,
      thresholds,
      reviewed,
    );
    const partner = new Map(matching.pairs.map(({ a, b }) => [b, known[a]!]));
    const mine = first.map((person, index) => {
      const joined = partner.get(index) ?? { person, link: ids(), at: [] };
      if (joined.at.length === 0) known.push(joined);
      joined.at.push(holder);
      return { person, known: joined, isDuplicate: false };
    });
    const again = repeats.map(({ person, of }) => ({ person, known: mine[of]!.known, isDuplicate: true }));
    found.push({ holder, rows: [...mine, ...again] });
    if (found.length > 1) steps.push({ holder, matching });
    for (const { a, b, weight, probability } of matching.doubtful)
      doubtful.push({ a: known[a]!.person, b: first[b]!, holder, weight, probability });
  }
  return {
    holders: found.map(({ holder, rows }) => ({
      holder,
      linked: rows.map(({ person, known: { link: id, at }, isDuplicate }) => ({
        ...{ person, link: id, isMatched: at.length > 1, isDuplicate },
      })),
    })),
    ...{ doubtful, steps },
  };
}

/** People a holder has twice under different row keys: the same NHS number, or the same name, birth and postcode. */
function withoutRepeats(people: readonly Person[]): {
  first: Person[];
  repeats: { person: Person; of: number }[];
} {
  const first: Person[] = [];
  const repeats: { person: Person; of: number }[] = [];
  const seen = new Map<string, number>();
  for (const person of people) {
    const { nhs, forename, surname, birth, postcode } = person;
    const whole = [forename, surname, birth, postcode];
    const keys = [
      ...(nhs === '' ? [] : [nhs]),
      ...(nhs !== '' || whole.includes('') ? [] : [whole.join(' ')]),
    ];
    const of = keys.map((key) => seen.get(key)).find((index) => index !== undefined);
    if (of !== undefined) {
      repeats.push({ person, of });
      continue;
    }
    for (const key of keys) seen.set(key, first.length);
    first.push(person);
  }
  return { first, repeats };
}
