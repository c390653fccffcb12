// The sequencer: takes waiting entries into the log, signs its head, and starts closed where the database is behind what was signed.
import type { DataSource } from 'typeorm';
import {
  isConsistent,
  noteSignature,
  noteText,
  parseCheckpoint,
  parseNote,
  sameBytes,
  signedBy,
  signedCheckpoint,
  verifierText,
} from '#libs/log';
import type { Signer, TreeHead } from '#libs/log';
import type { KeyDirectory } from './key-directory';
import { readLog } from './reading';
import type { LogReading } from './reading';

const BATCH = 2000;

/** What became of a pass; CLOSED until a person has dealt with it. */
export type Pass =
  | { state: 'SIGNED'; size: number; isMore: boolean }
  | { state: 'IDLE' }
  | { state: 'CLOSED'; reason: string };

/**
 * Crash anywhere: entries are taken into the log in one transaction; the head is kept outside the database before it is
 * published in it; whatever was not signed is signed in the next pass.
 */
export class Sequencer {
  private signers: Signer[] = [];
  private lastSigned: TreeHead | null = null;
  private hasCompared = false;
  private readonly log: LogReading;

  constructor(
    private readonly dataSource: DataSource,
    private readonly keys: KeyDirectory,
  ) {
    this.log = readLog(dataSource);
  }

  /** One pass, while no other process is at one: the head beside the key must not be overtaken by an older one. */
  async pass(): Promise<Pass> {
    return this.dataSource.transaction(async (alone) => {
      const [row] = await alone.query<{ mine: boolean }[]>('select pg_try_advisory_xact_lock(7263) as mine');
      return row?.mine === true ? this.passAlone() : { state: 'IDLE' };
    });
  }

  private async passAlone(): Promise<Pass> {
    const wrong = (await this.isCompared()) ? null : await this.compare();
    if (wrong !== null) return this.close(wrong);
    const [row] = await this.dataSource.query<{ size: string | null }[]>(
      'select parley.log_integrate($1) as size',
      [BATCH],
    );
    if (row?.size == null) return { state: 'IDLE' };
    const size = Number(row.size);
    const note = await this.keys.lastSigned();
    if (note !== null) this.lastSigned = await this.ownHead(note);
    const before = this.lastSigned?.size ?? 0;
    if (size < before) return this.close(behind(size, this.lastSigned as TreeHead));
    if (size === before) return { state: 'IDLE' };
    return this.sign(size);
  }

  /** Not any more once the server was restarted or the database replaced under us. */
  private async isCompared(): Promise<boolean> {
    if (!this.hasCompared) return false;
    const sql = 'select parley.log_is_attested() as attested';
    const [row] = await this.dataSource.query<{ attested: boolean }[]>(sql);
    return row?.attested ?? false;
  }

  /** The database against what was signed last; what is wrong, or null. Done anew by every process that sequences. */
  private async compare(): Promise<string | null> {
    this.signers = await this.keys.signers();
    const note = await this.keys.lastSigned();
    const published = await this.log.head();
    if (note === null) {
      if (published !== null && !(await this.hasEnded(published.origin)))
        return 'heads of the log were signed, but the last one is missing beside the key';
    } else {
      const head = await this.ownHead(note);
      if (head === null) return 'the last signed head beside the key is not signed by it';
      const size = await this.size();
      if (size < head.size) return behind(size, head);
      const root = await this.log.tree(head.size).root();
      if (!sameBytes(root, head.root))
        return `the first ${head.size} entries of the log are not those that were signed`;
      this.lastSigned = head;
      // A crash may have come between keeping the head and publishing it.
      await this.publish(head.size, note);
    }
    await this.dataSource.query(`select parley.log_reopen('*', 'LOG'), parley.log_attest()`);
    await this.nameKeys();
    await this.handOver();
    this.hasCompared = true;
    return null;
  }

  private async sign(size: number): Promise<Pass> {
    const tree = this.log.tree(size);
    const head = { origin: this.origin, size, root: await tree.root() };
    // I9: never a head that does not extend the one before.
    if (this.lastSigned !== null) {
      const proof = await this.log.consistency(this.lastSigned.size, size);
      if (!isConsistent(this.lastSigned, head, proof))
        return this.close(
          `the first ${this.lastSigned.size} entries of the log are not those that were signed`,
        );
    }
    const note = await signedCheckpoint(head, this.signers);
    await this.keys.keep(note);
    this.lastSigned = head;
    await this.publish(size, note);
    return { state: 'SIGNED', size, isMore: await this.isWaiting() };
  }

  private get origin(): string {
    return (this.signers[0] as Signer).name;
  }

  private async ownHead(note: string): Promise<TreeHead | null> {
    const parsed = parseNote(note);
    const head = parsed && parseCheckpoint(parsed.text);
    if (!parsed || head?.origin !== this.origin) return null;
    const states = await Promise.all(this.signers.map((signer) => signedBy(parsed, signer)));
    return states.includes('SIGNED') && !states.includes('FORGED') ? head : null;
  }

  /** Whether a person has ended the log of this name after a loss, and this key is another one's. */
  private async hasEnded(origin: string): Promise<boolean> {
    const sql = 'select from parley.log_losses where origin = $1';
    return origin !== this.origin && (await this.dataSource.query<unknown[]>(sql, [origin])).length > 0;
  }

  private async nameKeys(): Promise<void> {
    const sql = 'insert into parley.log_keys (key) select unnest($1::text[]) on conflict do nothing';
    await this.dataSource.query(sql, [this.signers.map(verifierText)]);
  }

  /** Rotation: while there are several keys, a note signed by all says that the last one takes over. */
  private async handOver(): Promise<void> {
    const next = this.signers.at(-1);
    if (this.signers.length < 2 || next === undefined) return;
    const text = handoverText(this.origin, verifierText(next));
    const signatures = await Promise.all(this.signers.map((signer) => noteSignature(signer, text)));
    const sql = 'insert into parley.log_handovers (note) values ($1) on conflict do nothing';
    await this.dataSource.query(sql, [noteText({ text, signatures })]);
  }

  private async size(): Promise<number> {
    const sql = 'select coalesce(max(position) + 1, 0) as size from parley.log_entries';
    const [row] = await this.dataSource.query<{ size: string }[]>(sql);
    return Number(row?.size ?? 0);
  }

  private async isWaiting(): Promise<boolean> {
    const sql = 'select exists (select from parley.log_waiting) as waiting';
    const [row] = await this.dataSource.query<{ waiting: boolean }[]>(sql);
    return row?.waiting ?? false;
  }

  private publish(size: number, note: string): Promise<unknown> {
    return this.dataSource.query('select parley.log_keep_checkpoint($1, $2)', [size, note]);
  }

  private async close(reason: string): Promise<Pass> {
    this.hasCompared = false;
    await this.dataSource.query(`select parley.log_close('*', 'LOG', $1)`, [reason]);
    return { state: 'CLOSED', reason };
  }
}

const behind = (size: number, { size: signed }: TreeHead): string =>
  `the database is behind its log: entries ${size} to ${signed - 1} were signed and are missing`;

/** What two keys of one log sign when the second takes over. */
export const handoverText = (origin: string, next: string): string => `${origin}\nhand-over\n${next}\n`;
