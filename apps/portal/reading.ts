// Everything a page reads, over connections on which Postgres itself refuses to write (DESIGN: GET changes nothing).
import { Injectable } from '@nestjs/common';
import type { ProgrammeState, ProjectState } from '#libs/domain';
import type { Say } from '#libs/language';
import type { ItemRef, MailWish } from '#libs/ledger';
import { idsIn, readContent } from '#libs/web';
import type { NameLookup } from '#libs/web';
import type { Item, Session } from './items';
import { ReadOnlyLedger } from './ledgers';

/** A stream as a page sees it: a project with its programme, or a programme alone. */
export interface Side {
  programme: ProgrammeState;
  project: ProjectState | null;
  now: string;
}

/** The last thing a person did in a round, as the ledger holds it. */
export interface OwnEntry {
  version: number;
  hash: string;
  at: string;
  type: 'DecisionRecorded' | 'DecisionWithdrawn';
  data: Record<string, unknown>;
}

@Injectable()
export class Reading {
  constructor(private readonly opened: ReadOnlyLedger) {}

  /** What a token stands for; unknown and expired ones are `null`. One query, whatever the answer. */
  session(token: string): Promise<Session | null> {
    return this.opened.links.recall(token);
  }

  /** What waits for the person whose live or used link this is. */
  openItems(token: string): Promise<ItemRef[]> {
    return this.opened.links.openItems(token);
  }

  /** How requests to sign reach the person of this link by mail. */
  mailWish(token: string): Promise<MailWish | null> {
    return this.opened.links.mailWish(token);
  }

  async side(stream: string): Promise<Side> {
    if (stream.startsWith('prj')) {
      const { world, now } = await this.opened.ledger.world(stream);
      return { ...world, now };
    }
    const { state, now } = await this.opened.ledger.programme(stream);
    return { programme: state, project: null, now };
  }

  texts(commitments: (string | null | undefined)[]): Promise<Map<string, string>> {
    return this.opened.ledger.texts([
      ...new Set(commitments.filter((c): c is string => typeof c === 'string')),
    ]);
  }

  content(id: string): Promise<Buffer | null> {
    return this.opened.ledger.content(id);
  }

  /** Title of the project, or the programme's name: what a page calls the thing it is about. */
  async title(side: Side, t: Say): Promise<string> {
    const stream = side.project?.id ?? side.programme.id;
    const rows: { title: string }[] = await this.opened.dataSource.query(
      `select coalesce(data ->> 'title', data ->> 'name') as title from parley.events where stream = $1 and version = 1`,
      [stream],
    );
    const commitment = rows[0]?.title;
    return (await this.texts([commitment])).get(commitment ?? '') ?? t('page.someProject');
  }

  /** Names for every person and organisation that `values` mention and this programme knows. */
  async names(side: Side, ...values: unknown[]): Promise<NameLookup> {
    const { people, organisations } = side.programme;
    const ids = [...idsIn(values)];
    const commitmentOf = (id: string) => people[id]?.name ?? organisations[id]?.name;
    const texts = await this.texts(ids.map(commitmentOf));
    return (id) => texts.get(commitmentOf(id) ?? '');
  }

  /** Signed core and cover as values and as bytes. */
  async signed(ids: { core: string; cover: string }) {
    const [core, cover] = await Promise.all([this.content(ids.core), this.content(ids.cover)]);
    return {
      ids,
      core: readContent(core),
      cover: readContent(cover),
      bytes: { core: core?.toString('utf8') ?? null, cover: cover?.toString('utf8') ?? null },
    };
  }

  async ownEntry(item: Item): Promise<OwnEntry | null> {
    const rows: OwnEntry[] = await this.opened.dataSource.query(
      `select version, hash, type, data, text::jsonb ->> 'at' as at from parley.events
        where stream = $1 and type in ('DecisionRecorded', 'DecisionWithdrawn')
          and data ->> 'checkpoint' = $2 and data ->> 'round' = $3 and data ->> 'person' = $4
        order by version desc limit 1`,
      [item.stream, item.checkpoint, String(item.round), item.person],
    );
    return rows[0] ?? null;
  }

  /** What a person confirmed last in a round, as the ledger holds it (T15). */
  async confirmedEntry(
    item: Item,
  ): Promise<{ version: number; hash: string; at: string; whose: string } | null> {
    const rows: { version: number; hash: string; at: string; whose: string }[] =
      await this.opened.dataSource.query(
        `select version, hash, data ->> 'person' as whose, text::jsonb ->> 'at' as at from parley.events
          where stream = $1 and type = 'DecisionCountersigned'
            and data ->> 'checkpoint' = $2 and data ->> 'round' = $3 and data ->> 'by' = $4
          order by version desc limit 1`,
        [item.stream, item.checkpoint, String(item.round), item.person],
      );
    return rows[0] ?? null;
  }

  /** Where the answer to a request stands in the ledger, or the withdrawal of what it granted. */
  async answerEntry(
    stream: string,
    request: string,
    type: 'RequestAnswered' | 'GrantWithdrawn',
  ): Promise<{ version: number; hash: string } | null> {
    const rows: { version: number; hash: string }[] = await this.opened.dataSource.query(
      `select version, hash from parley.events
        where stream = $1 and type = $3 and data ->> 'request' = $2 order by version limit 1`,
      [stream, request, type],
    );
    return rows[0] ?? null;
  }

  /** Rejects when the ledger cannot be read. */
  async probe(): Promise<void> {
    await this.opened.dataSource.query('select 1 from parley.streams limit 1');
  }
}
