// A rate standardised directly: the rates of strata, weighed by a standard population, with its interval.
import { criticalValue } from '../distributions';

export interface StratumRate {
  readonly events: number;
  readonly exposure: number;
  /** How many of the standard population are in this stratum. */
  readonly weight: number;
}

export interface Standardised {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Σ wᵢ·eᵢ/nᵢ ÷ Σ wᵢ, per 1 of exposure. The interval is that of Dobson, Kuulasmaa, Eberle and Scherer (1991) around the
 * number of events, whose own limits are Byar's approximation of the exact Poisson ones (Breslow and Day 1987).
 */
export function standardise(strata: readonly StratumRate[], level: number): Standardised {
  const whole = strata.reduce((sum, { weight }) => sum + weight, 0);
  let [rate, variance, events] = [0, 0, 0];
  for (const { events: own, exposure, weight } of strata) {
    rate += (weight / whole) * (own / exposure);
    variance += (weight / whole) ** 2 * (own / exposure ** 2);
    events += own;
  }
  if (events === 0) return { rate: 0, low: 0, high: 0 };
  const { low, high } = byar(events, level);
  const scale = Math.sqrt(variance / events);
  return { rate, low: rate + scale * (low - events), high: rate + scale * (high - events) };
}

/** Limits of the mean of a Poisson count of `events`. */
export function byar(events: number, level: number): { low: number; high: number } {
  const z = criticalValue(level, Infinity);
  const limit = (count: number, side: number) =>
    count === 0 ? 0 : count * (1 - 1 / (9 * count) + (side * z) / (3 * Math.sqrt(count))) ** 3;
  return { low: limit(events, -1), high: limit(events + 1, 1) };
}
