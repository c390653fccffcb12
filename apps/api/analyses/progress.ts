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
  async of(project: string, analysis: string): Promise<RunProgress | null> {
    try {
      const handle = this.client.workflow.getHandle(workflowId.analysis(project, analysis));
      const { raw } = await this.connection.withDeadline(Date.now() + 2_000, () => handle.describe());
      const payload = raw.pendingActivities?.find((a) => a.heartbeatDetails)?.heartbeatDetails?.payloads?.[0];
      return payload ? RunProgress.parse(defaultPayloadConverter.fromPayload(payload)) : null;
    } catch {
      return null;
    }
  }

  async isReachable(): Promise<boolean> {
    try {
      await this.connection.withDeadline(Date.now() + 2_000, () =>
        this.connection.workflowService.getSystemInfo({}),
      );
      return true;
    } catch {
      return false;
    }
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}
