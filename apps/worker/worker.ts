// One worker per task queue, over one ledger and one vault.
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { WorkerOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createDefaultActivities, createRunActivities, temporalStarter } from '#activities';
import type { ActivityDeps } from '#activities';
import { TASK_QUEUES } from '#libs/contracts';
import { withoutWords } from './failures';

export interface WorkerPlan {
  readonly address: string;
  readonly namespace: string;
  readonly queues: readonly (keyof typeof TASK_QUEUES)[];
  /** Asked for only by the queue that runs workflows. */
  readonly bundle: () => Promise<{ code: string }>;
  readonly log: Logger;
  /** The names of the queues, for tests that share one server; those of production if not given. */
  readonly queueNames?: Readonly<Record<keyof typeof TASK_QUEUES, string>>;
}

export type Resources = Omit<ActivityDeps, 'starter'>;

export interface RunningWorkers {
  /** Whether every worker polls its queue and the server answers. */
  canReachServer(): Promise<boolean>;
  /** Resolves when all have ended, rejects when one failed. */
  readonly ended: Promise<void>;
  /** Lets running activities finish for a while, then ends. */
  stop(): Promise<void>;
}

/** Cancelled activities have this long to end after a shutdown was asked for; they begin again on another worker. */
const GRACE = '10 seconds';
/** Progress is read from heartbeats, so they are sent on at least this often. */
const HEARTBEATS: Pick<WorkerOptions, 'maxHeartbeatThrottleInterval' | 'defaultHeartbeatThrottleInterval'> = {
  maxHeartbeatThrottleInterval: '1 second',
  defaultHeartbeatThrottleInterval: '1 second',
};
/** After a worker was killed, its tasks wait for it this long before another gets them. */
const WAIT_FOR_THE_DEAD = '3 seconds';
/**
 * Workflows kept in memory between their tasks, at a third of a megabyte each. Those that wait for people wait for days: they are
 * read again from their history when they are woken.
 */
const WORKFLOWS_KEPT = 120;
/** A run holds a whole release in memory. */
const RUNS_AT_ONCE = 2;

/** Connects and polls. @throws when Temporal cannot be reached. */
export async function startWorkers(plan: WorkerPlan, resources: Resources): Promise<RunningWorkers> {
  const { address, namespace, log } = plan;
  const queueNames = plan.queueNames ?? TASK_QUEUES;
  const connection = await NativeConnection.connect({ address });
  const clientConnection = await Connection.connect({ address });
  const client = new Client({ connection: clientConnection, namespace });
  const deps = { ...resources, starter: temporalStarter(client, queueNames.default) };
  const common = {
    connection,
    namespace,
    shutdownGraceTime: GRACE,
    ...HEARTBEATS,
    interceptors: { activity: [withoutWords(log)] },
  };
  const makers: Record<keyof typeof TASK_QUEUES, () => Promise<Worker>> = {
    default: async () =>
      Worker.create({
        ...common,
        taskQueue: queueNames.default,
        workflowBundle: await plan.bundle(),
        stickyQueueScheduleToStartTimeout: WAIT_FOR_THE_DEAD,
        maxCachedWorkflows: WORKFLOWS_KEPT,
        activities: createDefaultActivities(deps),
      }),
    analysis: () =>
      Worker.create({
        ...common,
        taskQueue: queueNames.analysis,
        maxConcurrentActivityTaskExecutions: RUNS_AT_ONCE,
        activities: createRunActivities(deps),
      }),
  };
  const workers = await Promise.all(plan.queues.map((queue) => makers[queue]()));
  const ended = Promise.all(workers.map((worker) => worker.run()))
    .finally(() => Promise.all([connection.close(), clientConnection.close()]))
    .then(() => undefined);
  return {
    canReachServer: async () => {
      await clientConnection.workflowService.getSystemInfo({});
      return workers.every((worker) => worker.getState() === 'RUNNING');
    },
    ended,
    stop: async () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
    },
  };
}
