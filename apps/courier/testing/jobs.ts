// What the queue of mails holds, as its own process sees it.
import type { TestDatabase } from '#libs/testing';

/** The rows that these jobs carry out; a job that holds anything else is an error (T12). */
export function outboxIds(jobs: { data: unknown }[]): string[] {
  return jobs.flatMap(({ data }) => {
    const { outbox, ...more } = data as { outbox: string[] };
    if (Object.keys(more).length > 0 || !outbox.every((id) => /^\d+$/.test(id)))
      throw new Error(`a job holds more than ids of the outbox: ${JSON.stringify(data)}`);
    return outbox;
  });
}

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

  /** The mails of jobs that have failed at least so many times. */
  async tried(times: number): Promise<string[]> {
    return outboxIds(await this.query(`select data from parley_jobs.job where attempts_made >= ${times}`));
  }

  /** As a crash of Postgres might: the queue's commits do not wait for the disk. */
  async forget(): Promise<void> {
    await this.query('delete from parley_jobs.job');
  }

  private query<T>(sql: string): Promise<T[]> {
    return this.db.query<T>(sql, [], 'COURIER');
  }
}
