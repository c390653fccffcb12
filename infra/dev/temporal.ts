// Runs Temporal's development server with its web page, on a file in the state directory or in memory only.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { logSize, logTail, withLogFile } from './log-files';
import { endProcess } from './processes';
import { endOf, noteEnd } from './running';
import type { Running } from './running';
import { until } from './waiting';

export interface TemporalOptions {
  /** The `temporal` program, see infra/temporal/binary. */
  readonly binary: string;
  /** The SQLite file that keeps the workflows; left out, they live in memory. */
  readonly dbFile?: string;
  readonly port: number;
  /** The port of the web page; left out, there is none. */
  readonly uiPort?: number;
  readonly logFile: string;
  /** Told at once, long before the server answers, so that even a killed launcher leaves a trace of it. */
  readonly onSpawn?: (pid: number) => void;
}

export interface RunningTemporal extends Running {
  readonly address: string;
  readonly uiUrl: string | undefined;
}

export const NAMESPACE = 'default';
const START_DEADLINE_MS = 60_000;
const STOP_GRACE_MS = 10_000;

/** Starts the server and resolves when it serves the namespace. */
export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  const { port, uiPort, logFile } = options;
  const before = logSize(logFile);
  const child = launch(options);
  const ended = endOf(child);
  if (child.pid) options.onSpawn?.(child.pid);
  const address = `127.0.0.1:${port}`;
  try {
    await until(() => checkTemporal(address, NAMESPACE), {
      what: 'Temporal to answer',
      deadlineMs: START_DEADLINE_MS,
      giveUpIf: noteEnd(ended),
    });
  } catch (cause) {
    if (child.pid) await endProcess(child.pid, 'SIGTERM', STOP_GRACE_MS);
    throw new Error(`Temporal did not start on ${address}. It said:\n${logTail(logFile, before)}`, { cause });
  }
  child.unref();
  const pid = child.pid ?? 0;
  const uiUrl = uiPort === undefined ? undefined : `http://127.0.0.1:${uiPort}`;
  return {
    address,
    uiUrl,
    pid,
    ended,
    stop: async () => void (await endProcess(pid, 'SIGTERM', STOP_GRACE_MS)),
  };
}

/** Rejects unless a Temporal frontend at `address` serves `namespace`. */
export async function checkTemporal(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: 2_000 });
  try {
    await connection.withDeadline(Date.now() + 5_000, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
  } finally {
    await connection.close();
  }
}

function launch({ binary, dbFile, port, uiPort, logFile }: TemporalOptions) {
  if (dbFile !== undefined) mkdirSync(path.dirname(dbFile), { recursive: true });
  const args = [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--namespace', NAMESPACE],
    ...['--log-level', 'warn', '--log-format', 'json'],
    ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort), '--ui-ip', '127.0.0.1']),
    ...(dbFile === undefined ? [] : ['--db-filename', dbFile]),
  ];
  // A group of its own: Ctrl-C in the terminal reaches the launcher only, which stops things in order.
  return withLogFile(logFile, (log) => spawn(binary, args, { stdio: ['ignore', log, log], detached: true }));
}
