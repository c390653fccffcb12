// What an error means for a run: how it is recorded as ended, or that it begins again.
import type { RunOutcome } from '#libs/domain';
import { Refused } from '#libs/ledger';
import { VaultRefusal } from '#libs/vault';
import { isForGood } from '../answers';
import { MethodFailed, TookTooLong, TookTooMuchMemory } from './compute';

export interface RunVerdict {
  outcome: RunOutcome;
  reason: string;
}

/** Attempts after which a run that the engine itself cannot finish is recorded as failed. */
const MOST_ATTEMPTS = 5;

/** Null: it may pass, so the run begins again with a new read, which a closed release refuses. */
export function verdictOn(error: unknown, attempt: number): RunVerdict | null {
  if (error instanceof Refused) return stoppedBy(error.refusal.rule);
  if (isForGood(error)) return { outcome: 'FAILED', reason: error.code };
  if (error instanceof TookTooLong) return { outcome: 'FAILED', reason: 'TOOK_TOO_LONG' };
  if (error instanceof TookTooMuchMemory) return { outcome: 'FAILED', reason: 'TOOK_TOO_MUCH_MEMORY' };
  const isOwnFault =
    error instanceof MethodFailed ||
    (error instanceof VaultRefusal && (error.code === 'ENGINE_FAILED' || error.code === 'TIME_LIMIT'));
  return isOwnFault && attempt >= MOST_ATTEMPTS ? { outcome: 'FAILED', reason: 'ENGINE_FAILURE' } : null;
}

/** Of the ledger's refusals, one says nothing of the release: a lease that the engine did not renew in time. */
function stoppedBy(rule: string): RunVerdict | null {
  if (rule === 'LEASE_OVER') return null;
  return { outcome: 'STOPPED', reason: rule === 'LOG_CLOSED' ? 'GATES_CLOSED' : 'RELEASE_CLOSED' };
}
