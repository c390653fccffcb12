// The limits a result is checked against; an agreement or holder may only tighten them.
import { z } from 'zod';

/** Fewest people a shown number may rest on. The floor is ACRO 1.0's starting value. */
export const FREQUENCY_FLOOR = 10;

export const Thresholds = z.strictObject({
  frequency: z
    .number()
    .int()
    .min(FREQUENCY_FLOOR, `The frequency threshold can only be tightened: it is at least ${FREQUENCY_FLOOR}.`)
    .default(FREQUENCY_FLOOR),
});
export type Thresholds = z.infer<typeof Thresholds>;

/** The strictest of several sets of thresholds (agreement, and each contributing holder). */
export function strictest(sets: readonly Thresholds[]): Thresholds {
  return { frequency: Math.max(FREQUENCY_FLOOR, ...sets.map((set) => set.frequency)) };
}
