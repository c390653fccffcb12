// The queue of mails: BullMQ on its Postgres backend, one job per mail, tried again for days. A job carries an outbox id only (T12).
import { createPostgresBackend, UnrecoverableError, withBackend } from 'bullmq';
import type { Job, JobsOptions } from 'bullmq';
import type { Logger } from 'pino';
import type { OutboxRow } from '#libs/ledger';

/** Everything a job says: which row of the outbox to carry out. */
export interface MailJob {
  outbox: string;
}

export interface QueueOptions {
  databaseUrl: string;
  log: Logger;
  send: (job: MailJob) => Promise<void>;
  /** A mail that nobody can make arrive, by its outbox id, with the reason. */
  givenUp: (outbox: string, reason: string) => Promise<void>;
  /** How long a dead courier's job is held, in milliseconds. */
  lockDuration?: number;
  concurrency?: number;
  /** At most so many mails a second. */
  perSecond?: number;
}

export interface MailQueue {
  add(rows: OutboxRow[]): Promise<void>;
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
  const { lockDuration = 10_000, concurrency = 4, perSecond = 100, log } = options;
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
    limiter: { max: perSecond, duration: 1000 },
    settings: { backoffStrategy: backoff },
  });
  const trouble = (error: Error) => log.warn({ reason: error.message }, 'the mail queue has trouble');
  queue.on('error', trouble);
  worker.on('error', trouble);
  worker.on('failed', (job, error) => {
    if (job === undefined) return;
    const isOver = error instanceof UnrecoverableError || job.attemptsMade >= ATTEMPTS;
    log.warn(
      { outbox: job.data.outbox, attempt: job.attemptsMade, isOver, reason: error.message },
      'a mail was not sent',
    );
    if (isOver) options.givenUp(job.data.outbox, error.message).catch(trouble);
  });
  await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
  return {
    // One by one: BullMQ's bulk call makes and drops two tables each time, which costs more than these few statements.
    async add(rows) {
      await Promise.all(rows.map((row) => queue.add('send', { outbox: row.id }, optionsOf(row))));
    },
    async close() {
      await worker.close();
      await queue.close();
    },
  };
}

/** BullMQ's priorities: the lower the sooner. A shock's mails overtake others that wait, and none is left out (T13). */
const PRIORITY = { urgent: 1, ordinary: 2 } as const;

export function optionsOf(row: OutboxRow) {
  return {
    // The same row added again is the same job, for as long as the job is there.
    jobId: jobId(row.key),
    attempts: ATTEMPTS,
    priority: row.urgent ? PRIORITY.urgent : PRIORITY.ordinary,
    backoff: { type: 'custom' },
    // Its row says it was sent. A number to keep would make BullMQ look through all that were kept at each mail.
    removeOnComplete: true,
    removeOnFail: { age: 90 * 86_400 },
  } satisfies JobsOptions;
}

/** BullMQ's ids hold no colon. */
export function jobId(key: string): string {
  return `mail-${key.replaceAll(':', '-')}`;
}
