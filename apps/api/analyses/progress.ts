// How far a run is: what its activity last told Temporal. A courtesy; the ledger alone says that a run has ended.
import { Injectable } from '@nestjs/common';
import { Client, Connection, defaultPayloadConverter } from '@temporalio/client';
import { workflowId } from '#libs/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const RunProgress = z.object({ done: z.number(), step: z.string() });
export type RunProgress = z.infer<typeof RunProgress>;

const PATIENCE_MS = 1_500;

@Injectable()
export class Progress {
  private readonly client: Client;
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly connection: Connection;

  constructor(address: string, namespace: string) {
    this.connection = Connection.lazy({ address, connectTimeout: '2s' });
    this.client = new Client({ connection: this.connection, namespace });
  }

  /** The last progress a run told; null when none is known, or Temporal is away. */
  of(project: string, analysis: string): Promise<RunProgress | null> {
    return this.soon(null, async () => {
      const handle = this.client.workflow.getHandle(workflowId.analysis(project, analysis));
      const { raw } = await handle.describe();
      const told = raw.pendingActivities?.find((a) => a.heartbeatDetails)?.heartbeatDetails?.payloads?.[0];
      return told ? RunProgress.parse(defaultPayloadConverter.fromPayload(told)) : null;
    });
  }

  isReachable(): Promise<boolean> {
    return this.soon(false, async () => {
      await this.connection.workflowService.getSystemInfo({});
      return true;
    });
  }

  async close(): Promise<void> {
    // The client retries by timers, which would find the channel gone and end the process.
    await Promise.allSettled(this.underWay);
    await this.connection.close();
  }

  /** What is asked of a server that may be away: an error, or no answer soon, is the same as nothing. */
  private async soon<T>(nothing: T, ask: () => Promise<T>): Promise<T> {
    const asked = this.connection.withDeadline(Date.now() + PATIENCE_MS, ask).catch(() => nothing);
    this.underWay.add(asked);
    void asked.finally(() => this.underWay.delete(asked));
    return Promise.race([asked, pause(PATIENCE_MS, nothing, { ref: false })]);
  }
}
