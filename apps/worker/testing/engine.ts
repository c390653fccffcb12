// An engine for tests: a fresh database and vault, real workers on a real Temporal, and the relay's one job.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger } from '@temporalio/worker';
import { pino } from 'pino';
import type { ActivityDeps } from '#activities';
import { TASK_QUEUES, WAKE_SIGNAL, workflowId } from '#libs/contracts';
import { aDatabase, aSetting } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { keepResultPart } from '#libs/ledger';
import type { MethodResult } from '#libs/statistics';
import { openVault, ResultManifest } from '#libs/vault';
import type { Vault } from '#libs/vault';
import { workflowBundle } from '../bundle';
import { startWorkers } from '../worker';
import type { RunningWorkers } from '../worker';
import { Journey } from './journey';

const LOG = pino({ level: process.env['LOG_LEVEL'] ?? 'fatal' });
let bundle: Promise<{ code: string }> | undefined;

export interface Stored {
  result: MethodResult;
  findings: { rule: string; verdict: string; id?: string }[];
}

export class Engine {
  readonly address = address();
  readonly queueNames: { default: string; analysis: string };
  readonly journey: Journey;
  private workers: RunningWorkers | null = null;
  private listeners: (() => void)[] = [];
  private stops: (() => Promise<unknown>)[] = [];
  private deafen: () => Promise<void> = () => Promise.resolve();
  private relaying = Promise.resolve();
  private isDeaf = false;

  private constructor(
    readonly setting: Setting,
    readonly vault: Vault,
    readonly client: Client,
    readonly directory: string,
    readonly namespace: string,
  ) {
    this.journey = new Journey(setting, `${directory}/vault`, () => this.change());
    const tag = randomBytes(5).toString('hex');
    // A namespace of its own has the queues of production; the shared one needs others for each test.
    this.queueNames =
      namespace === 'default'
        ? { default: `default-${tag}`, analysis: `analysis-${tag}` }
        : { ...TASK_QUEUES };
  }

  /** `namespace`: one of its own is made for tests that run the worker as a process. */
  static async open(namespace = 'default'): Promise<Engine> {
    const directory = mkdtempSync(path.join(tmpdir(), 'parley-engine-'));
    const places = {
      vaultDir: `${directory}/vault`,
      keyStoreDir: `${directory}/keys`,
      scratchDir: `${directory}/scratch`,
    };
    const [setting, vault, connection] = await Promise.all([
      aDatabase().then(aSetting),
      openVault(places),
      Connection.connect({ address: address() }),
    ]);
    const engine: Engine = new Engine(
      setting,
      vault,
      new Client({ connection, namespace }),
      directory,
      namespace,
    );
    if (namespace !== 'default') await makeNamespace(connection, namespace);
    engine.deafen = await setting.processes.courier.outbox.listen(() => engine.hear());
    engine.stops = [() => connection.close(), () => setting.close()];
    return engine;
  }

  /** Resolves at the ledger's next commit, or when it is time to look anyway, as a relay does that may miss a hint. */
  change(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.hear(), 500);
      this.listeners.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private hear(): void {
    for (const listener of this.listeners.splice(0)) listener();
    if (this.isDeaf) return;
    this.relaying = this.relaying.then(() => this.relay()).catch(() => undefined);
  }

  /** What the courier's relay does with a wake. */
  async relay(): Promise<void> {
    const { outbox } = this.setting.processes.courier;
    for (const { id, stream, version } of await outbox.pending('wake', 100)) {
      await this.wake(stream, version).then(
        () => outbox.done([id]),
        () => outbox.failed(id, 'Temporal did not answer'),
      );
    }
  }

  async wake(stream: string, version: number): Promise<void> {
    const kind = stream.startsWith('pgm_') ? 'programme' : 'project';
    await this.client.workflow.signalWithStart(kind, {
      workflowId: workflowId[kind](stream),
      taskQueue: this.queueNames.default,
      args: [{ [kind]: stream }],
      signal: WAKE_SIGNAL,
      signalArgs: [version],
    });
  }

  /** `limits`: of what runs may take, where a test is about overrunning them. */
  async work(limits: NonNullable<ActivityDeps['limits']> = {}): Promise<void> {
    const made = (bundle ??= workflowBundle(new DefaultLogger('WARN')));
    const { ledger, outbox, dataSource } = this.setting.processes.worker;
    this.workers = await startWorkers(
      {
        address: address(),
        namespace: this.namespace,
        queues: ['default', 'analysis'],
        bundle: () => made,
        log: LOG,
        queueNames: this.queueNames,
      },
      { ledger, outbox, dataSource, vault: this.vault, limits },
    );
  }

  /** Whether the workers that were started are still at it. */
  async isServed(): Promise<boolean> {
    return (await this.workers?.canReachServer()) ?? false;
  }

  async rest(): Promise<void> {
    await this.workers?.stop();
    this.workers = null;
  }

  /** What a run found, opened as its checkers see it, once it has ended. */
  async stored(analysis: string): Promise<Stored> {
    const { journey, setting } = this;
    const ended = await journey.until('the run to end', ({ project }) => project.analyses[analysis]?.ended);
    const core = JSON.parse(String(await setting.ledger.content(ended.result?.core ?? ''))) as {
      files: ResultManifest['files'];
    };
    const partA = await keepResultPart(setting.processes.worker.dataSource, journey.project, analysis);
    const files = await this.vault.loadResult({
      ...{ result: `${journey.project}/${analysis}`, objectId: ended.object ?? '', partA },
      manifest: ResultManifest.parse({ format: 1, files: core.files }),
    });
    const json = (name: string) => JSON.parse(String(files.get(name))) as unknown;
    return { result: json('result.json'), findings: json('findings.json') } as Stored;
  }

  /** The types of the project's entries in order, out of those named. */
  async eventTypes(...types: string[]): Promise<string[]> {
    const rows = await this.setting.db.query<{ type: string }>(
      'select type from parley.events where stream = $1 and type = any ($2) order by version',
      [this.setting.project, types],
    );
    return rows.map(({ type }) => type);
  }

  /** How often the ledger records that somebody was asked, and how many mails it ordered. */
  async asked(types: string[]): Promise<{ entries: number; mails: number }> {
    const [entries, mails] = await Promise.all([
      this.eventTypes(...types),
      this.setting.db.query(`select 1 from parley.outbox where kind = 'mail'`),
    ]);
    return { entries: entries.length, mails: mails.length };
  }

  /** Waits until every workflow has looked at the ledger as it is, and sleeps. */
  async quiet(): Promise<void> {
    for (let calm = 0; calm < 3;) {
      const [behind, busy] = await Promise.all([
        this.setting.processes.courier.outbox.behind(10),
        this.isBusy(),
      ]);
      calm = behind.length === 0 && !busy ? calm + 1 : 0;
      await this.change();
    }
  }

  private async isBusy(): Promise<boolean> {
    for await (const { workflowId: id, runId } of this.client.workflow.list({ query: this.running() })) {
      const { raw } = await this.client.workflow.getHandle(id, runId).describe();
      if (raw.pendingWorkflowTask || raw.pendingActivities?.length) return true;
    }
    return false;
  }

  private running = () => `TaskQueue='${this.queueNames.default}' and ExecutionStatus='Running'`;

  /** What is left of Temporal after its database was lost: nothing. */
  async wipe(): Promise<void> {
    for (const { id, runId } of await this.histories()) {
      await this.client.workflow
        .getHandle(id)
        .terminate('wiped')
        .catch(() => undefined);
      const execution = { namespace: this.namespace, workflowExecution: { workflowId: id, runId } };
      await this.client.workflowService.deleteWorkflowExecution(execution);
    }
  }

  /** Every workflow this engine ever started, by id, with its history. */
  async histories() {
    const found = [];
    for await (const { workflowId: id, runId, status } of this.client.workflow.list({
      query: `TaskQueue='${this.queueNames.default}'`,
    })) {
      const history = await this.client.workflow.getHandle(id, runId).fetchHistory();
      found.push({ id, runId, status: status.name, history });
    }
    return found;
  }

  /** From now on no wake is passed on. */
  async deaf(): Promise<void> {
    await this.deafen();
    this.deafen = () => Promise.resolve();
    await this.relaying;
    this.isDeaf = true;
  }

  async close(): Promise<void> {
    await this.deaf();
    await this.rest();
    for (const { id } of await this.histories())
      await this.client.workflow
        .getHandle(id)
        .terminate('the test is over')
        .catch(() => undefined);
    for (const stop of this.stops) await stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** A new namespace is known to the server's frontend at once, and usable a few seconds later. */
async function makeNamespace(connection: Connection, namespace: string): Promise<void> {
  const seconds = 24 * 60 * 60;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: seconds as never },
  });
}

function address(): string {
  const given = process.env['TEMPORAL_ADDRESS'];
  if (!given)
    throw new Error(
      'TEMPORAL_ADDRESS is not set: run integration tests through jest, which starts the servers.',
    );
  return given;
}
