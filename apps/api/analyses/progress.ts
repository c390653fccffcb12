// How far a run is: what its activity last told Temporal. A courtesy; the ledger alone says that a run has ended.
import { Injectable } from '@nestjs/common';
import { Client, Connection, defaultPayloadConverter } from '@temporalio/client';
import { workflowId } from '#libs/contracts';
import { z } from 'zod';

const RunProgress = z.object({ done: z.number(), step: z.string() });
export type RunProgress = z.infer<typeof RunProgress>;

@Injectable()
export class Progress {
  private readonly client: Client;
  private readonly connection: Connection;

  constructor(address: string, namespace: string) {
    this.connection = Connection.lazy({ address, connectTimeout: '2s' });
    this.client = new Client({ connection: this.connection, namespace });
  }

  /** The last progress a run told; null when none is known, or Temporal is away. */
  of(project: string, analysis: string): Promise<RunProgress | null> {
    return soon(null, async () => {
      const handle = this.client.workflow.getHandle(workflowId.analysis(project, analysis));
      const { raw } = await handle.describe();
      const told = raw.pendingActivities?.find((a) => a.heartbeatDetails)?.heartbeatDetails?.payloads?.[0];
      return told ? RunProgress.parse(defaultPayloadConverter.fromPayload(told)) : null;
    });
  }

  isReachable(): Promise<boolean> {
    return soon(false, async () => {
      await this.connection.workflowService.getSystemInfo({});
      return true;
    });
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}

const PATIENCE_MS = 1_500;

/** What is asked of a server that may be away: an error, or no answer soon, is the same as nothing. */
async function soon<T>(nothing: T, ask: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<T>((give) => {
    timer = setTimeout(give, PATIENCE_MS, nothing);
  });
  return Promise.race([ask().catch(() => nothing), tooLate]).finally(() => clearTimeout(timer));
}
