// The courier's self-audit: some streams at a time, over and over; a difference closes gates and is told to whoever watches.
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { auditSome } from '#libs/ledger';

const AT_ONCE = 20;

export class Auditing {
  private next = '';

  constructor(
    private readonly dataSource: DataSource,
    private readonly log: Logger,
  ) {}

  /** Never asks for another pass at once: it is work for quiet hours, spread over them. */
  readonly pass = async (): Promise<boolean> => {
    const { differences, next } = await auditSome(this.dataSource, this.next, AT_ONCE);
    for (const difference of differences)
      this.log.error(difference, 'what is recorded and what is shown differ; the gates are closed');
    this.next = next;
    return false;
  };
}
