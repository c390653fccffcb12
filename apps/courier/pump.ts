// Runs one kind of work whenever it is hinted at, and now and then without a hint; never twice at the same time.
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';

export interface PumpOptions {
  name: string;
  /** Without a hint, look again after this many milliseconds. */
  every: number;
  /** After a pass, what is hinted at meanwhile waits this many milliseconds, so that much at once is few passes. */
  rest?: number;
  log: Logger;
  /** One pass; true if there may be more to do at once. */
  pass: () => Promise<boolean>;
}

export class Pump {
  private isWanted = false;
  private running: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private readonly stopping = new AbortController();

  constructor(private readonly options: PumpOptions) {}

  start(): void {
    this.timer = setInterval(() => this.hint(), this.options.every);
    this.hint();
  }

  /** Something may have happened. Hints during a pass cause one more pass. */
  readonly hint = (): void => {
    if (this.stopping.signal.aborted) return;
    this.isWanted = true;
    this.running ??= this.run().finally(() => (this.running = null));
  };

  async stop(): Promise<void> {
    this.stopping.abort();
    if (this.timer !== null) clearInterval(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    const { name, log, pass, rest = 0 } = this.options;
    const { signal } = this.stopping;
    while (this.isWanted && !signal.aborted) {
      this.isWanted = false;
      try {
        if (await pass()) this.isWanted = true;
      } catch (error) {
        // The next hint or tick tries again; the rows stay where they are.
        log.warn({ pump: name, reason: (error as Error).message }, 'a pass failed');
      }
      if (rest > 0) await pause(rest, undefined, { signal }).catch(() => undefined);
    }
  }
}
