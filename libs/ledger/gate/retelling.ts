// Tells a story lived in memory to a real database, entry by entry, so that both gates judge the same history.
import { Client } from 'pg';
import type { TestDatabase } from '#libs/testing';
import type { Story } from '../../testing/story';

interface Reason {
  rule: string;
  reason: string;
}

/** One connection in one transaction that never commits: a thousand stories fit into one database. */
export class Retelling {
  private told = 0;
  private readonly started = new Set<string>();

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
      if (!this.started.has(stream)) await this.start(stream, event.at);
      await this.client.query(
        `with moved as (update parley.streams set version = $2, last_at = $4 where id = $1)
         insert into parley.events (stream, version, type, type_version, text, hash, prev, at, actor, data, appended_by)
           values ($1, $2, $3, 1, $5, encode(sha256(convert_to($5, 'UTF8')), 'hex'), '', $4, $6, $7, 'test')`,
        [
          stream,
          event.version,
          event.type,
          event.at,
          JSON.stringify(event),
          JSON.stringify(event.actor),
          JSON.stringify(event.data),
        ],
      );
    }
    this.told = this.story.log.length;
  }

  private async start(stream: string, at: string): Promise<void> {
    const kind = stream.startsWith('pgm') ? 'programme' : 'project';
    await this.client.query(`insert into parley.streams values ($1, $2, $3, 0, '', $4, 1)`, [
      stream,
      kind,
      this.story.programme.id,
      at,
    ]);
    this.started.add(stream);
  }

  /** What the database's gate says is missing for a release. */
  async missing(release: string, at = this.story.now): Promise<Reason[]> {
    const sql = 'select rule, reason from parley.gate_missing($1, $2, $3)';
    return (await this.client.query<Reason>(sql, [this.story.project.id, release, at])).rows;
  }

  async rules(release: string, at = this.story.now): Promise<string[]> {
    return [...new Set((await this.missing(release, at)).map(({ rule }) => rule))].sort();
  }

  async isLive(release: string, at = this.story.now): Promise<boolean> {
    const sql = 'select parley.gate_live($1, $2, $3) as live';
    const { rows } = await this.client.query<{ live: boolean }>(sql, [this.story.project.id, release, at]);
    return rows[0]?.live ?? false;
  }
}
