// Wakes the workflow of a stream, and starts it where it is missing: one call to Temporal, harmless to repeat.
import { Client, Connection } from '@temporalio/client';
import { TASK_QUEUES, WAKE_SIGNAL, workflowId } from '#libs/contracts';

export interface Waker {
  /** Resolves once Temporal has taken the wake. */
  wake(stream: string, version: number): Promise<void>;
  /** Rejects when Temporal cannot be reached. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

const PATIENCE_MS = 5_000;
const PROBE_PATIENCE_MS = 1_500;

/** Connects when it is first needed, and again whenever the connection was lost: Temporal may start later than we do. */
export function openWaker(
  address: string,
  namespace: string,
  taskQueue: string = TASK_QUEUES.default,
): Waker {
  const connection = Connection.lazy({ address });
  const client = new Client({ connection, namespace });
  const underWay = new Set<Promise<unknown>>();
  const within = async <T>(patience: number, work: () => Promise<T>): Promise<T> => {
    const call = connection.withDeadline(Date.now() + patience, work);
    underWay.add(call);
    try {
      return await call;
    } finally {
      underWay.delete(call);
    }
  };
  return {
    async wake(stream, version) {
      const kind = stream.startsWith('prj') ? 'project' : 'programme';
      await within(PATIENCE_MS, () =>
        client.workflow.signalWithStart(kind, {
          workflowId: workflowId[kind](stream),
          taskQueue,
          args: [{ [kind]: stream }],
          signal: WAKE_SIGNAL,
          signalArgs: [version],
        }),
      );
    },
    async probe() {
      await within(PROBE_PATIENCE_MS, () => connection.workflowService.getSystemInfo({}));
    },
    async close() {
      // The client retries by timers, which would find the channel gone and end the process.
      await Promise.allSettled(underWay);
      await connection.close();
    },
  };
}
