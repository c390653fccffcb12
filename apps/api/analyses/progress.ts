// How far a run is: what its activity last told Temporal. A courtesy; the ledger alone says that a run has ended.
import { Injectable } from '@nestjs/common';
import { Client, Connection, defaultPayloadConverter } from '@temporalio/client';
import { workflowId } from '#libs/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const RunProgress = z.object({
  done: z.number(),
  step: z.string(),
  startedAt: z.iso.datetime(),
  at: z.iso.datetime(),
});
export type RunProgress = z.infer<typeof RunProgress>;

/** Before this much of it, what is left is not told: the beginning says little of the rest. */
const TELLING = { done: 0.05, ms: 1_000 };

/** Stage, fraction, and the seconds left if the rest goes as fast as what is done; null while that cannot be told. */
export function progressView({ done, step, startedAt, at }: RunProgress, now = Date.now()) {
  const took = Date.parse(at) - Date.parse(startedAt);
  const isTold = done >= TELLING.done && took >= TELLING.ms;
  // The worker's clock and this one may differ a little: never more than what was left then, never less than nothing.
  const left = (took * (1 - done)) / done;
  const since = Math.max(0, now - Date.parse(at));
  return { done, step, startedAt, secondsLeft: isTold ? Math.round(Math.max(0, left - since) / 1000) : null };
}

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
