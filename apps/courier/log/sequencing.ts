// The courier's sequencing: passes of the one sequencer, and what is told about a log that is closed.
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { askForCosignature, Sequencer } from '#libs/ledger';
import type { KeyDirectory } from '#libs/ledger';

export class Sequencing {
  private readonly sequencer: Sequencer;
  private closed: string | null = null;

  constructor(
    private readonly dataSource: DataSource,
    private readonly keys: KeyDirectory,
    private readonly log: Logger,
    /** Called when a new head was signed: receipts that waited for it can be written. */
    private readonly onSigned: () => void = () => undefined,
  ) {
    this.sequencer = new Sequencer(dataSource, keys);
  }

  /** One batch; true if there is more. */
  readonly pass = async (): Promise<boolean> => {
    const pass = await this.sequencer.pass();
    if (pass.state !== 'CLOSED') {
      this.closed = null;
      if (pass.state === 'SIGNED') this.onSigned();
      return pass.state === 'SIGNED' && pass.isMore;
    }
    // Said once per reason: the pump comes by again and again until somebody has dealt with it.
    if (this.closed !== pass.reason)
      this.log.error({ reason: pass.reason }, 'the log is closed; so is every gate');
    this.closed = pass.reason;
    return false;
  };

  /** Asks every witness about the newest head; one that refuses has seen another log than this one. */
  readonly witness = async (): Promise<boolean> => {
    for (const address of await this.keys.witnesses())
      await askForCosignature(this.dataSource, address).catch((error: unknown) =>
        this.log.error(
          { witness: address.key.name, reason: (error as Error).message },
          'a witness did not cosign',
        ),
      );
    return false;
  };

  /** Heads go out by mail once a week, whenever in it the courier is up. */
  readonly mailHeads = async (): Promise<boolean> => {
    await this.dataSource.query('select parley.log_order_heads()');
    return false;
  };

  /** For whoever watches the courier: fails while the log is closed. */
  readonly probe = (): Promise<void> =>
    this.closed === null ? Promise.resolve() : Promise.reject(new Error(this.closed));
}
