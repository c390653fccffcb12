// How good predicted risks are: discrimination with its interval, and error.
import { criticalValue } from '../distributions';
import { ascending } from '../order';

export interface Auc {
  readonly auc: number;
  readonly low: number;
  readonly high: number;
}

/** The area under the ROC curve: how often somebody with the event has the higher risk; ties count half. */
export function aucOf(y: Float64Array, risk: Float64Array): number {
  const ranks = midRanks(risk);
  let [sum, events] = [0, 0];
  y.forEach((value, at) => {
    if (value !== 1) return;
    sum += ranks[at]!;
    events += 1;
  });
  return (sum - (events * (events + 1)) / 2) / (events * (y.length - events));
}

/**
 * The area with DeLong's interval (DeLong, DeLong and Clarke-Pearson 1988, by mid-ranks: Sun and Xu 2014), within 0 to
 * 1. Needs at least two with the event and two without.
 */
export function aucWithInterval(y: Float64Array, risk: Float64Array, level: number): Auc {
  const events = risk.filter((_, at) => y[at] === 1);
  const others = risk.filter((_, at) => y[at] !== 1);
  const [m, n] = [events.length, others.length];
  const all = midRanks(Float64Array.from([...events, ...others]));
  const [amongEvents, amongOthers] = [midRanks(events), midRanks(others)];
  const ofEvents = amongEvents.map((rank, at) => (all[at]! - rank) / n);
  const ofOthers = amongOthers.map((rank, at) => 1 - (all[m + at]! - rank) / m);
  const auc = ofEvents.reduce((sum, value) => sum + value, 0) / m;
  const half =
    criticalValue(level, Infinity) * Math.sqrt(varianceOf(ofEvents) / m + varianceOf(ofOthers) / n);
  return { auc, low: Math.max(0, auc - half), high: Math.min(1, auc + half) };
}

/** Ranks from 1, equal values sharing the mean of theirs. */
function midRanks(values: Float64Array): Float64Array {
  const order = ascending(values);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to += 1;
    for (let at = from; at < to; at += 1) ranks[order[at]!] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

function varianceOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

/** Mean squared difference between outcome and risk (Brier 1950). */
export function brierOf(y: Float64Array, risk: Float64Array): number {
  return y.reduce((sum, value, at) => sum + (value - risk[at]!) ** 2, 0) / y.length;
}

/** Wilson's interval (1927) of a share. */
export function wilson(events: number, n: number, level: number): { low: number; high: number } {
  const z = criticalValue(level, Infinity);
  const share = events / n;
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

export const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
