// Everything P2 and P3 need running: Parley's processes over Temporal, a mail sink, and the bare Temporal peer.
import { Client, Connection } from '@temporalio/client';
import { Client as Postgres } from 'pg';
import { aDatabase, Setting } from '#libs/testing';
import type { TestDatabase } from '#libs/testing';
import type { Counted } from './peer/steps';
import { Sink } from './sink';
import { Stack } from './stack';

export interface Driven {
  setting: Setting;
  portal: string;
  sink: Sink;
  temporal: Client;
  peer: Peer;
  /** The two processes that P2 and P3 have no use for. */
  withApi: () => Promise<void>;
  stop: () => Promise<void>;
}

/** The bare workflow of peer/workflows.ts, and a way to hear its inserts commit. */
export class Peer {
  private readonly heard: ((run: string) => void)[] = [];

  constructor(
    readonly temporal: Client,
    listener: Postgres,
  ) {
    listener.on('notification', ({ payload }) => {
      for (const hear of this.heard) hear(payload ?? '');
    });
  }

  begin(run: string, counted: Counted) {
    return this.temporal.workflow.start('bare', {
      taskQueue: 'bench-peer',
      workflowId: `bench/${run}`,
      args: [{ run, ...counted }],
    });
  }

  /** The instant the next insert of this run, or the last of the next few, is heard to have committed. */
  committed(run: string, inserts = 1): Promise<number> {
    return new Promise((resolve) => {
      let left = inserts;
      const hear = (which: string): void => {
        if (which !== run) return;
        left -= 1;
        if (left > 0) return;
        this.heard.splice(this.heard.indexOf(hear), 1);
        resolve(performance.now());
      };
      this.heard.push(hear);
    });
  }
}

export async function drive(): Promise<Driven> {
  const stack = await new Stack().withPostgres();
  const sink = new Sink();
  const [smtp, address] = await Promise.all([sink.start(), stack.withTemporal()]);
  const db = await aDatabase();
  const setting = await (await Setting.open(db)).withAgreement();
  const temporal = { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: 'default' };
  const portal = await startParley(stack, db, { ...temporal, SMTP_URL: smtp });
  await db.query('create schema bench');
  await db.query('create table bench.steps (run text, step integer)');
  await stack.start('peer', 'infra/bench/peer/worker.js', { ...temporal, DATABASE_URL: db.urls.OWNER });
  const listener = new Postgres({ connectionString: db.urls.OWNER });
  await listener.connect();
  await listener.query('listen bench');
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace: 'default' });
  const stop = async (): Promise<void> => {
    await listener.end();
    await connection.close();
    // The processes first: a database that goes away under them only fills their logs.
    await stack.stopProcesses();
    await setting.close();
    await stack.stop();
    await sink.stop();
  };
  const withApi = async (): Promise<void> => {
    const shared = { ...temporal, PORTAL_URL: portal, API_URL: 'http://127.0.0.1' };
    await stack.start('api', 'apps/api/main.js', { ...shared, DATABASE_URL: db.urls.API });
    const analysis = { ...shared, DATABASE_URL: db.urls.WORKER, WORKER_QUEUES: 'analysis' };
    await stack.start('analysis', 'apps/worker/main.js', analysis);
  };
  return { withApi, setting, portal, sink, temporal: client, peer: new Peer(client, listener), stop };
}

async function startParley(stack: Stack, db: TestDatabase, shared: Record<string, string>): Promise<string> {
  const portal = await stack.start('portal', 'apps/portal/main.js', {
    DATABASE_URL: db.urls.PORTAL,
    PORTAL_URL: 'http://127.0.0.1',
    API_URL: 'http://127.0.0.1:1',
  });
  const common = {
    ...shared,
    PORTAL_URL: portal,
    API_URL: 'http://127.0.0.1:1',
    MAIL_FROM: 'Parley <parley@parley.example>',
    // The sink takes what comes; what is measured is not its limit.
    MAILS_PER_SECOND: '1000',
  };
  await stack.start('worker', 'apps/worker/main.js', {
    ...common,
    DATABASE_URL: db.urls.WORKER,
    WORKER_QUEUES: 'default',
  });
  await stack.start('courier', 'apps/courier/main.js', {
    ...common,
    ...{ DATABASE_URL: db.urls.COURIER, LOG_DIR: await stack.logKeys() },
  });
  return portal;
}
