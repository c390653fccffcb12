// The outbox: what committed commands cause outside the ledger, handed to couriers until each effect is acknowledged.
import type { DataSource } from 'typeorm';
import type { MailOrder } from '#libs/domain';
import { listen } from './listening';
import type { BatchRow, Outbox, OutboxRow } from './types';

/** A courier that dies with rows in hand: others take them after this. */
const CLAIM = '30 seconds';
const LONGEST_WAIT_SECONDS = 3600;
/** A receipt carries the proof that a signed head of the log holds its entry: there is nothing to write before. */
const CAN_BE_WRITTEN = `(p.mail ->> 'purpose' is distinct from 'SIGN_RECEIPT' or exists (
  select from parley.log_entries e where e.stream = p.stream and e.version = p.version
    and e.position < (select max(c.size) from parley.log_checkpoints c)))`;

interface LetterRow {
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
      const [rows] = await dataSource.query<[(OutboxRow & { answered: boolean })[], number]>(
        `update parley.outbox o set not_before = parley.wall_clock() + $3::interval, attempts = o.attempts + 1,
             done_at = case when o.kind = 'wake' and exists (
               select from parley.workflow_seen w where w.stream = o.stream and w.version >= o.version)
               then parley.wall_clock() end
           where o.id in (select p.id from parley.outbox p
                            where p.done_at is null and p.kind = $1 and p.not_before <= parley.wall_clock() and ${CAN_BE_WRITTEN}
                            order by p.urgent desc, p.id limit $2 for update skip locked)
           returning o.id::text, o.key, o.kind, o.stream, o.version, o.mail, o.attempts, o.urgent, parley.instant(o.at) as at,
             o.done_at is not null as answered`,
        [kind, limit, CLAIM],
      );
      // What a workflow has read already needs no wake: its history would only grow by it.
      const open = rows.flatMap(({ answered, ...row }) => (answered ? [] : [row]));
      return open.sort((a, b) => Number(b.urgent) - Number(a.urgent) || Number(a.id) - Number(b.id));
    },

    async letter(id) {
      const sql = 'select * from parley.letter_to_send($1::bigint)';
      const [row] = await dataSource.query<LetterRow[]>(sql, [id]);
      if (row === undefined) return null;
      const { stream, mail, ordered_at: orderedAt, address, name, title, organisations, commitment } = row;
      const isDaily = row.is_daily;
      if (address === null || commitment === null)
        throw new Error(`There is no address for ${mail.person}: none was attested, or it was erased.`);
      const to = { name: name ?? mail.person, address };
      return { stream, mail, orderedAt, to, commitment, isDaily, title, organisations };
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

/**
 * One call for all the items that came while the last was under way: each caller's promise settles with the call that
 * took its items.
 */
function together<T>(work: (items: T[]) => Promise<void>): (items: T[]) => Promise<void> {
  let waiting: T[] = [];
  let underWay: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  return (items) => {
    if (items.length === 0) return Promise.resolve();
    waiting.push(...items);
    next ??= underWay.then(() => {
      const taken = waiting;
      [waiting, next] = [[], null];
      const working = work(taken);
      underWay = working.catch(() => undefined);
      return working;
    });
    return next;
  };
}
