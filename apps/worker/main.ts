// The worker process: drives the workflows (queue `default`) or runs analyses (queue `analysis`), by WORKER_QUEUES.
import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { ConfigurationError, readEnvironment } from '#libs/config';
import type { Environment } from '#libs/config';
import { openLedger } from '#libs/ledger';
import { keepReady, openVault } from '#libs/vault';
import { workflowBundle } from './bundle';
import { serveHealth } from './health';
import { keepSwept } from './sweeping';
import { startWorkers } from './worker';
import type { Resources, RunningWorkers } from './worker';

const TRY_AGAIN_MS = 1_000;

async function main(): Promise<void> {
  const config = readEnvironment(process.env, 'worker');
  const log = pino({
    level: config.LOG_LEVEL,
    base: { process: `worker ${config.WORKER_QUEUES.join(',')}` },
  });
  if (config.WORKER_QUEUES.includes('default')) keepHeapsSmall();
  installRuntime(log);
  let isStopping = false;
  let running: RunningWorkers | null = null;
  const opened: { resources?: Resources } = {};
  const health = await serveHealth(config.PORT, {
    database: async () => {
      if (!opened.resources) throw new Error('not connected');
      await opened.resources.dataSource.query('select 1');
    },
    temporal: async () => {
      if (!(await running?.canReachServer())) throw new Error('not polling');
    },
  });
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    log.info('stopping');
    health.close();
    health.closeAllConnections();
    void running?.stop();
    if (!running) process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  const everything = await untilItWorks('Postgres and the vault', log, () => open(config, log));
  opened.resources = everything.resources;
  running = await untilItWorks('Temporal', log, () =>
    startWorkers(
      {
        address: config.TEMPORAL_ADDRESS,
        namespace: config.TEMPORAL_NAMESPACE,
        queues: config.WORKER_QUEUES,
        bundle: () => workflowBundle(sdkLogger(log)),
        log,
      },
      everything.resources,
    ),
  );
  log.info({ queues: config.WORKER_QUEUES }, 'polling');
  await running.ended;
  await everything.close();
  log.info('the worker stopped');
}

interface Opened {
  resources: Resources;
  close(): Promise<void>;
}

async function open(config: Environment<'worker'>, log: Logger): Promise<Opened> {
  const vault = await openVault({
    vaultDir: config.VAULT_DIR,
    keyStoreDir: config.KEY_STORE_DIR,
    scratchDir: config.SCRATCH_DIR,
  });
  keepReady();
  const opened = await openLedger({ url: config.DATABASE_URL });
  const { ledger, outbox, dataSource } = opened;
  const backupDays = config.BACKUP_DAYS ?? null;
  const stopSweeping = await keepSwept({ vault, ledger, log });
  const close = async () => {
    stopSweeping();
    await opened.close();
  };
  return { resources: { ledger, outbox, dataSource, vault, backupDays }, close };
}

/** Servers may come up after this process; readiness says meanwhile what is missing. */
async function untilItWorks<T>(what: string, log: Logger, attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, `waiting for ${what}`);
      await pause(TRY_AGAIN_MS);
    }
  }
}

const sdkLogger = (log: Logger) =>
  new DefaultLogger('WARN', ({ level, message, meta }) => {
    if (level === 'ERROR') log.error(meta ?? {}, message);
    else log.warn(meta ?? {}, message);
  });

/**
 * V8 lets a heap of this size grow to a multiple before it collects. Workflows come and go by the thousand, so here it may
 * grow by a quarter: the heap of this thread, and that of the workflows', which also gets a small nursery.
 */
function keepHeapsSmall(): void {
  setFlagsFromString('--heap-growing-percent=25');
  setFlagsFromString('--max-semi-space-size=4');
}

/** The process itself decides when to stop, so that Ctrl-C in a terminal ends it once and in order. */
function installRuntime(log: Logger): void {
  Runtime.install({ logger: sdkLogger(log), shutdownSignals: [] });
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exit(1);
});
