// Hears every statement that a database's clients send, from the server's own log, for as long as it is asked to.
import { readFileSync, statSync } from 'node:fs';
import type { TestDatabase } from '#libs/testing';

/** One line for each statement a client sends, with whose it is; continuation lines carry no prefix. */
const PREFIX = '%u|%d|';
const LINE = /^(\w+)\|(\w+)\|LOG: {2}(?:statement|execute [^:]*): (.*)$/gm;

export interface Heard {
  count: number;
  /** The statements sent most often, by whom and how they begin. */
  commonest(most: number): [string, number][];
}

export class Statements {
  private constructor(
    private readonly db: TestDatabase,
    private readonly log: string,
    private readonly from: number,
  ) {}

  static async listen(db: TestDatabase, log: string): Promise<Statements> {
    await set(db, 'log_line_prefix', PREFIX);
    await set(db, 'log_statement', 'all');
    return new Statements(db, log, statSync(log).size);
  }

  async stop(): Promise<Heard> {
    const text = readFileSync(this.log, 'utf8').slice(this.from);
    await set(this.db, 'log_statement', 'none');
    const heard = [...text.matchAll(LINE)]
      .filter(([, user]) => user !== 'postgres') // whoever measures
      .map(([, user = '', , statement = '']) => `${user}: ${statement.trim().slice(0, 90)}`);
    const counts = new Map<string, number>();
    for (const each of heard) counts.set(each, (counts.get(each) ?? 0) + 1);
    const commonest = (most: number): [string, number][] =>
      [...counts].sort(([, a], [, b]) => b - a).slice(0, most);
    return { count: heard.length, commonest };
  }
}

async function set(db: TestDatabase, setting: string, value: string): Promise<void> {
  await db.query(`alter system set ${setting} = '${value}'`, [], 'SUPERUSER');
  await db.query('select pg_reload_conf()', [], 'SUPERUSER');
  // The server's processes take it over when they next wait for their client.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
}
