// The outbox: what committed commands cause outside the ledger, handed to couriers until each effect is acknowledged.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { MailOrder } from '#libs/domain';
import { listen } from './listening';
import type { BatchRow, Letter, Outbox, OutboxRow } from './types';

/** A courier that dies with rows in hand: others take them after this. */
const CLAIM = '30 seconds';
const LONGEST_WAIT_SECONDS = 3600;

interface LetterRow {
  id: string;
  stream: string;
  mail: MailOrder;
  ordered_at: string;
  address: string | null;
  name: string | null;
  title: string | null;
  organisations: Record<string, string>;
  commitment: string | null;
  is_daily: boolean;
}

export function createOutbox(dataSource: DataSource, url: string): Outbox {
  return {
    async pending(kind, limit) {
      const sql =
        'select o.*, o.id::text, parley.instant(o.at) as at from parley.take_outbox($1, $2, $3::interval, $4) o';
      const rows = await dataSource.query<(OutboxRow & { answered: boolean })[]>(sql, [
        ...[kind, limit, CLAIM],
        randomUUID(),
      ]);
      // What a workflow has read already needs no wake: its history would only grow by it.
      const open = rows.flatMap(({ answered, ...row }) => (answered ? [] : [row]));
      return open.sort((a, b) => Number(b.urgent) - Number(a.urgent) || Number(a.id) - Number(b.id));
    },

    async letters(ids) {
      const sql = 'select l.*, l.id::text from parley.letters_to_send($1::bigint[]) l';
      const rows = await dataSource.query<LetterRow[]>(sql, [ids]);
      return new Map(rows.map((row) => [row.id, letterOf(row)]));
    },

    done: together(async (ids: string[]) => {
      const sql =
        'update parley.outbox set done_at = parley.wall_clock() where id = any ($1::bigint[]) and done_at is null';
      await dataSource.query(sql, [ids]);
    }),

    async failed(id, reason) {
      await dataSource.query(
        `update parley.outbox set failure = $2,
             not_before = parley.wall_clock() + make_interval(secs => least(power(2, least(attempts, 20)), $3))
           where id = $1::bigint and done_at is null`,
        [id, reason.slice(0, 500), LONGEST_WAIT_SECONDS],
      );
    },

    async giveUp(ids, reason) {
      await dataSource.query(
        `update parley.outbox set failure = $2, not_before = 'infinity', job = null
           where id = any ($1::bigint[]) and done_at is null`,
        [ids, reason.slice(0, 500)],
      );
    },

    batch: (id) => dataSource.query<BatchRow[]>('select * from parley.digest_batch($1::bigint)', [id]),

    async returnPathKey() {
      const rows = await dataSource.query<{ key: string }[]>('select parley.return_path_key() as key');
      return rows[0]?.key ?? '';
    },

    async bounced(id, commitment, status) {
      const sql = 'select parley.report_bounce($1::bigint, $2, $3)';
      await dataSource.query(sql, [id, commitment, status]);
    },

    listen: (onHint) => listen(url, onHint),

    async behind(limit) {
      return dataSource.query<{ stream: string; version: number }[]>(
        `select s.id as stream, s.version from parley.streams s
           left join parley.workflow_seen w on w.stream = s.id
           where s.version > coalesce(w.version, 0) order by s.last_at limit $1`,
        [limit],
      );
    },

    // Forgotten by a crash of Postgres, it only has the workflow woken once more: its commit waits for no disk.
    async seen(stream, version) {
      await dataSource.query(
        `with hint as materialized (select set_config('synchronous_commit', 'off', true))
           insert into parley.workflow_seen as w (stream, version) select $1, $2::integer from hint
           on conflict (stream) do update set version = greatest(w.version, excluded.version)`,
        [stream, version],
      );
    },
  };
}

function letterOf(row: LetterRow): Letter | null {
  const { stream, mail, ordered_at: orderedAt, address, name, title, organisations, commitment } = row;
  if (address === null || commitment === null) return null;
  const to = { name: name ?? mail.person, address };
  return { stream, mail, orderedAt, to, commitment, isDaily: row.is_daily, title, organisations };
}

/** What is acknowledged at about the same time is acknowledged together. */
const GATHERED_MS = 5;

/**
 * One call for all the items that came within a moment, or while the last was under way: each caller's promise settles
 * with the call that took its items.
 */
function together<T>(work: (items: T[]) => Promise<void>): (items: T[]) => Promise<void> {
  let waiting: T[] = [];
  let underWay: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  return (items) => {
    if (items.length === 0) return Promise.resolve();
    waiting.push(...items);
    next ??= Promise.all([underWay, pause(GATHERED_MS)]).then(() => {
      const taken = waiting;
      [waiting, next] = [[], null];
      const working = work(taken);
      underWay = working.catch(() => undefined);
      return working;
    });
    return next;
  };
}
