// What ends by the clock is announced before: a deposit, a release (T11).
import type { Instant } from '../words';

export const EXPIRING = ['DEPOSIT', 'RELEASE'] as const;
export type Expiring = (typeof EXPIRING)[number];

/** How many days before the end people are warned. */
export const WARNING_DAYS = [30, 7, 1] as const;
export type WarningDays = (typeof WARNING_DAYS)[number];

export interface ExpiryEvents {
  ExpiryWarned: { what: Expiring; id: string; days: WarningDays; ends: Instant };
}

export interface ExpiryCommands {
  /** Warns of whatever ends soon and was not warned of yet; repeating it is harmless. */
  KeepExpiryTime: Record<never, never>;
}

export interface ExpiryState {
  expiryWarnings: { id: string; days: WarningDays; ends: Instant }[];
}
