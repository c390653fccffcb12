// What the API needs to know about its surroundings, as one injectable value.

import type { Language } from '#libs/language';

export const SETTINGS = Symbol('settings');

export interface Settings {
  vaultDir: string;
  maxDepositBytes: number;
  maxEvidenceBytes: number;
  /** Requests a minute from one address. */
  requestsPerMinute: number;
  /** The address people reach the API and its pages by, without a trailing slash. */
  url: string;
  isDevelopment: boolean;
  /** What pages and reports speak, where they are not English alone. */
  language: Language;
}

/** Twenty megabytes: a long report with pictures. Handed out whole, so it has to fit into memory. */
export const MAX_EVIDENCE_BYTES = 20 * 1024 ** 2;
export const REQUESTS_PER_MINUTE = 3_000;
