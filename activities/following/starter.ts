// Starts a workflow that is not going, wakes one that is: one call, whichever it is.
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { ANY_VERSION, WAKE_SIGNAL, workflowId } from '#libs/contracts';
import type { Part } from './plan';

export interface Starter {
  wake(part: Pick<Part, 'id' | 'workflow' | 'input'>): Promise<void>;
  /** For what lies outside the project's own ledger: it looks at all of its parts, and wakes those that must look. */
  wakeProject(project: string): Promise<void>;
  /** Wakes a workflow that has nothing left to do, so that it looks, and ends; one that has ended already is left alone. */
  dismiss(id: string): Promise<void>;
}

/** All workflows run on `taskQueue`. Ids come from the ledger, so a second start of the same is the same. */
export function temporalStarter(client: Client, taskQueue: string): Starter {
  const wake = async (workflow: string, id: string, input: object, ...version: number[]): Promise<void> => {
    await client.workflow.signalWithStart(workflow, {
      workflowId: id,
      taskQueue,
      args: [input],
      signal: WAKE_SIGNAL,
      signalArgs: version,
    });
  };
  return {
    wake: ({ workflow, id, input }) => wake(workflow, id, input),
    wakeProject: (project) => wake('project', workflowId.project(project), { project }, ANY_VERSION),
    async dismiss(id) {
      try {
        await client.workflow.getHandle(id).signal(WAKE_SIGNAL);
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    },
  };
}
