// Passes wakes from the outbox to Temporal. A wake is only a hint, so a hundred for one stream are one.
import type { Logger } from 'pino';
import type { Outbox, OutboxRow } from '#libs/ledger';
import type { Waker } from './waker';

const AT_ONCE = 200;
const STREAMS_AT_ONCE = 8;

export class Relay {
  constructor(
    private readonly outbox: Outbox,
    private readonly waker: Waker,
    private readonly log: Logger,
  ) {}

  /** Wakes whatever is pending; true when there may be more. A row is done once Temporal has taken its wake. */
  readonly relay = async (): Promise<boolean> => {
    const rows = await this.outbox.pending('wake', AT_ONCE);
    const streams = [...new Set(rows.map(({ stream }) => stream))];
    await inTurns(streams, (stream) =>
      this.wakeAll(
        stream,
        rows.filter((row) => row.stream === stream),
      ),
    );
    return rows.length === AT_ONCE;
  };

  /** Wakes every stream whose ledger is ahead of what its workflow has read: whatever hint was lost, this finds it. */
  readonly sweep = async (): Promise<boolean> => {
    const behind = await this.outbox.behind(AT_ONCE);
    await inTurns(behind, ({ stream, version }) => this.wake(stream, version));
    return false;
  };

  private async wakeAll(stream: string, rows: OutboxRow[]): Promise<void> {
    const version = Math.max(...rows.map((row) => row.version));
    // Where Temporal is away the rows stay pending: their claim runs out, and the sweep finds their streams too.
    if (await this.wake(stream, version)) await this.outbox.done(rows.map(({ id }) => id));
  }

  private async wake(stream: string, version: number): Promise<boolean> {
    try {
      await this.waker.wake(stream, version);
      return true;
    } catch (error) {
      this.log.warn(
        { stream, version, reason: (error as Error).message },
        'a wake was not taken; it will be tried again',
      );
      return false;
    }
  }
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: STREAMS_AT_ONCE }, worker));
}
