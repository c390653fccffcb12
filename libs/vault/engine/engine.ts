// Starts DuckDB in a limited process and talks to it; a query that overruns its limits ends that process, not this one.
import type { ChildProcess } from 'node:child_process';
import { SCRATCH, VaultRefusal, cancellation, diskFull } from '../objects/failures';
import { limitMemory } from './memory';
import type { EngineColumn, EngineReply, EngineRequest, SqlValue } from './protocol';
import { NODE_HEAP_MB, takeProcess } from './ready';

export interface EngineLimits {
  /** What DuckDB may use; the limit on the whole process is set from it. */
  readonly memoryMb: number;
  readonly threads: number;
  /** The process is killed this long after it was started, whatever it does. */
  readonly wallClockMs: number;
  /** What a Parquet file may unpack to; a small file can hold terabytes. */
  readonly unpackedMb?: number;
}

export const DEFAULT_LIMITS: EngineLimits = { memoryMb: 1024, threads: 1, wallClockMs: 300_000 };

/** Memory is limited three times: DuckDB's own limit, V8's heap, and a watch on the resident size of the process. */
const BESIDES_MB = 256;

export interface EngineOptions {
  /** The only directory the process may touch; plain text lies there. */
  readonly directory: string;
  readonly limits: EngineLimits;
  readonly signal?: AbortSignal | undefined;
}

/** Runs `work` with a fresh engine, or one that was started ahead, and ends its process before it returns. */
export async function withEngine<T>(
  options: EngineOptions,
  work: (engine: Engine) => Promise<T>,
  engine: Engine = new Engine(options),
): Promise<T> {
  try {
    // It opens while the work begins with something else; the first question hears if it cannot.
    void engine.open().catch(() => undefined);
    return await work(engine);
  } finally {
    await engine.kill();
  }
}

interface Waiting {
  readonly resolve: (columns: readonly EngineColumn[]) => void;
  readonly reject: (error: Error) => void;
}

export class Engine {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, Waiting>();
  private readonly exited: Promise<void>;
  private readonly timer: NodeJS.Timeout;
  private readonly stopWatching: () => void;
  private opened: Promise<unknown> | null = null;
  private ended: VaultRefusal | null = null;
  private requests = 0;

  constructor(private readonly options: EngineOptions) {
    if (options.signal?.aborted) throw cancellation(options.signal);
    this.child = takeProcess();
    this.exited = new Promise((resolve) => this.child.once('close', () => resolve()));
    this.child.once('error', () => this.end(failed('could not be started')));
    this.child.once('exit', () => this.end(failed('ended unexpectedly')));
    this.child.on('message', (reply: EngineReply) => this.receive(reply));
    this.timer = setTimeout(() => this.overrun(), options.limits.wallClockMs);
    const limitMb = options.limits.memoryMb + NODE_HEAP_MB + BESIDES_MB;
    this.stopWatching = limitMemory(this.child, limitMb, () =>
      this.end(failed(`took more than its ${limitMb} MB and was ended`)),
    );
    options.signal?.addEventListener('abort', this.onAbort, { once: true });
  }

  /** The process number, for whoever watches it. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Locks the process down; whatever is asked waits for that. */
  async open(): Promise<void> {
    const { directory, limits } = this.options;
    const settings = { directory, memoryMb: limits.memoryMb, threads: limits.threads };
    this.opened ??= this.ask((id) => ({ id, operation: 'open', settings }));
    await this.opened;
  }

  async run(sql: string, values: readonly SqlValue[] = []): Promise<void> {
    await this.open();
    await this.ask((id) => ({ id, operation: 'run', sql, values }));
  }

  async columns(sql: string, values: readonly SqlValue[] = []): Promise<readonly EngineColumn[]> {
    await this.open();
    return this.ask((id) => ({ id, operation: 'columns', sql, values }));
  }

  /** The numbers of a query with one row, by column name. */
  async figures(sql: string): Promise<Record<string, number>> {
    const columns = await this.columns(sql);
    return Object.fromEntries(
      columns.map((column) => [column.name, column.kind === 'number' ? (column.values[0] ?? NaN) : NaN]),
    );
  }

  /** Which DuckDB this is: another version may write other bytes. */
  async version(): Promise<string> {
    const [column] = await this.columns('select version() as version');
    return column?.kind === 'text' ? (column.dictionary[0] ?? '') : '';
  }

  /** Ends the process for a reason of whoever watches what it does. */
  stop(how: string): void {
    this.end(failed(how));
  }

  /** Ends the process and waits until it is gone: afterwards it reads nothing any more. */
  async kill(): Promise<void> {
    this.end(new VaultRefusal('CANCELLED', 'The operation was ended.'));
    await this.exited;
  }

  private readonly onAbort = (): void => {
    this.end(cancellation(this.options.signal));
  };

  private overrun(): void {
    const seconds = Math.round(this.options.limits.wallClockMs / 1000);
    this.end(
      new VaultRefusal(
        'TIME_LIMIT',
        `The data process took longer than its limit of ${seconds} s and was ended.`,
      ),
    );
  }

  private end(reason: VaultRefusal): void {
    if (this.ended) return;
    this.ended = reason;
    clearTimeout(this.timer);
    this.stopWatching();
    this.options.signal?.removeEventListener('abort', this.onAbort);
    this.child.kill('SIGKILL');
    for (const { reject } of this.waiting.values()) reject(reason);
    this.waiting.clear();
  }

  private receive(reply: EngineReply): void {
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if (reply.ok) waiting?.resolve(reply.columns);
    else
      waiting?.reject(
        reply.failure === 'No Space' ? diskFull(SCRATCH) : failed(`refused (${reply.failure})`),
      );
  }

  private ask(request: (id: number) => EngineRequest): Promise<readonly EngineColumn[]> {
    if (this.ended) return Promise.reject(this.ended);
    this.requests += 1;
    const id = this.requests;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.child.send(request(id), (error) => {
        if (error) this.end(failed('ended unexpectedly'));
      });
    });
  }
}

function failed(how: string): VaultRefusal {
  return new VaultRefusal('ENGINE_FAILED', `The data process ${how}.`);
}
