// Tells a story lived in memory to a real database, entry by entry, so that both gates judge the same history.
import { Client } from 'pg';
import type { Actor } from '#libs/domain';
import type { TestDatabase } from '#libs/testing';
import { CAST, personId } from '../../../testing/story';
import type { Name, Story } from '../../../testing/story';
import { fillGate } from '../../audit/gate-fills';
import { gateDifference, GateRows } from '../../audit/gate-rows';
import type { GateRow } from '../../audit/gate-rows';

interface Reason {
  rule: string;
  reason: string;
}

interface Told {
  type: string;
  data: unknown;
  actor: Actor;
  at: string;
}

/** One connection in one transaction that never commits: a thousand stories fit into one database. */
export class Retelling {
  private told = 0;
  private readonly versions = new Map<string, number>();

  private constructor(
    private readonly client: Client,
    private readonly story: Story,
  ) {}

  static async connect(db: TestDatabase): Promise<Client> {
    const client = new Client({ connectionString: db.urls.OWNER });
    await client.connect();
    return client;
  }

  static async begin(client: Client, story: Story): Promise<Retelling> {
    await client.query('rollback; begin');
    const retelling = new Retelling(client, story);
    await retelling.catchUp();
    return retelling;
  }

  /** Records what happened since the last time, as the append function would. */
  async catchUp(): Promise<void> {
    for (const { stream, event } of this.story.log.slice(this.told)) {
      if (!this.versions.has(stream)) await this.start(stream, event.at);
      await this.insert(stream, event);
    }
    this.told = this.story.log.length;
  }

  /** Records what the domain would have refused: the gate trusts no event more than it must. */
  async forge(stream: string, type: string, data: Record<string, unknown>, actor: Actor): Promise<void> {
    this.story.wait(1);
    await this.forgeAt(this.story.now, stream, type, data, actor);
  }

  /** … at an instant that has passed: the clock was set back. */
  async forgeAt(
    at: string,
    stream: string,
    type: string,
    data: Record<string, unknown>,
    actor: Actor,
  ): Promise<void> {
    await this.insert(stream, { type, data, actor, at });
  }

  /** An approval that nobody but the database looks at. */
  async forgeApproval(name: Name, checkpoint: string, over: Record<string, unknown> = {}): Promise<void> {
    const { organisation, roles } = CAST[name];
    const { round, content } = this.story.round(checkpoint);
    const person = personId(name);
    const answer = {
      checkpoint,
      round,
      person,
      organisation,
      roles,
      ...content,
      choice: 'APPROVED',
      conditions: [],
    };
    await this.forge(this.story.project.id, 'DecisionRecorded', { ...answer, ...over }, { person });
  }

  /** A further round about the same content, everybody asked, opened past the domain. */
  async forgeRound(checkpoint: string, over: Record<string, unknown>): Promise<{ round: number }> {
    const { round, subject, content, rule, deadline, needsCode, proposer } = this.story.round(checkpoint);
    const { kind } = this.story.project.checkpoints[checkpoint] ?? {};
    const people = Object.keys(CAST) as Name[];
    const asked = people.map((name) => ({ person: personId(name), organisation: CAST[name].organisation }));
    const next = {
      checkpoint,
      kind,
      round: round + 1,
      subject,
      content,
      rule,
      deadline,
      needsCode,
      proposer,
      asked,
    };
    await this.forge(this.story.project.id, 'CheckpointOpened', { ...next, ...over }, { person: proposer });
    return { round: round + 1 };
  }

  private async insert(stream: string, event: Told): Promise<void> {
    const version = (this.versions.get(stream) ?? 0) + 1;
    this.versions.set(stream, version);
    await this.client.query(
      `with moved as (update parley.streams set version = $2, last_at = $4 where id = $1)
       insert into parley.events (stream, version, type, type_version, text, hash, prev, at, actor, data, appended_by)
         values ($1, $2, $3, 1, $5, encode(sha256(convert_to($5, 'UTF8')), 'hex'), '', $4, $6, $7, 'test')`,
      [
        stream,
        version,
        event.type,
        event.at,
        JSON.stringify(event),
        JSON.stringify(event.actor),
        JSON.stringify(event.data),
      ],
    );
  }

  private async start(stream: string, at: string): Promise<void> {
    const kind = stream.startsWith('pgm') ? 'programme' : 'project';
    await this.client.query(`insert into parley.streams values ($1, $2, $3, 0, '', $4, $5)`, [
      stream,
      kind,
      this.story.programme.id,
      at,
      this.story.project.rulesVersion,
    ]);
    this.versions.set(stream, 0);
  }

  /** What the database's gate says is missing for a release. */
  async missing(release: string, at = this.story.now): Promise<Reason[]> {
    const sql = 'select rule, reason from parley.gate_missing($1, $2, $3)';
    return (await this.client.query<Reason>(sql, [this.story.project.id, release, at])).rows;
  }

  async rules(release: string, at = this.story.now): Promise<string[]> {
    return [...new Set((await this.missing(release, at)).map(({ rule }) => rule))].sort();
  }

  /** The rules that keep a deposit shut. */
  async missingForDeposit(deposit: string): Promise<string[]> {
    const sql = `select m.rule from parley.gate_deposits d, parley.gate_lacks_for_deposit(d, $3) m
                  where d.project = $1 and d.deposit = $2`;
    const parameters = [this.story.project.id, deposit, this.story.now];
    return (await this.client.query<Reason>(sql, parameters)).rows.map(({ rule }) => rule);
  }

  async isLive(release: string, at = this.story.now): Promise<boolean> {
    const sql = 'select parley.gate_live($1, $2, $3) as live';
    const { rows } = await this.client.query<{ live: boolean }>(sql, [this.story.project.id, release, at]);
    return rows[0]?.live ?? false;
  }

  /** B18: whether the sufficiency of the data for the question is revoked. */
  async isRevoked(): Promise<boolean> {
    const sql = 'select parley.gate_sufficiency_is_revoked($1, $2) as revoked';
    const parameters = [this.story.project.id, this.story.now];
    const { rows } = await this.client.query<{ revoked: boolean }>(sql, parameters);
    return rows[0]?.revoked ?? true;
  }

  /** Where the gate's tables hold something else than the self-audit works out from the entries: nowhere, ever. */
  async differences(): Promise<string[]> {
    const differences = [];
    for (const stream of this.versions.keys()) {
      const expected = new GateRows();
      const told = this.story.log.filter((each) => each.stream === stream);
      for (const [index, { event }] of told.entries())
        fillGate(expected, stream, { ...event, version: index + 1 });
      const sql = 'select name, fact as "row" from parley.gate_rows($1)';
      const { rows } = await this.client.query<{ name: string; row: GateRow }>(sql, [stream]);
      const different = gateDifference(expected, rows);
      if (different !== null) differences.push(different);
    }
    return differences;
  }

  /** Rounds noted as settled, and what a note says otherwise than a count would: nothing ever. */
  async notes(): Promise<{ noted: number; wrong: string[] }> {
    const sql = `
      select (select count(*)::int from parley.gate_settlements) as noted, array(
        select format('%s/%s', r.checkpoint, r.round) from parley.gate_rounds r, parley.gate_settled(r) n, parley.gate_settled_anew(r) c
         where (n.version, n.at) is distinct from (c.version, c.at)
        union all
        select format('%s of %s', p.stage, p.cycle) from parley.gate_plainly_settled($1) p
         where not parley.gate_stage_settled($1, p.cycle, p.stage, $2)) as wrong`;
    const { rows } = await this.client.query<{ noted: number; wrong: string[] }>(sql, [
      this.story.project.id,
      this.story.now,
    ]);
    return rows[0] ?? { noted: 0, wrong: ['nothing was found'] };
  }

  /** Whether the last round about a subject stands, by the database's count. */
  async stands(kind: string, subject: string, at = this.story.now): Promise<boolean> {
    const sql = `select parley.gate_stands(r, $4) as stands from parley.gate_rounds r
                  where r.stream = $1 and r.kind = $2 and r.subject = $3 order by opened_version desc limit 1`;
    const { rows } = await this.client.query<{ stands: boolean }>(sql, [
      this.story.project.id,
      kind,
      subject,
      at,
    ]);
    return rows[0]?.stands ?? false;
  }
}
