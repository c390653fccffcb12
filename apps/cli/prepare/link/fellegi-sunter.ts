// Probabilistic linkage: how likely a pattern of agreement is among matches (m) and among others (u), and what follows for a pair.
import { LEVELS, compare } from './comparison';
import type { Pattern } from './comparison';
import { IDENTIFIERS } from './records';
import type { Person } from './records';

export interface LinkageModel {
  /** Probability of each level, per identifier, among matches and among others. */
  readonly m: readonly (readonly number[])[];
  readonly u: readonly (readonly number[])[];
  /** The share of matches among all pairs of the two files. */
  readonly prior: number;
}

/** Below this a probability is a guess: no single level may decide alone. */
const LEAST = 1e-5;
const SAMPLED = 50_000;
const ROUNDS = 100;

/**
 * The model of Fellegi and Sunter (1969) under conditional independence, fitted by expectation maximisation (Winkler 1988):
 * u from pairs spread evenly over both files, of which hardly any is a match; m and the prior from the candidate pairs,
 * all other pairs counting as no matches.
 */
export function fit(a: readonly Person[], b: readonly Person[], patterns: readonly Pattern[]): LinkageModel {
  const u = levelShares(spread(a, b));
  const counted = tally(patterns);
  const pairs = a.length * b.length;
  let m = IDENTIFIERS.map((identifier) => firstGuess(LEVELS[identifier]));
  let prior = Math.min(0.5, Math.min(a.length, b.length) / 2 / pairs);
  for (let round = 0; round < ROUNDS; round += 1) {
    const weighted = counted.map(({ pattern, count }) => ({
      pattern,
      weight: count * probability({ m, u, prior }, pattern),
    }));
    const expected = weighted.reduce((sum, { weight }) => sum + weight, 0);
    const next = Math.min(0.5, Math.max(expected / pairs, 0.5 / pairs));
    m = levelShares(weighted);
    const isSettled = Math.abs(next - prior) <= 1e-9 * prior;
    prior = next;
    if (isSettled) break;
  }
  return { m, u, prior };
}

/** The probability that a pair with this pattern is one person. */
export function probability({ m, u, prior }: LinkageModel, pattern: Pattern): number {
  const weight = matchWeight({ m, u, prior }, pattern);
  return 1 / (1 + ((1 - prior) / prior) * 2 ** -weight);
}

/** log₂ of how much likelier the pattern is among matches; a missing identifier says nothing. */
export function matchWeight({ m, u }: LinkageModel, pattern: Pattern): number {
  return pattern.reduce<number>(
    (sum, level, index) =>
      level === null ? sum : sum + Math.log2((m[index]?.[level] ?? LEAST) / (u[index]?.[level] ?? LEAST)),
    0,
  );
}

const firstGuess = (levels: number): number[] =>
  Array.from({ length: levels }, (_, level) => (level === levels - 1 ? 0.9 : 0.1 / (levels - 1)));

/** Per identifier the share of each level among patterns that have it. */
function levelShares(weighted: readonly { pattern: Pattern; weight: number }[]): number[][] {
  return IDENTIFIERS.map((identifier, index) => {
    const sums = new Array<number>(LEVELS[identifier]).fill(0);
    for (const { pattern, weight } of weighted) {
      const level = pattern[index] ?? null;
      if (level !== null) sums[level] = (sums[level] ?? 0) + weight;
    }
    const total = sums.reduce((sum, value) => sum + value, 0);
    return sums.map((value) => Math.max(LEAST, total === 0 ? 1 / sums.length : value / total));
  });
}

function tally(patterns: readonly Pattern[]): { pattern: Pattern; count: number }[] {
  const found = new Map<string, { pattern: Pattern; count: number }>();
  for (const pattern of patterns) {
    const key = pattern.join();
    const known = found.get(key);
    if (known) known.count += 1;
    else found.set(key, { pattern, count: 1 });
  }
  return [...found.values()];
}

/** Pairs without regard to who they are: the same ones each time, so that a linkage can be repeated. */
function spread(a: readonly Person[], b: readonly Person[]): { pattern: Pattern; weight: number }[] {
  const count = Math.min(SAMPLED, a.length * b.length);
  const step = (a.length * b.length) / Math.max(1, count);
  return Array.from({ length: count }, (_, index) => {
    const at = Math.floor(index * step);
    // A stride prime to most sizes visits both files evenly.
    const [x, y] = [a[at % a.length], b[Math.floor(at / a.length + 7919 * index) % b.length]];
    return x && y ? [{ pattern: compare(x, y), weight: 1 }] : [];
  }).flat();
}
