// Kaplan and Meier's estimate of survival, its error, and the log-rank test between groups.
import { chiSquaredUpper, criticalValue } from '../distributions';
import { factorise, solve } from '../linear-algebra/cholesky';
import { ascending } from '../order';

export interface Followed {
  /** How long each person was followed, and whether it ended then (1) or was cut off (0). */
  readonly time: Float64Array;
  readonly event: Float64Array;
}

export interface Point {
  readonly time: number;
  readonly survival: number;
  readonly error: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Survival just after each of these times, ascending (Kaplan & Meier 1958); Greenwood's error, and an interval that is
 * symmetric for log(−log S), so that it stays within 0 and 1 (Kalbfleisch & Prentice 2002, § 1.4).
 */
export function kaplanMeier({ time, event }: Followed, times: readonly number[], level: number): Point[] {
  const order = ascending(time);
  const reach = criticalValue(level, Infinity);
  let [at, survival, greenwood] = [0, 1, 0];
  return times.map((until) => {
    while (at < order.length && time[order[at]!]! <= until) {
      const { events, exits } = leaving({ time, event }, order, at);
      const atRisk = order.length - at;
      survival *= 1 - events / atRisk;
      greenwood += events / (atRisk * (atRisk - events));
      at += exits;
    }
    const spread = (reach * Math.sqrt(greenwood)) / Math.log(survival);
    const isSure = survival === 1 || survival === 0;
    return {
      time: until,
      survival,
      error: survival === 0 ? 0 : survival * Math.sqrt(greenwood),
      lower: isSure ? survival : survival ** Math.exp(-spread),
      upper: isSure ? survival : survival ** Math.exp(spread),
    };
  });
}

/** The first time at which at most half survive; undefined where more do to the end. */
export function medianSurvival(followed: Followed): number | undefined {
  const times = [...new Set(followed.time)].sort((a, b) => a - b);
  return kaplanMeier(followed, times, 0.95).find(({ survival }) => survival <= 0.5 + 1e-12)?.time;
}

function leaving(
  { time, event }: Followed,
  order: Int32Array,
  from: number,
): { events: number; exits: number } {
  let [events, exits] = [0, 0];
  for (let at = from; at < order.length && time[order[at]!] === time[order[from]!]; at += 1) {
    events += event[order[at]!]!;
    exits += 1;
  }
  return { events, exits };
}

/** The log-rank test that survival is the same in all groups (Mantel 1966): chi-squared with one df less than groups. */
export function logRank(
  followed: Followed,
  group: Int32Array,
  groups: number,
): { statistic: number; df: number; p: number } | undefined {
  const { time, event } = followed;
  const order = ascending(time);
  const atRisk = new Float64Array(groups);
  for (const own of group) atRisk[own]! += 1;
  const df = groups - 1;
  const excess = new Float64Array(df);
  const variance = new Float64Array(df * df);
  for (let at = 0; at < order.length;) {
    const { events, exits } = leaving(followed, order, at);
    const all = order.length - at;
    const share = Float64Array.from(atRisk, (own) => own / all);
    const spread = all > 1 ? (events * (all - events)) / (all - 1) : 0;
    for (let g = 0; g < df; g += 1) {
      excess[g]! -= events * share[g]!;
      for (let h = 0; h < df; h += 1)
        variance[g * df + h]! += spread * share[g]! * ((g === h ? 1 : 0) - share[h]!);
    }
    for (let leaver = at; leaver < at + exits; leaver += 1) {
      const own = group[order[leaver]!]!;
      if (own < df) excess[own]! += event[order[leaver]!]!;
      atRisk[own]! -= 1;
    }
    at += exits;
  }
  const factored = factorise({ size: df, values: variance });
  if (!('factor' in factored)) return undefined;
  const solved = solve(factored.factor, excess);
  const statistic = excess.reduce((sum, own, g) => sum + own * solved[g]!, 0);
  return { statistic, df, p: chiSquaredUpper(statistic, df) };
}
