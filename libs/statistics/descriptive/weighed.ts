// Summaries of the people that records stand for: the usual ones of who is there, with weighted moments in their place.
import { contributionsOf } from '../design/basis';
import { gathered } from '../design/matrix';
import { stoodForBy, weightedMoments } from '../design/weights';
import { InputRefused } from '../input';
import type { Records } from './records';
import type { Summary } from './summary';

type Summarise = (places: Int32Array, count: number, records: Records) => Summary[];

/** The weights, each above 0 in the rows that are in a place. */
export function weighedIn(weights: Float64Array, places: Int32Array, field: string): Float64Array {
  const isBad = (weight: number, row: number) => places[row]! >= 0 && !(weight > 0 && weight < Infinity);
  if (!weights.some(isBad)) return weights;
  throw new InputRefused(
    `The weight "${field}" must be above 0 and finite, and is not in every record. Have it corrected, or recorded as missing.`,
  );
}

/** People, organisations and units stay as `usual` counts them; what the largest people add is weighed as the mean is. */
export function weighed(weights: Float64Array, field: string, usual: Summarise): Summarise {
  return (places, count, records) => {
    const members: number[][] = Array.from({ length: count }, () => []);
    places.forEach((place, row) => place >= 0 && members[place]!.push(row));
    return usual(places, count, records).map((summary, place) => {
      const rows = Int32Array.from(members[place]!);
      if (rows.length === 0) return summary;
      const [values, own] = [gathered(records.values, rows), gathered(weights, rows)];
      const { mean, variance } = weightedMoments(values, own);
      const stoodFor = stoodForBy(
        rows.map((row) => records.owner[row]!),
        own,
        field,
      );
      const parts = new Map<number, number>();
      rows.forEach((row, at) => {
        const who = records.owner[row]!;
        parts.set(who, (parts.get(who) ?? 0) + own[at]! * values[at]!);
      });
      return {
        ...{ ...summary, mean, weighted: stoodFor },
        m2: rows.length < 2 ? 0 : variance * (rows.length - 1),
        basis: { ...summary.basis, contributions: contributionsOf(parts.values()) },
      };
    });
  };
}
