// What workflows call, and how patient each call is. Named by purpose; everything here is idempotent.
import { proxyActivities, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import type { FileWork, LedgerWork, RunWork } from '#activities';

/**
 * A moment's work on the ledger: read it, or give it one command. Tried until it succeeds, since without the ledger
 * there is nothing a workflow could rightly do. Local: it takes milliseconds, and keeps histories small.
 */
export const ledger = proxyLocalActivities<LedgerWork>({
  startToCloseTimeout: '30 seconds',
  localRetryThreshold: '10 seconds',
  retry: { initialInterval: '100 milliseconds', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/**
 * Work on files in the vault: checking a deposit, sealing a release, destroying either. Minutes at most; begun again
 * from the start when its worker dies, which a missing heartbeat shows.
 */
export const files = proxyActivities<FileWork>({
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});

/** One run of an analysis, on the queue of the processes that may open releases: the one beside this workflow's own. */
export const runs = () =>
  proxyActivities<RunWork>({
    taskQueue: workflowInfo().taskQueue.replace('default', 'analysis'),
    startToCloseTimeout: '24 hours',
    heartbeatTimeout: '20 seconds',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
  });
