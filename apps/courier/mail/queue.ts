// The queue of mails: BullMQ on its Postgres backend, one job for mails taken together, tried again for days. A job carries outbox ids only (T12).
import { createPostgresBackend, withBackend } from 'bullmq';
import type { Job, JobsOptions } from 'bullmq';
import type { Logger } from 'pino';

/** Everything a job says: which rows of the outbox to carry out. Those that are done when it is tried again are left alone. */
export interface MailJob {
  outbox: string[];
}

/** Rows that were first taken together. */
export interface MailBatch {
  id: string;
  outbox: string[];
  urgent: boolean;
}

export interface QueueOptions {
  databaseUrl: string;
  log: Logger;
  send: (job: MailJob) => Promise<void>;
  /** Mails that were tried for days, by their outbox ids, with the reason; some may have been handed over. */
  givenUp: (outbox: string[], reason: string) => Promise<void>;
  /** How long a dead courier's job is held, in milliseconds. */
  lockDuration?: number;
  concurrency?: number;
}

export interface MailQueue {
  add(batch: MailBatch): Promise<void>;
  close(): Promise<void>;
}

const NAME = 'mail';
const SCHEMA = 'parley_jobs';
/** 1 s, 2 s, 4 s … one hour; with 130 attempts about five days. */
const ATTEMPTS = 130;
const LONGEST_BACKOFF_MS = 3_600_000;

const backoff = (attempt: number) => Math.min(1000 * 2 ** (attempt - 1), LONGEST_BACKOFF_MS);

export async function openMailQueue(options: QueueOptions): Promise<MailQueue> {
  const { Queue, Worker } = withBackend(createPostgresBackend);
  const { lockDuration = 10_000, concurrency = 2, log } = options;
  // The outbox is what must not be lost: a job a crash of Postgres forgets is added again from its row, and one it
  // remembers too well finds its row done. So the queue's own commits need not wait for the disk.
  const connection = {
    connectionString: options.databaseUrl,
    schema: SCHEMA,
    max: 6,
    options: '-c synchronous_commit=off',
  };
  const queue = new Queue<MailJob>(NAME, { connection });
  const worker = new Worker<MailJob>(NAME, (job: Job<MailJob>) => options.send(job.data), {
    connection,
    concurrency,
    lockDuration,
    stalledInterval: Math.max(1000, lockDuration / 2),
    // A courier that is killed again and again must not cost anybody their mail.
    maxStalledCount: 1000,
    settings: { backoffStrategy: backoff },
  });
  const trouble = (error: Error) => log.warn({ reason: error.message }, 'the mail queue has trouble');
  queue.on('error', trouble);
  worker.on('error', trouble);
  worker.on('failed', (job, error) => {
    if (job === undefined) return;
    const isOver = job.attemptsMade >= ATTEMPTS;
    log.warn(
      { outbox: job.data.outbox, attempt: job.attemptsMade, isOver, reason: error.message },
      'a mail was not sent',
    );
    if (isOver) options.givenUp(job.data.outbox, error.message).catch(trouble);
  });
  await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
  return {
    async add({ outbox, ...batch }) {
      await queue.add('send', { outbox }, optionsOf(batch));
    },
    async close() {
      await worker.close();
      await queue.close();
    },
  };
}

/** BullMQ's priorities: the lower the sooner. A shock's mails overtake others that wait, and none is left out (T13). */
const PRIORITY = { urgent: 1, ordinary: 2 } as const;

export function optionsOf({ id, urgent }: Omit<MailBatch, 'outbox'>) {
  return {
    // Rows added again are the same job, for as long as the job is there.
    jobId: `mail-${id}`,
    attempts: ATTEMPTS,
    priority: urgent ? PRIORITY.urgent : PRIORITY.ordinary,
    backoff: { type: 'custom' },
    // The rows say what was sent and what was given up. A number to keep would make BullMQ look through all that were kept each time.
    removeOnComplete: true,
    removeOnFail: true,
  } satisfies JobsOptions;
}
