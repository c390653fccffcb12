// Running totals of one cell.
import type { Basis, Contributions } from '../table';

/** People, records, and a mean and centred sum of squares that do not cancel. */
export interface Summary {
  people: number;
  records: number;
  mean: number;
  m2: number;
  /** The people they stand for, where records have weights; mean and squares are then theirs. */
  weighted?: number;
  /** What the mean rests on; made when the tally is complete. */
  basis: Pick<Basis, 'organisations' | 'units'> & { contributions?: Contributions };
}

/** A cell nobody is in. */
export function empty(): Summary {
  return { people: 0, records: 0, mean: 0, m2: 0, basis: {} };
}

/** Adds `count` records with the given mean and centred sum of squares (Chan, Golub and LeVeque 1983). */
export function include(summary: Summary, count: number, mean: number, m2: number): void {
  const total = summary.records + count;
  const delta = mean - summary.mean;
  summary.mean += (delta * count) / total;
  summary.m2 += m2 + (delta * delta * summary.records * count) / total;
  summary.records = total;
}
