// One command, one transaction: lock, read what is new, decide, append, read models and outbox. Every way in goes through here.
import type { DataSource, QueryRunner } from 'typeorm';
import { decideProgramme, decideProject, effects, emptyProject, stirs, tempoOf } from '#libs/domain';
import type {
  Actor,
  Command,
  Decided,
  DomainEvent,
  Instant,
  MailOrder,
  ProgrammeCommand,
  ProgrammeState,
  ProjectCommand,
  World,
} from '#libs/domain';
import { write } from './appending';
import type { Way } from './appending';
import { entryTexts, START } from './entries';
import type { Place } from './entries';
import { Diverged, foldProgramme, foldProject, programmeOrEmpty } from './folded';
import type { FoldedStreams, StreamRow, Streams } from './folded';
import { deadLink, noSuchStream, Refused } from './refused';
import type { Answer } from './refused';
import { StreamReader } from './stream-reader';
import { inTransaction } from './transactions';
import type { Draft, DraftText, LinkState, LinkTarget, Receipt } from './types';
import { rowsOf, viewChanges } from './views';

export type Side = World | ProgrammeState;

/** What a way in brings besides the command: how its entries are appended and what else its transaction does. */
export interface Handling {
  stream: string;
  actor: Actor;
  prepare: (side: Side, now: Instant) => Draft | Promise<Draft>;
  /** Chosen when the events are known: some types have only one way in. */
  way: (events: DomainEvent[]) => Way;
  /** Answers without appending, if the command was carried out before. */
  repeated?: (runner: QueryRunner, side: Side, draft: Draft) => Promise<Receipt | null>;
  /** What the way's SQL function handed over besides the entries. */
  answered?: (answer: Answer) => void;
  /** In the same transaction, after the entries. */
  afterwards?: (runner: QueryRunner, draft: Draft) => Promise<void>;
}

/** A stream under lock, as the command finds it. */
interface Held {
  side: Side;
  before: Side | null;
  place: Place;
  now: Instant;
}

interface Begun {
  handling: Handling;
  held: Held;
}

/** A link as the database knows it, and the state it is in. */
export type FoundLink = LinkTarget & { state: LinkState };

export class Commands {
  private readonly reader: StreamReader;

  constructor(
    private readonly dataSource: DataSource,
    private readonly streams: FoldedStreams,
    private readonly notify: () => void,
  ) {
    this.reader = new StreamReader(streams);
  }

  /** Both streams as of now, without a lock. */
  async read(stream: string): Promise<Streams> {
    const read = () => this.reader.read(this.dataSource, stream);
    return read().catch((error: unknown) => {
      if (error instanceof Diverged) return read();
      throw error;
    });
  }

  async carryOut(handling: Handling): Promise<Receipt> {
    return this.run(async (runner) => ({ handling, held: await this.hold(runner, handling.stream) }));
  }

  /**
   * For whoever shows a link to this stream; what it stands for says who acts. Links to anything else are dead, unless
   * the decision goes by a code, which may list items of any stream of the link's programme.
   */
  async carryOutByLink(
    token: string,
    stream: string,
    handle: (link: FoundLink) => Handling,
    begin: 'begin_by_link' | 'begin_by_code' = 'begin_by_link',
  ): Promise<Receipt> {
    return this.run(async (runner) => {
      const known = this.reader.known(stream);
      const parameters = [token, stream, known.programme.version, known.project.version];
      const sql = `select * from parley.${begin}($1, $2, $3, $4)`;
      const [row] = (await runner.query(sql, parameters)) as (StreamRow & { link: FoundLink })[];
      if (row === undefined) throw deadLink();
      return {
        handling: handle(row.link),
        held: heldOf(stream, await this.reader.caughtUp(runner, stream, known, row)),
      };
    });
  }

  /** Starts a stream: a programme, or a project of an existing programme. */
  async start(handling: Handling, programme: string | null): Promise<Receipt> {
    return this.run(async (runner) => ({ handling, held: await this.holdNew(runner, handling, programme) }));
  }

  private async holdNew(runner: QueryRunner, { stream }: Handling, programme: string | null): Promise<Held> {
    const sql = 'select 1 from parley.streams where id = $1';
    const taken = (await runner.query(sql, [stream])) as unknown[];
    if (taken.length > 0) throw alreadyStarted(stream);
    if (programme === null) {
      const rows = (await runner.query('select parley.instant(parley.wall_clock()) as now')) as {
        now: string;
      }[];
      return {
        side: programmeOrEmpty(stream, { ...START, state: null }),
        before: null,
        place: START,
        now: rows[0]?.now ?? '',
      };
    }
    const { programme: held, now } = await this.begin(runner, programme, true);
    const side = {
      programme: programmeOrEmpty(programme, held),
      project: { ...emptyProject(stream, now), programme },
    };
    return { side, before: null, place: START, now };
  }

  private async run(begin: (runner: QueryRunner) => Promise<Begun>): Promise<Receipt> {
    const { receipt, after } = await inTransaction(this.dataSource, async (runner) => {
      const { handling, held } = await begin(runner);
      const draft = await handling.prepare(held.side, held.now);
      const repeated = await handling.repeated?.(runner, held.side, draft);
      if (repeated) return this.answer(runner, draft, repeated);
      const decided = decide(held.side, draft.command, handling.actor, held.now);
      if (!decided.ok) throw new Refused(decided.refusal);
      if (decided.events.length === 0)
        return this.answer(runner, draft, emptyReceipt(handling.stream, held.place));
      return this.append(runner, handling, held, draft, decided.events);
    });
    if (after) {
      this.streams.keep(receipt.stream, after);
      this.notify();
    }
    return receipt;
  }

  /** Nothing to append; what the caller keeps beside its command is kept all the same. */
  private async answer(runner: QueryRunner, draft: Draft, receipt: Receipt) {
    await draft.alongside?.(runner, receipt);
    return { receipt, after: null };
  }

  private async append(
    runner: QueryRunner,
    handling: Handling,
    held: Held,
    draft: Draft,
    events: DomainEvent[],
  ) {
    const { stream, actor } = handling;
    const texts = entryTexts(stream, held.place, events, actor, held.now);
    const recorded = events.map((event, index) => ({
      ...event,
      at: held.now,
      actor,
      version: held.place.version + index + 1,
    }));
    const after = foldOnto(stream, held, texts);
    const mails: MailOrder[] = effects(held.before, after.side, recorded);
    const { openings, addresses } = apart(draft.texts ?? [], events);
    const writing = {
      stream,
      texts,
      version: after.folded.version,
      contents: draft.contents ?? [],
      openings,
      mails,
      isUrgent: 'project' in after.side && tempoOf(after.side.project) === 'SHOCK',
      stirs: stirs(held.before, after.side, recorded),
      views: viewChanges(held.before === null ? {} : rowsOf(held.before), rowsOf(after.side)),
    };
    const answer = await write(runner, handling.way(events), writing);
    if (!answer.ok) {
      // What the database counted (a wrong code) stays counted.
      await runner.commitTransaction();
      throw new Refused(answer.refusal);
    }
    handling.answered?.(answer);
    for (const { person, text } of addresses) {
      const parameters = [stream, person, text.commitment, text.salt, text.text];
      await runner.query('select parley.store_address($1, $2, $3, $4, $5)', parameters);
    }
    await handling.afterwards?.(runner, draft);
    const receipt: Receipt = {
      stream,
      entries: answer.entries.map(({ version, hash, type, at }) => ({ version, hash, type, at })),
      version: after.folded.version,
      head: after.folded.head,
    };
    await draft.alongside?.(runner, receipt);
    return { receipt, after: after.folded };
  }

  private async hold(runner: QueryRunner, stream: string): Promise<Held> {
    return heldOf(stream, await this.begin(runner, stream, false));
  }

  private async begin(runner: QueryRunner, stream: string, forNewProject: boolean): Promise<Streams> {
    const known = this.reader.known(stream);
    const parameters = [stream, known.programme.version, known.project.version, forNewProject];
    const rows = (await runner.query(
      'select * from parley.begin_command($1, $2, $3, $4)',
      parameters,
    )) as StreamRow[];
    return this.reader.caughtUp(runner, stream, known, rows[0]);
  }
}

function heldOf(stream: string, { programme, project, now }: Streams): Held {
  if (programme.state === null) throw noSuchStream(stream);
  if (project === null) return { side: programme.state, before: programme.state, place: programme, now };
  if (project.state === null) throw noSuchStream(stream);
  const side = { programme: programme.state, project: project.state };
  return { side, before: side, place: project, now };
}

export const isWorld = (side: Side): side is World => 'project' in side;

function decide(side: Side, command: Command, actor: Actor, now: Instant): Decided<DomainEvent> {
  return isWorld(side)
    ? decideProject(side, command as ProjectCommand, actor, now)
    : decideProgramme(side, command as ProgrammeCommand, actor, now);
}

function foldOnto(stream: string, held: Held, texts: string[]) {
  if (isWorld(held.side)) {
    const known = { ...held.place, state: held.before === null ? null : held.side.project };
    const folded = foldProject(stream, known, texts);
    return { folded, side: { programme: held.side.programme, project: folded.state as World['project'] } };
  }
  const known = { ...held.place, state: held.before === null ? null : held.side };
  const folded = foldProgramme(stream, known, texts);
  return { folded, side: folded.state as ProgrammeState };
}

/** Addresses go where only the courier reads them; every other text lies with the openings. */
function apart(texts: DraftText[], events: DomainEvent[]) {
  const attested = new Map<string, string>();
  for (const { type, data } of events) {
    if ((type === 'PersonAttested' || type === 'AddressChanged') && data.address !== null)
      attested.set(data.address, data.person);
  }
  const addresses: { person: string; text: DraftText }[] = [];
  const openings = texts.filter((text) => {
    const person = attested.get(text.commitment);
    if (person !== undefined) addresses.push({ person, text });
    return person === undefined;
  });
  return { openings, addresses };
}

const emptyReceipt = (stream: string, { version, head }: Place): Receipt => ({
  stream,
  entries: [],
  version,
  head,
});

const alreadyStarted = (stream: string): Refused =>
  new Refused({
    kind: 'CONFLICT',
    rule: 'ALREADY_STARTED',
    reason: `${stream} has been started.`,
    remedy: 'Use it as it is.',
  });
