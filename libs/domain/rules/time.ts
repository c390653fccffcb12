// Arithmetic on instants; pure, the clock always comes in from outside.
import type { Instant } from '../words';

/** The instant `ms` milliseconds after `from`. */
export const plus = (from: Instant, ms: number): Instant => new Date(Date.parse(from) + ms).toISOString();

export const earliest = (...instants: Instant[]): Instant => instants.reduce((a, b) => (a < b ? a : b));

export const latest = (...instants: Instant[]): Instant => instants.reduce((a, b) => (a > b ? a : b));

/** Milliseconds from `from` to `to`; never negative. */
export const between = (from: Instant, to: Instant): number => Math.max(0, Date.parse(to) - Date.parse(from));
