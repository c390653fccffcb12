// What choosing a pattern of suppression starts from and ends with: numbers, demands, and another table that could be true.
import type { System } from './system';

/** The attacker must not be able to exclude that this unknown is larger than it is by `up`. */
export interface Demand {
  readonly unknown: number;
  readonly up: number;
}

/** Changes by unknown that keep every published number as it is: another table that could be the true one. */
export type Change = ReadonlyMap<number, number>;

/** One quantity over a system: people, or the total of a measure. All values are ≥ 0. */
export interface Quantity {
  readonly system: System;
  readonly values: Float64Array;
  /** Known to everybody whatever is suppressed: cells that the dictionary declares impossible. */
  readonly isFixed: Uint8Array;
  /** 1 where it is not shown; a chooser adds to it. */
  readonly isHidden: Uint8Array;
  /** Whether the values count something, so that only whole numbers could be true. */
  readonly isCount: boolean;
  readonly demands: readonly Demand[];
}

/** Finds the cheapest change that meets a demand; null where there is none. Hides nothing itself. */
export type FindChange = (demand: Demand, quantity: Quantity, hiddenOnly: boolean) => Change | null;

/** What hiding an unknown costs: fewest cells first, then fewest people; totals only where nothing else will do. */
export function costsOf({ system, values }: Quantity): Float64Array {
  const largest = values.reduce((most, value) => Math.max(most, value), 1);
  const size = system.unknowns.length;
  return Float64Array.from(
    system.unknowns,
    ({ isTotal }, index) => (isTotal ? 10 * size : 1) + (values[index] ?? 0) / (largest * 10),
  );
}
