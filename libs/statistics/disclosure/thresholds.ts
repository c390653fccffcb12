// The limits a result is checked against; a project, an agreement or a holder may only tighten them.
import { z } from 'zod';

/** Fewest people a shown number may rest on. The floor is ACRO 1.0's starting value. */
export const FREQUENCY_FLOOR = 10;

const atLeast = (what: string, floor: number) =>
  z.number().int().min(floor, `The ${what} can only be tightened: it is at least ${floor}.`).default(floor);

/** Starting values are those of ACRO 1.0 (its default.yaml), and each is a floor. */
export const Thresholds = z.strictObject({
  /** Fewest distinct people behind a shown number. */
  frequency: atLeast('frequency threshold', FREQUENCY_FLOOR),
  /** Fewest exits in a survival step, and fewest people left at risk (unless nobody is). */
  survival: atLeast('survival threshold', 10),
  /** Fewest residual degrees of freedom of a model, and n − 1 of a standard deviation. */
  degreesOfFreedom: atLeast('degrees of freedom threshold', 10),
  /** How many of the largest contributors are taken together: the (n, k) rule's n. Contributions tell of two. */
  dominanceN: z.literal(2, 'The (n, k) rule takes the 2 largest contributors together.').default(2),
  /** The share of a total at which they dominate it: the (n, k) rule's k. Smaller is stricter. */
  dominanceK: z
    .number()
    .positive()
    .max(0.9, 'The dominance share can only be tightened: it is at most 0.9.')
    .default(0.9),
  /** Smallest (total − largest − second) ÷ largest. Larger is stricter. */
  pRatio: z.number().max(1).min(0.1, 'The p-ratio can only be tightened: it is at least 0.1.').default(0.1),
});
export type Thresholds = z.infer<typeof Thresholds>;

/** The strictest of several sets of thresholds (project, agreement, and each contributing holder). */
export function strictest(sets: readonly Partial<Thresholds>[]): Thresholds {
  const all = [{}, ...sets].map((set) => Thresholds.parse(set));
  const most = (of: (set: Thresholds) => number) => Math.max(...all.map(of));
  return {
    frequency: most((set) => set.frequency),
    survival: most((set) => set.survival),
    degreesOfFreedom: most((set) => set.degreesOfFreedom),
    dominanceN: 2,
    dominanceK: Math.min(...all.map((set) => set.dominanceK)),
    pRatio: most((set) => set.pRatio),
  };
}
