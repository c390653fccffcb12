// The courier's sequencing: passes of the one sequencer, and what is told about a log that is closed.
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { AnotherLogSeen, askForCosignature, Sequencer } from '#libs/ledger';
import type { KeyDirectory, WitnessAddress } from '#libs/ledger';

export class Sequencing {
  private readonly sequencer: Sequencer;
  private closed: string | null = null;
  /** What a witness saw that is not this log. */
  private doubted: string | null = null;
  private readonly asked = new Set<string>();

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

  /**
   * Asks every witness about the newest head. One that saw another log than this one closes every gate (I13), until all answer
   * otherwise or a person takes it off the list; one that is away changes nothing.
   */
  readonly witness = async (): Promise<boolean> => {
    const refusals: string[] = [];
    let isUnheard = false;
    for (const address of await this.keys.witnesses()) {
      const trouble = await this.askWitness(address);
      if (trouble instanceof AnotherLogSeen) refusals.push(trouble.message);
      else if (trouble !== null) isUnheard = true;
    }
    if (refusals.length > 0) await this.close(refusals.join('; '));
    else if (!isUnheard) await this.reopen();
    return false;
  };

  private async askWitness(address: WitnessAddress): Promise<Error | null> {
    const { name } = address.key;
    try {
      // Once in the life of a process also about a head it has cosigned: it may have seen what a restored database has not.
      await askForCosignature(this.dataSource, address, { again: !this.asked.has(name) });
      this.asked.add(name);
      return null;
    } catch (error) {
      this.log.error({ witness: name, reason: (error as Error).message }, 'a witness did not cosign');
      return error as Error;
    }
  }

  private async close(reason: string): Promise<void> {
    this.doubted = reason;
    await this.dataSource.query(`select parley.log_close('*', 'WITNESS', $1)`, [reason]);
  }

  private async reopen(): Promise<void> {
    this.doubted = null;
    await this.dataSource.query(`select parley.log_reopen('*', 'WITNESS')`);
  }

  /** Heads go out by mail once a week, whenever in it the courier is up. */
  readonly mailHeads = async (): Promise<boolean> => {
    await this.dataSource.query('select parley.log_order_heads()');
    return false;
  };

  /** For whoever watches the courier: fails while the log is closed, or a witness saw another one. */
  readonly probe = (): Promise<void> => {
    const reason = this.closed ?? this.doubted;
    return reason === null ? Promise.resolve() : Promise.reject(new Error(reason));
  };
}
