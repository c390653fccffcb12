// Runs one kind of work whenever it is hinted at, and now and then without a hint; never twice at the same time.
import type { Logger } from 'pino';

export interface PumpOptions {
  name: string;
  /** Without a hint, look again after this many milliseconds. */
  every: number;
  log: Logger;
  /** One pass; true if there may be more to do at once. */
  pass: () => Promise<boolean>;
}

export class Pump {
  private isWanted = false;
  private running: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private isStopped = false;

  constructor(private readonly options: PumpOptions) {}

  start(): void {
    this.timer = setInterval(() => this.hint(), this.options.every);
    this.hint();
  }

  /** Something may have happened. Hints during a pass cause one more pass. */
  readonly hint = (): void => {
    if (this.isStopped) return;
    this.isWanted = true;
    this.running ??= this.run().finally(() => (this.running = null));
  };

  async stop(): Promise<void> {
    this.isStopped = true;
    if (this.timer !== null) clearInterval(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.isWanted && !this.isStopped) {
      this.isWanted = false;
      try {
        if (await this.options.pass()) this.isWanted = true;
      } catch (error) {
        // The next hint or tick tries again; the rows stay where they are.
        this.options.log.warn({ pump: this.options.name, reason: (error as Error).message }, 'a pass failed');
      }
    }
  }
}
