// A story told in memory, written into a real ledger entry by entry, each at its own time.
import { entryTexts, START } from '#libs/ledger';
import type { Place } from '#libs/ledger';
import type { Recorded } from '#libs/domain';
import { createHash } from 'node:crypto';
import type { TestDatabase } from './database';

export interface Logged {
  stream: string;
  event: Recorded;
}

/** The canonical entries of a story's log, in order of recording. */
export function entriesOf(log: Logged[]): { stream: string; text: string; at: string; type: string }[] {
  const places = new Map<string, Place>();
  return log.map(({ stream, event: { at, actor, version: _version, ...event } }) => {
    const place = places.get(stream) ?? START;
    const [text = ''] = entryTexts(stream, place, [event], actor, at);
    const head = createHash('sha256').update(text).digest('hex');
    places.set(stream, { version: place.version + 1, head });
    return { stream, text, at, type: event.type };
  });
}

/** Appends a story as the owner, with the database's clock standing at each entry's time; it stays at the last one. */
export async function replay(db: TestDatabase, log: Logged[]): Promise<void> {
  await standClock(db, log[0]?.event.at ?? '2026-01-01T00:00:00.000Z');
  for (const { stream, text, at, type } of entriesOf(log)) {
    await db.query('update parley.test_clock set at = $1', [at]);
    const sql = `select parley.append_checked($1, array[$2], array[$3], array['person', 'process', 'administrator'])`;
    await db.query(sql, [stream, text, type]);
  }
}

/** The clock stands at `at` until it is set again. */
export async function standClock(db: TestDatabase, at: string): Promise<void> {
  await db.query('create table if not exists parley.test_clock (at timestamptz not null)');
  await db.query('grant select on parley.test_clock to public');
  await db.query('delete from parley.test_clock');
  await db.query('insert into parley.test_clock values ($1)', [at]);
  await db.query(
    `create or replace function parley.wall_clock() returns timestamptz
       language sql volatile set search_path = parley, pg_temp as $$ select at from parley.test_clock $$`,
  );
}
