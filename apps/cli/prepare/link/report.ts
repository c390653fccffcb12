// What the linkage says of itself: how many were matched, in which groups fewer were, and how it was decided; no count of few.
import { LEVELS } from './comparison';
import type { Linkage, Linked } from './linkage';
import type { Thresholds } from './matching';
import { IDENTIFIERS } from './records';
import type { Person } from './records';

/** DOMAIN § 5: counts of fewer people are not told. */
const FEWEST = 10;

/** Groups in which linkage fails unevenly: told from the identifiers, since the linker has nothing else. */
const SUBGROUPS: Readonly<Record<string, (person: Person) => string>> = {
  sex: ({ sex }) => sex || 'unknown',
  'decade of birth': ({ birth }) => (birth === '' ? 'unknown' : `${birth.slice(0, 3)}0s`),
  'postcode area': ({ postcode }) => /^[A-Z]+/.exec(postcode)?.[0] ?? 'unknown',
  'NHS number': ({ nhs }) => (nhs === '' ? 'missing' : 'given'),
};

type Told = number | null;
interface Rates {
  readonly people: Told;
  readonly matched: Told;
  readonly unmatched: Told;
  readonly duplicates: Told;
  /** Matched of all people, where all these counts may be told. */
  readonly rate: number | null;
}

export interface LinkReport {
  readonly format: 1;
  readonly thresholds: Thresholds;
  readonly holders: readonly ({
    readonly holder: string;
    readonly subgroups: Readonly<Record<string, Readonly<Record<string, Rates>>>>;
  } & Rates)[];
  readonly steps: readonly {
    readonly holder: string;
    readonly byRule: Told;
    readonly byProbability: Told;
    readonly byReview: Told;
    readonly model: Readonly<
      Record<
        string,
        { readonly levels: number; readonly m: readonly number[]; readonly u: readonly number[] }
      >
    > | null;
  }[];
  readonly forReview: number;
}

export function reportOf({ holders, steps, doubtful }: Linkage, thresholds: Thresholds): LinkReport {
  return {
    ...{ format: 1, thresholds },
    holders: holders.map(({ holder, linked }) => ({
      holder,
      ...ratesOf(linked),
      subgroups: Object.fromEntries(
        Object.entries(SUBGROUPS).map(([name, of]) => [name, byGroup(linked, of)]),
      ),
    })),
    steps: steps.map(({ holder, matching: { pairs, model } }) => {
      const by = (how: string) => told(pairs.filter((pair) => pair.by === how).length);
      return {
        ...{ holder, byRule: by('RULE'), byProbability: by('PROBABILITY'), byReview: by('REVIEW') },
        model:
          model &&
          Object.fromEntries(
            IDENTIFIERS.map((name, index) => [
              name,
              { levels: LEVELS[name], m: model.m[index] ?? [], u: model.u[index] ?? [] },
            ]),
          ),
      };
    }),
    forReview: doubtful.length,
  };
}

function byGroup(linked: readonly Linked[], groupOf: (person: Person) => string): Record<string, Rates> {
  const groups = new Map<string, Linked[]>();
  for (const each of linked) {
    const name = groupOf(each.person);
    const group = groups.get(name);
    if (group) group.push(each);
    else groups.set(name, [each]);
  }
  return Object.fromEntries(
    [...groups].sort(([x], [y]) => (x < y ? -1 : 1)).map(([name, of]) => [name, ratesOf(of)]),
  );
}

function ratesOf(linked: readonly Linked[]): Rates {
  const people = linked.filter(({ isDuplicate }) => !isDuplicate);
  const matched = people.filter(({ isMatched }) => isMatched).length;
  const unmatched = people.length - matched;
  // One small part is told from the whole and the other, so then neither is.
  const isTold = [matched, unmatched].every((count) => told(count) !== null);
  return {
    people: told(people.length),
    matched: isTold ? matched : null,
    unmatched: isTold ? unmatched : null,
    duplicates: told(linked.length - people.length),
    rate: isTold && people.length > 0 ? matched / people.length : null,
  };
}

const told = (count: number): Told => (count === 0 || count >= FEWEST ? count : null);
