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

/** Connects when it is first needed, and again whenever the connection was lost: Temporal may start later than we do. */
export function openWaker(address: string, namespace: string, taskQueue: string = TASK_QUEUES.default): Waker {
  const connection = Connection.lazy({ address });
  const client = new Client({ connection, namespace });
  const within = <T>(work: () => Promise<T>) => connection.withDeadline(Date.now() + PATIENCE_MS, work);
  return {
    async wake(stream, version) {
      const kind = stream.startsWith('prj') ? 'project' : 'programme';
      await within(() =>
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
      await within(() => connection.workflowService.getSystemInfo({}));
    },
    close: () => connection.close(),
  };
}
