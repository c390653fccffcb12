// What a mail is written from: its letter, and the stream it is about.
import type { ProgrammeState, ProjectState } from '#libs/domain';
import { tenureAt } from '#libs/domain';
import type { LogReceipt } from '#libs/contracts/receipt';
import type { Language } from '#libs/language';
import { logReceipt, readLog } from '#libs/ledger';
import type { Closure, ItemRef, Ledger, Letter, OpenedLedger, SignedHead } from '#libs/ledger';

export interface Side {
  programme: ProgrammeState;
  project: ProjectState | null;
  now: string;
}

export interface SignOff {
  stream: string;
  version: number;
  at: string;
  choice: string;
  person: string;
}

export interface EventRow {
  version: number;
  hash: string;
  type: string;
  at: string;
  data: Record<string, unknown>;
}

/** The streams that the mails of one sending attempt are about, each read once after it began. */
export class Sides {
  private readonly read = new Map<string, Promise<Side>>();

  constructor(private readonly ledger: Ledger) {}

  of(stream: string): Promise<Side> {
    const known = this.read.get(stream) ?? this.readNow(stream);
    this.read.set(stream, known);
    return known;
  }

  private async readNow(stream: string): Promise<Side> {
    if (stream.startsWith('prj')) {
      const { world, now } = await this.ledger.world(stream);
      return { ...world, now };
    }
    const { state, now } = await this.ledger.programme(stream);
    return { programme: state, project: null, now };
  }
}

export class MailReading {
  constructor(
    private readonly opened: Pick<OpenedLedger, 'ledger' | 'dataSource'>,
    private readonly letter: Letter,
    private readonly language: Language,
  ) {}

  /** Free text by its commitment; empty once erased. */
  async text(commitment: string): Promise<string> {
    return (await this.opened.ledger.texts([commitment])).get(commitment) ?? '';
  }

  bytes(id: string): Promise<Buffer | null> {
    return this.opened.ledger.content(id);
  }

  /** Signed or stored content as JSON; null once erased. */
  async content(id: string): Promise<unknown> {
    const bytes = await this.bytes(id);
    return bytes === null ? null : (JSON.parse(bytes.toString('utf8')) as unknown);
  }

  /** The organisation a person spoke for at a moment, by name. */
  organisationOf(side: Side, person: string, at: string): string {
    const found = side.programme.people[person];
    const organisation = (tenureAt(found, at) ?? found?.tenures.at(-1))?.organisation;
    return organisation === undefined
      ? this.language.t('mail.yourProgramme')
      : this.organisationName(organisation);
  }

  /** Names can be erased; the id stays. */
  organisationName(organisation: string): string {
    return this.letter.organisations[organisation] ?? organisation;
  }

  /** The receipt of an entry of the letter's own stream. Its mail was not handed out before a signed head held the entry. */
  async receipt(version: number): Promise<LogReceipt> {
    const receipt = await logReceipt(this.opened.dataSource, this.letter.stream, version);
    if (receipt === null) throw new Error('The entry is not under a signed head of the log yet.');
    return receipt;
  }

  /** The signed head of this size, with the cosignatures there are by now. */
  head(size: number): Promise<SignedHead | null> {
    return readLog(this.opened.dataSource).head(size);
  }

  /** What keeps the gates of the letter's stream closed. */
  closures(): Promise<Closure[]> {
    return readLog(this.opened.dataSource).closures(this.letter.stream);
  }

  /** What a round of any stream asks about, with the title its project or programme has; null for what is not there. */
  async round({ stream, checkpoint, round }: ItemRef) {
    const { ledger, dataSource } = this.opened;
    const { checkpoints } = stream.startsWith('prj')
      ? (await ledger.world(stream)).world.project
      : (await ledger.programme(stream)).state;
    const found = checkpoints[checkpoint];
    const content = found?.rounds.find((one) => one.round === round)?.content;
    if (!found || !content) return null;
    const rows: { title: string }[] = await dataSource.query(
      `select o.text as title from parley.events e
         join parley.openings o on o.commitment = coalesce(e.data ->> 'title', e.data ->> 'name')
         where e.stream = $1 and e.version = 1 and o.text is not null`,
      [stream],
    );
    return { kind: found.kind, core: content.core, project: rows[0]?.title ?? 'Parley' };
  }

  /** Every decision recorded in an organisation's name, in the programme and its projects. */
  signOffsOf(organisation: string): Promise<SignOff[]> {
    return this.opened.dataSource.query(
      `select e.stream, e.version, parley.instant(e.at) as at, e.data ->> 'choice' as choice, e.data ->> 'person' as person
         from parley.streams s join parley.events e on e.stream = s.id
         where s.programme = $1 and e.type = 'DecisionRecorded' and e.data ->> 'organisation' = $2
         order by e.at, e.stream, e.version`,
      [this.letter.stream, organisation],
    );
  }

  /** An entry of the letter's own stream. */
  async event(version: number): Promise<EventRow | null> {
    const rows: EventRow[] = await this.opened.dataSource.query(
      'select version, hash, type, parley.instant(at) as at, data from parley.events where stream = $1 and version = $2',
      [this.letter.stream, version],
    );
    return rows[0] ?? null;
  }
}
