// What the queue of mails holds, as its own process sees it.
import type { TestDatabase } from '#libs/testing';

export class Jobs {
  constructor(private readonly db: TestDatabase) {}

  /** Every row of every table of the queue. */
  async everything(): Promise<unknown[]> {
    const rows = await this.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'parley_jobs'`,
    );
    const found: unknown[] = [];
    for (const { name } of rows) found.push(...(await this.query(`select * from parley_jobs.${name}`)));
    return found;
  }

  /** Jobs that are done are gone: from now on what each held is copied as it comes. */
  async keep(): Promise<() => Promise<{ data: unknown }[]>> {
    await this.query('create table parley_jobs.kept (data jsonb)');
    await this.query(
      `create function parley_jobs.keep() returns trigger language plpgsql as
         $$ begin insert into parley_jobs.kept values (new.data); return null; end $$`,
    );
    await this.query(
      'create trigger keep after insert on parley_jobs.job for each row execute function parley_jobs.keep()',
    );
    return () => this.query('select data from parley_jobs.kept');
  }

  /** How many jobs have failed at least so many times. */
  async tried(times: number): Promise<number> {
    const sql = `select from parley_jobs.job where attempts_made >= ${times}`;
    return (await this.query(sql)).length;
  }

  /** The second in which the queue counts mails does not end, until it is ended. */
  async holdSecond(): Promise<() => Promise<unknown>> {
    await this.query(
      `create function parley_jobs.hold() returns trigger language plpgsql as
         $$ begin new.expire_at_ms := new.expire_at_ms + 3600000; return new; end $$`,
    );
    await this.query(
      'create trigger hold before insert on parley_jobs.rate_limit for each row execute function parley_jobs.hold()',
    );
    return async () => {
      await this.query('drop trigger hold on parley_jobs.rate_limit');
      await this.query('delete from parley_jobs.rate_limit');
    };
  }

  /** How many jobs are at work, and how many wait. */
  async standing(): Promise<{ active: number; waiting: number }> {
    const states = await this.query<{ state: string }>('select state from parley_jobs.job');
    const count = (wanted: string) => states.filter(({ state }) => state === wanted).length;
    return { active: count('active'), waiting: count('waiting') };
  }

  /** As a crash of Postgres might: the queue's commits do not wait for the disk. */
  async forget(): Promise<void> {
    await this.query('delete from parley_jobs.job');
  }

  private query<T>(sql: string): Promise<T[]> {
    return this.db.query<T>(sql, [], 'COURIER');
  }
}
