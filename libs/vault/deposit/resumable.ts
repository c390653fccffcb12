// A deposit that may break off and go on: the sealing waits in memory with its key, so that nothing plain and no key is ever put aside.
import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';
import { VaultRefusal } from '../objects/failures';
import { receiveDeposit } from './intake';
import type { DepositIntake, DepositReceipt } from './intake';

export interface ResumableIntake extends Omit<DepositIntake, 'stream' | 'signal'> {
  /** The file's whole length in bytes. */
  readonly length: number;
}

export interface Uploaded {
  readonly offset: number;
  readonly length: number;
}

interface Session {
  readonly sink: PassThrough;
  readonly receiving: Promise<DepositReceipt>;
  readonly length: number;
  offset: number;
  isBusy: boolean;
  idle: NodeJS.Timeout;
}

export interface ResumableLimits {
  /** An upload nobody goes on with for so long is given up, and nothing of it stays. */
  readonly idleMs: number;
  /** Uploads under way at once. */
  readonly most: number;
}

const LIMITS: ResumableLimits = { idleMs: 60 * 60 * 1000, most: 100 };

/**
 * Uploads of one process, one a deposit. They outlive a connection and not the process: the file's key exists in its memory alone until
 * it is wrapped with the whole file, so after a restart the sender begins anew.
 */
export class ResumableUploads {
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly limits: ResumableLimits = LIMITS) {}

  /** Begins, or begins anew: what came before under this deposit is dropped. */
  begin({ length, ...intake }: ResumableIntake): Uploaded {
    void this.abandon(intake.deposit);
    if (this.sessions.size >= this.limits.most)
      throw new VaultRefusal('UPLOAD_BROKEN', 'Too many uploads are under way. Try again later.');
    if (length > intake.maxBytes)
      throw new VaultRefusal(
        'TOO_LARGE',
        `The file is larger than ${intake.maxBytes.toLocaleString('en-GB')} bytes, the most a deposit may have. Deposit fewer fields or a shorter period.`,
      );
    const sink = new PassThrough();
    const receiving = receiveDeposit({ ...intake, stream: sink });
    // Whoever appends hears of it; between two appends nobody listens.
    receiving.catch(() => this.forget(intake.deposit, sink));
    sink.on('error', () => undefined);
    const idle = this.idleTimer(intake.deposit);
    this.sessions.set(intake.deposit, { sink, receiving, length, offset: 0, isBusy: false, idle });
    return { offset: 0, length };
  }

  /** How far an upload is; null where there is none. */
  at(deposit: string): Uploaded | null {
    const session = this.sessions.get(deposit);
    return session ? { offset: session.offset, length: session.length } : null;
  }

  /**
   * Goes on at `offset`, which must be how far the upload is. What arrived before a connection broke counts; the receipt
   * comes with the last byte.
   */
  async append(
    deposit: string,
    offset: number,
    stream: Readable,
  ): Promise<Uploaded & { receipt: DepositReceipt | null }> {
    const session = this.sessions.get(deposit) ?? unknown();
    if (session.isBusy) throw refused('Another connection is sending this file.');
    if (offset !== session.offset)
      throw refused(
        `The upload is at byte ${session.offset}, not ${offset}. Ask where it is, and go on there.`,
      );
    session.isBusy = true;
    clearTimeout(session.idle);
    try {
      await this.take(session, stream);
    } finally {
      session.isBusy = false;
      if (this.sessions.get(deposit) === session) session.idle = this.idleTimer(deposit);
    }
    const { length } = session;
    if (session.offset < length) return { offset: session.offset, length, receipt: null };
    session.sink.end();
    try {
      return { offset: length, length, receipt: await session.receiving };
    } finally {
      this.drop(deposit);
    }
  }

  /** Gives an upload up; nothing of it stays once it has resolved. */
  async abandon(deposit: string): Promise<void> {
    const session = this.sessions.get(deposit);
    session?.sink.destroy(Object.assign(new Error('abandoned'), { code: 'ERR_STREAM_PREMATURE_CLOSE' }));
    this.drop(deposit);
    await session?.receiving.catch(() => undefined);
  }

  private async take(session: Session, stream: Readable): Promise<void> {
    try {
      for await (const piece of stream.iterator({ destroyOnReturn: false })) {
        const bytes = piece as Buffer;
        if (session.offset + bytes.length > session.length)
          throw refused(`More arrives than the ${session.length} bytes that were announced.`);
        const isReady = session.sink.write(bytes);
        session.offset += bytes.length;
        if (!isReady) await Promise.race([drained(session.sink), session.receiving]);
      }
    } catch (error) {
      // A connection that broke leaves the upload where it is; a refusal ends it.
      if (error instanceof VaultRefusal) throw error;
    }
  }

  /** Only this upload: another one may have been begun under the same deposit. */
  private forget(deposit: string, sink: PassThrough): void {
    if (this.sessions.get(deposit)?.sink === sink) this.drop(deposit);
  }

  private drop(deposit: string): void {
    const session = this.sessions.get(deposit);
    if (session) clearTimeout(session.idle);
    this.sessions.delete(deposit);
  }

  private idleTimer(deposit: string): NodeJS.Timeout {
    return setTimeout(() => void this.abandon(deposit), this.limits.idleMs).unref();
  }
}

const drained = (sink: PassThrough): Promise<void> =>
  new Promise((resolve) => {
    sink.once('drain', resolve);
    sink.once('close', resolve);
  });

function unknown(): never {
  throw new VaultRefusal(
    'NOT_FOUND',
    'No upload is under way here: it was finished, given up or never begun. Begin anew.',
  );
}

const refused = (why: string) => new VaultRefusal('UPLOAD_BROKEN', why);
