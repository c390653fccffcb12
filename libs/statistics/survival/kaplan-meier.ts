// The share of spells still going, by Kaplan and Meier, and the log-rank test between groups.
import { chiSquaredUpper, criticalValue } from '../distributions';
import { factorise, solve } from '../linear-algebra/cholesky';
import { ascending } from '../order';

/** Spells: how long each lasted, whether it ended (1) or was still going (0), and from when on it was seen. */
export interface Spells {
  readonly time: Float64Array;
  readonly ended: Float64Array;
  readonly entry: Float64Array;
}

/** What happens at one time: spells at risk just before, and how many end. */
export interface Moment {
  readonly time: number;
  readonly atRisk: number;
  readonly ends: number;
}

/** Every time at which a spell leaves, in order. At risk are those seen before it that have not left before it. */
export function momentsOf({ time, ended, entry }: Spells): Moment[] {
  const order = ascending(time);
  const entered = ascending(entry);
  const moments: Moment[] = [];
  let seen = 0;
  for (let from = 0; from < order.length;) {
    const now = time[order[from]!]!;
    while (seen < entered.length && entry[entered[seen]!]! < now) seen += 1;
    let [to, ends] = [from, 0];
    for (; to < order.length && time[order[to]!] === now; to += 1) ends += ended[order[to]!]!;
    moments.push({ time: now, atRisk: seen - from, ends });
    from = to;
  }
  return moments;
}

export interface Survival {
  readonly survival: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Survival just after each moment (Kaplan and Meier 1958) with Greenwood's variance on the log(−log) scale (Kalbfleisch
 * and Prentice 1980); the interval of a survival of 0 or 1 is that one number.
 */
export function survivalAfter(moments: readonly Moment[], level: number): Survival[] {
  const z = criticalValue(level, Infinity);
  let [survival, sum] = [1, 0];
  return moments.map(({ atRisk, ends }) => {
    survival *= 1 - ends / atRisk;
    sum += ends === 0 ? 0 : ends / (atRisk * (atRisk - ends));
    if (survival <= 0 || survival >= 1) return { survival, low: survival, high: survival };
    const log = Math.log(survival);
    const half = (z * Math.sqrt(sum)) / log;
    return { survival, low: survival ** Math.exp(-half), high: survival ** Math.exp(half) };
  });
}

/** The log-rank test (Mantel 1966; Peto and Peto 1972) that survival is the same in all groups. */
export function logRank(
  spells: Spells,
  group: Int32Array,
  groups: number,
): { chiSquared: number; df: number; p: number } {
  const within = Array.from({ length: groups }, (_, own) => momentsOf(spellsOf(spells, group, own)));
  const size = groups - 1;
  const difference = new Float64Array(size);
  const variance = new Float64Array(size * size);
  const places = new Int32Array(groups);
  const entries = Array.from({ length: groups }, (_, own) => riskCounter(spellsOf(spells, group, own)));
  for (const { time, atRisk, ends } of momentsOf(spells)) {
    const own = within.map((moments, at) => {
      while (places[at]! < moments.length && moments[places[at]!]!.time < time) places[at]! += 1;
      const moment = moments[places[at]!];
      return moment?.time === time ? moment : { time, atRisk: entries[at]!(time), ends: 0 };
    });
    const spread = atRisk < 2 ? 0 : (ends * (atRisk - ends)) / (atRisk - 1);
    for (let a = 0; a < size; a += 1) {
      const share = own[a]!.atRisk / atRisk;
      difference[a]! += own[a]!.ends - ends * share;
      for (let b = 0; b < size; b += 1)
        variance[a * size + b]! += spread * share * ((a === b ? 1 : 0) - own[b]!.atRisk / atRisk);
    }
  }
  const factorised = factorise({ size, values: variance });
  if (!('factor' in factorised)) return { chiSquared: 0, df: size, p: 1 };
  const solved = solve(factorised.factor, difference);
  const chiSquared = difference.reduce((sum, value, at) => sum + value * solved[at]!, 0);
  return { chiSquared, df: size, p: chiSquaredUpper(chiSquared, size) };
}

/** The spells of one group. */
export function spellsOf({ time, ended, entry }: Spells, group: Int32Array, own: number): Spells {
  const only = (values: Float64Array) => values.filter((_, at) => group[at] === own);
  return { time: only(time), ended: only(ended), entry: only(entry) };
}

/** How many are at risk at a time; to be asked in ascending order. */
function riskCounter({ time, entry }: Spells): (now: number) => number {
  const [left, entered] = [time.slice().sort(), entry.slice().sort()];
  let [gone, seen] = [0, 0];
  return (now) => {
    while (gone < left.length && left[gone]! < now) gone += 1;
    while (seen < entered.length && entered[seen]! < now) seen += 1;
    return seen - gone;
  };
}
