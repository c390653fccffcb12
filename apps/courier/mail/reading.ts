// What a mail is written from: the stream it is about, and the few texts it may mention.
import type { ProgrammeState, ProjectState } from '#libs/domain';
import { tenureAt } from '#libs/domain';
import type { OpenedLedger, OutboxRow } from '#libs/ledger';

export interface Side {
  programme: ProgrammeState;
  project: ProjectState | null;
  now: string;
}

export interface EventRow {
  version: number;
  hash: string;
  at: string;
  data: Record<string, unknown>;
}

export class MailReading {
  constructor(private readonly opened: Pick<OpenedLedger, 'ledger' | 'register' | 'dataSource'>) {}

  /** The row while it still waits; `null` once its mail was handed over. */
  async waiting(id: string): Promise<OutboxRow | null> {
    const rows: OutboxRow[] = await this.opened.dataSource.query(
      `select id::text, key, kind, stream, version, mail, attempts, parley.instant(at) as at
         from parley.outbox where id = $1::bigint and done_at is null`,
      [id],
    );
    return rows[0] ?? null;
  }

  async side(stream: string): Promise<Side> {
    if (stream.startsWith('prj')) {
      const { world, now } = await this.opened.ledger.world(stream);
      return { ...world, now };
    }
    const { state, now } = await this.opened.ledger.programme(stream);
    return { programme: state, project: null, now };
  }

  /** Title of the project, or name of the programme. */
  async title(stream: string): Promise<string> {
    const first = await this.event(stream, 1);
    const commitment = (first?.data.title ?? first?.data.name) as string | undefined;
    const texts = await this.opened.ledger.texts(commitment === undefined ? [] : [commitment]);
    return texts.get(commitment ?? '') ?? 'Parley';
  }

  /** Free text by its commitment; empty once erased. */
  async text(commitment: string): Promise<string> {
    return (await this.opened.ledger.texts([commitment])).get(commitment) ?? '';
  }

  /** Signed or stored content as JSON; null once erased. */
  async content(id: string): Promise<unknown> {
    const bytes = await this.opened.ledger.content(id);
    return bytes === null ? null : (JSON.parse(bytes.toString('utf8')) as unknown);
  }

  addressee(person: string): Promise<{ name: string; address: string }> {
    return this.opened.register.address(person);
  }

  /** The organisation a person spoke for at a moment, by name. */
  async organisationOf(side: Side, person: string, at: string): Promise<string> {
    const found = side.programme.people[person];
    const organisation = (tenureAt(found, at) ?? found?.tenures.at(-1))?.organisation;
    return organisation === undefined
      ? 'Your programme'
      : this.opened.register.organisationName(organisation);
  }

  organisationName(organisation: string): Promise<string> {
    return this.opened.register.organisationName(organisation);
  }

  async event(stream: string, version: number): Promise<EventRow | null> {
    const rows: EventRow[] = await this.opened.dataSource.query(
      'select version, hash, parley.instant(at) as at, data from parley.events where stream = $1 and version = $2',
      [stream, version],
    );
    return rows[0] ?? null;
  }
}
