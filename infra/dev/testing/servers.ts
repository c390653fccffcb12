// The real servers that integration and end-to-end tests run against: one Postgres, one Temporal, one inbox, all disposable.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { temporalBinary } from '../../temporal/binary';
import type { Say } from '../../temporal/binary';
import { startInbox } from '../inbox/server';
import { anyFreePort } from '../ports';
import { startPostgres } from '../postgres';
import { removePostgresHome } from '../postgres-home';
import { createRoles } from '../roles';
import { startTemporal } from '../temporal';

/** What tests find in their environment. */
export interface TestEnvironment {
  /** The superuser's URL; tests make a fresh database each. The roles exist already. */
  readonly PARLEY_TEST_PG: string;
  /** JSON: the URL of each role in the database `parley`, by the names of ROLES in ../roles. */
  readonly PARLEY_TEST_ROLES: string;
  readonly TEMPORAL_ADDRESS: string;
  readonly SMTP_URL: string;
  readonly INBOX_URL: string;
}

export interface TestServers {
  readonly environment: TestEnvironment;
  /** Server processes of the operating system, for whoever has no time for an orderly stop. */
  readonly pids: readonly number[];
  stop(): Promise<void>;
}

type Stop = () => Promise<void>;

/** Starts all at once; if one fails, the others are stopped before the error is thrown. */
export async function startTestServers(say: Say): Promise<TestServers> {
  const dir = mkdtempSync(path.join(tmpdir(), 'parley-test-'));
  // Passable, so that Postgres keeps its data in here even as another user, and nothing lies about after a kill -9.
  chmodSync(dir, 0o711);
  const stops: Stop[] = [];
  const stop = async () => {
    await Promise.all(stops.splice(0).map((each) => each()));
    removePostgresHome(path.join(dir, 'postgres'));
    rmSync(dir, { recursive: true, force: true });
  };
  const started = await Promise.allSettled([
    postgres(dir, stops),
    temporal(dir, stops, say),
    inbox(dir, stops),
  ]);
  const failed = started.find((result) => result.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  const [database, workflows, mail] = started.map(
    (result) => (result as PromiseFulfilledResult<Started>).value,
  );
  const environment = { ...database?.environment, ...workflows?.environment, ...mail?.environment };
  const pids = [database, workflows].flatMap((each) => each?.pid ?? []);
  return { environment: environment as TestEnvironment, pids, stop };
}

interface Started {
  readonly environment: Partial<TestEnvironment>;
  readonly pid?: number;
}

async function postgres(dir: string, stops: Stop[]): Promise<Started> {
  const server = await startPostgres({
    dir: path.join(dir, 'postgres'),
    port: await anyFreePort(),
    logFile: path.join(dir, 'postgres.log'),
    isDisposable: true,
  });
  stops.push(() => server.stop());
  const secretsFile = path.join(dir, 'secrets.json');
  const roles = await createRoles(server.superuserUrl, { database: 'parley', secretsFile });
  const environment = { PARLEY_TEST_PG: server.superuserUrl, PARLEY_TEST_ROLES: JSON.stringify(roles) };
  return { environment, pid: server.pid };
}

async function temporal(dir: string, stops: Stop[], say: Say): Promise<Started> {
  const binary = await temporalBinary(say);
  const logFile = path.join(dir, 'temporal.log');
  const server = await startTemporal({ binary, port: await anyFreePort(), logFile });
  stops.push(() => server.stop());
  return { environment: { TEMPORAL_ADDRESS: server.address }, pid: server.pid };
}

async function inbox(dir: string, stops: Stop[]): Promise<Started> {
  const [port, smtpPort] = [await anyFreePort(), await anyFreePort()];
  const server = await startInbox({ dir: path.join(dir, 'inbox'), port, smtpPort });
  stops.push(() => server.stop());
  return { environment: { SMTP_URL: server.smtpUrl, INBOX_URL: server.inboxUrl } };
}
