// Ten thousand projects that wait for their signers, brought there by the product's own processes: what P4 and P9 stand on.
import { Client, Connection } from '@temporalio/client';
import { newId } from '#libs/ledger';
import { aDatabase, Setting } from '#libs/testing';
import type { TestDatabase } from '#libs/testing';
import { Sink } from './sink';
import { proposeQuestion, startProject } from './signers';
import { Stack } from './stack';

/** `BENCH_PROJECTS` makes a smaller crowd, to try a change on; figures are told of the whole. */
export const PROJECTS = Number(process.env.BENCH_PROJECTS ?? 10_000);
const AT_ONCE = 12;
const LOOK_EVERY_MS = 2_000;
const LONGEST_WAIT_MS = 30 * 60_000;

type Say = (line: string) => void;

export class Crowd {
  private constructor(
    readonly stack: Stack,
    readonly setting: Setting,
    readonly temporal: Client,
    readonly api: string,
    readonly projects: readonly string[],
    private readonly startCourier: () => Promise<void>,
    private readonly stops: readonly (() => Promise<unknown>)[],
  ) {}

  /** Ten thousand projects on servers of their own; what was started is stopped again where that fails. */
  static async gather(say: Say): Promise<Crowd> {
    const [stack, sink] = [new Stack(), new Sink()];
    const stops = [() => stack.stop(), () => sink.stop()];
    try {
      await stack.withPostgres();
      const [smtp, address] = await Promise.all([sink.start(), stack.withTemporal(true)]);
      const db = await aDatabase();
      const setting = await (await Setting.open(db)).withAgreement();
      stops.unshift(() => setting.close());
      const connection = await Connection.connect({ address });
      stops.unshift(() => connection.close());
      const temporal = new Client({ connection, namespace: 'default' });
      const parts = await startParley(stack, db, { smtp, address });
      const projects = Array.from({ length: PROJECTS }, () => newId('prj'));
      const crowd = new Crowd(stack, setting, temporal, parts.api, projects, parts.startCourier, stops);
      // The programme's own wakes and mails first, while it has no projects.
      await parts.startCourier();
      await crowd.quiet();
      await stack.stopOne('courier');
      await crowd.fill(say);
      return crowd;
    } catch (error) {
      for (const stop of stops) await stop();
      throw error;
    }
  }

  /** The courier wakes every project, and its workflows begin and come to rest. */
  async begin(say: Say): Promise<void> {
    await this.startCourier();
    await this.quiet((left) => say(`the workflows begin: ${left} projects to go`));
  }

  /** Each project by the commands a lead would give; the mails they order are marked as sent. */
  private async fill(say: Say): Promise<void> {
    const started = performance.now();
    const left = [...this.projects.entries()];
    const work = async (): Promise<void> => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const [n, project] = next;
        await startProject(this.setting, project, `Project number ${n + 1}`);
        await proposeQuestion(this.setting, project);
        if ((n + 1) % 2_000 === 0) say(`${n + 1} projects after ${seconds(started)} s`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    // What the courier writes once a mail is handed over. Links are minted in that moment, and nothing at rest reads them.
    await this.setting.db.query(
      `update parley.outbox set done_at = parley.wall_clock(), attempts = 1 where kind = 'mail' and done_at is null`,
    );
    await this.setting.db.query('vacuum analyze');
  }

  /** Until every workflow has read the ledger as it is, and nobody has asked the database anything for a while. */
  async quiet(say: (left: number) => void = () => undefined): Promise<void> {
    const deadline = Date.now() + LONGEST_WAIT_MS;
    let said = Date.now();
    while (!(await this.isQuiet())) {
      if (Date.now() > deadline) throw new Error(`the engine did not come to rest in ${LONGEST_WAIT_MS} ms`);
      if (Date.now() - said > 15_000) {
        said = Date.now();
        say((await this.setting.processes.courier.outbox.behind(PROJECTS + 1)).length);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  private async isQuiet(): Promise<boolean> {
    const [row] = await this.setting.db.query<{ quiet: boolean }>(
      `select not exists (select from parley.streams s left join parley.workflow_seen w on w.stream = s.id
                            where s.version > coalesce(w.version, 0))
          and not exists (select from parley.outbox where done_at is null)
          and not exists (select from pg_stat_activity where usename = 'parley_worker' and datname = current_database()
                            and query_start > clock_timestamp() - interval '10 seconds') as quiet`,
      [],
      'SUPERUSER',
    );
    return row?.quiet ?? false;
  }

  async disperse(): Promise<void> {
    // The processes first: a database that goes away under them only fills their logs.
    await this.stack.stopProcesses();
    for (const stop of this.stops) await stop();
  }
}

const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(0);

/** Every process of the embedded set-up; the courier when it is asked for. */
async function startParley(stack: Stack, db: TestDatabase, at: { smtp: string; address: string }) {
  const temporal = { TEMPORAL_ADDRESS: at.address, TEMPORAL_NAMESPACE: 'default' };
  const portal = await stack.start('portal', 'apps/portal/main.js', {
    DATABASE_URL: db.urls.PORTAL,
    PORTAL_URL: 'http://127.0.0.1',
    API_URL: 'http://127.0.0.1:1',
  });
  const urls = { PORTAL_URL: portal, API_URL: 'http://127.0.0.1' };
  const api = await stack.start('api', 'apps/api/main.js', {
    ...{ ...temporal, ...urls, DATABASE_URL: db.urls.API },
  });
  const worker = { ...temporal, ...urls, DATABASE_URL: db.urls.WORKER };
  await stack.start('worker', 'apps/worker/main.js', { ...worker, WORKER_QUEUES: 'default' });
  await stack.start('analysis', 'apps/worker/main.js', { ...worker, WORKER_QUEUES: 'analysis' });
  const logDirectory = await stack.logKeys();
  const startCourier = async (): Promise<void> => {
    await stack.start('courier', 'apps/courier/main.js', {
      ...{ ...temporal, ...urls, DATABASE_URL: db.urls.COURIER, SMTP_URL: at.smtp },
      ...{ MAIL_FROM: 'Parley <parley@parley.example>', LOG_DIR: logDirectory },
      MAILS_PER_SECOND: '1000',
    });
  };
  return { api, startCourier };
}
