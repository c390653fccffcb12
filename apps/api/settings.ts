// What the API needs to know about its surroundings, as one injectable value.

export const SETTINGS = Symbol('settings');

export interface Settings {
  vaultDir: string;
  maxDepositBytes: number;
  /** Requests a minute from one address. */
  requestsPerMinute: number;
}

/** Two gigabytes: a hundred million small cells; more is no extract but a database. */
export const MAX_DEPOSIT_BYTES = 2 * 1024 ** 3;
export const REQUESTS_PER_MINUTE = 3_000;
