// What activities answer with when domain or vault refuse: a refusal is an answer to the workflow, never an error to retry.
import { Refused } from '#libs/ledger';
import { VaultRefusal } from '#libs/vault';
import type { RefusalCode } from '#libs/vault';
import type { Instant } from '#libs/domain';

/** `refused` is the stable name of the rule, or null when the step was taken. Names only: answers stand in histories. */
export interface Step {
  refused: string | null;
}

export const TAKEN: Step = { refused: null };

/** What no repetition mends. A full disk, a killed process or a time limit may pass, and is tried again. */
const FOR_GOOD: readonly RefusalCode[] = [
  'BAD_ID',
  'KEY_MISSING',
  'KEY_DESTROYED',
  'WRONG_KEY',
  'DAMAGED',
  'NOT_FOUND',
  'DIGEST_DIFFERS',
  'NOT_CONFORMING',
  'UNKNOWN_FIELD',
];

export const isForGood = (error: unknown): error is VaultRefusal =>
  error instanceof VaultRefusal && FOR_GOOD.includes(error.code);

/** Runs one step; a refusal becomes the answer, anything else stays an error that is retried. */
export async function step(work: () => Promise<unknown>): Promise<Step> {
  try {
    await work();
    return TAKEN;
  } catch (error) {
    if (error instanceof Refused) return { refused: error.refusal.rule };
    if (isForGood(error)) return { refused: error.code };
    throw error;
  }
}

/** Milliseconds until `until` by the ledger's clock; `null` stays null: only a wake will do. */
export function dueIn(until: Instant | null, now: Instant): number | null {
  return until === null ? null : Math.max(0, Date.parse(until) - Date.parse(now));
}

/** Every engine process acts under this name in the ledger. */
export const WORKER = { process: 'worker' } as const;
