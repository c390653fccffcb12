// Who is who in two files: certain pairs by rule, others by probability, the doubtful left to a person; one partner each.
import { candidatePairs } from './blocking';
import { compare } from './comparison';
import type { Pattern } from './comparison';
import { fit, matchWeight, probability } from './fellegi-sunter';
import type { LinkageModel } from './fellegi-sunter';
import { IDENTIFIERS } from './records';
import type { Person } from './records';

export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly pattern: Pattern;
  readonly by: 'RULE' | 'PROBABILITY' | 'REVIEW';
  readonly weight: number;
  readonly probability: number;
}

export interface Thresholds {
  /** At least this probable: linked. Below `doubtful`: not. Between them a person decides. */
  readonly link: number;
  readonly doubtful: number;
}

export interface Matching {
  readonly pairs: readonly Pair[];
  readonly doubtful: readonly Pair[];
  /** Null where one side is empty, so that nothing was to be learned. */
  readonly model: LinkageModel | null;
}

/** What a reviewer decided of a pair; null where nobody has. */
export type Reviewed = (a: Person, b: Person) => boolean | null;

export function match(
  a: readonly Person[],
  b: readonly Person[],
  thresholds: Thresholds,
  reviewed: Reviewed,
): Matching {
  if (a.length === 0 || b.length === 0) return { pairs: [], doubtful: [], model: null };
  const candidates = candidatePairs(a, b).map(([x, y]) => ({ x, y, pattern: compare(a[x]!, b[y]!) }));
  const model = fit(
    a,
    b,
    candidates.map(({ pattern }) => pattern),
  );
  const judged = candidates.flatMap(({ x, y, pattern }): Pair[] => {
    const said = reviewed(a[x]!, b[y]!);
    if (said === false) return [];
    const chance = probability(model, pattern);
    const by = said === true ? 'REVIEW' : isCertain(pattern) ? 'RULE' : 'PROBABILITY';
    if (by === 'PROBABILITY' && chance < thresholds.doubtful) return [];
    return [{ a: x, b: y, pattern, by, weight: matchWeight(model, pattern), probability: chance }];
  });
  return { ...oneToOne(judged, thresholds), model };
}

/** The same NHS number and birth or surname; or the same full name, birth and postcode. */
function isCertain(pattern: Pattern): boolean {
  const level = Object.fromEntries(IDENTIFIERS.map((name, index) => [name, pattern[index] ?? null]));
  const { nhs, forename, surname, birth, postcode } = level;
  if (nhs === 1) return birth === 2 || surname === 2;
  return nhs !== 0 && forename === 2 && surname === 2 && birth === 2 && postcode === 2;
}

const ORDER = { REVIEW: 0, RULE: 1, PROBABILITY: 2 };

/**
 * Takes the best pairs first, each person once. Two equally good partners for one person are for a person to tell apart.
 */
function oneToOne(judged: readonly Pair[], thresholds: Thresholds): Pick<Matching, 'pairs' | 'doubtful'> {
  const sorted = [...judged].sort(
    (x, y) => ORDER[x.by] - ORDER[y.by] || y.weight - x.weight || x.a - y.a || x.b - y.b,
  );
  const [usedA, usedB] = [new Set<number>(), new Set<number>()];
  const best = bestOf(sorted);
  const pairs: Pair[] = [];
  const doubtful: Pair[] = [];
  for (const pair of sorted) {
    if (usedA.has(pair.a) || usedB.has(pair.b)) continue;
    const isSure = pair.by !== 'PROBABILITY' || pair.probability >= thresholds.link;
    if (!isSure || (pair.by !== 'REVIEW' && isTied(best, pair))) {
      doubtful.push(pair);
      continue;
    }
    usedA.add(pair.a);
    usedB.add(pair.b);
    pairs.push(pair);
  }
  return { pairs, doubtful: doubtful.filter(({ a, b }) => !usedA.has(a) && !usedB.has(b)) };
}

type Best = Map<string, { weight: number; times: number }>;

function bestOf(sorted: readonly Pair[]): Best {
  const best: Best = new Map();
  for (const { a, b, by, weight } of sorted)
    for (const key of [`a${a}${by}`, `b${b}${by}`]) {
      const known = best.get(key);
      if (!known || weight > known.weight) best.set(key, { weight, times: 1 });
      else if (weight === known.weight) known.times += 1;
    }
  return best;
}

const isTied = (best: Best, { a, b, by, weight }: Pair): boolean =>
  [`a${a}${by}`, `b${b}${by}`].some((key) => {
    const known = best.get(key);
    return known?.weight === weight && known.times > 1;
  });
