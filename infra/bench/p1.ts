// P1: a sign-off posted until it is committed, 32 signers at once, against the same server doing one row lock and the same inserts.
import { aDatabase } from '#libs/testing';
import type { TestDatabase } from '#libs/testing';
import { atMost, median, percentile } from './figures';
import type { Figure } from './figures';
import type { Prepared } from './signers';
import { sendAtOnce, SIGNERS, Signers } from './signers';
import { Stack } from './stack';

const ROUNDS = 12;
const WARM_UP = 2;

export async function p1(say: (line: string) => void): Promise<Figure[]> {
  const stack = await new Stack().withPostgres();
  try {
    const db = await aDatabase();
    say(`P1: a programme with ${SIGNERS} researchers and ${SIGNERS} projects`);
    const signers = await Signers.gather(db);
    const portal = await stack.start('portal', 'apps/portal/main.js', {
      DATABASE_URL: db.urls.PORTAL,
      PORTAL_URL: 'http://127.0.0.1',
      API_URL: 'http://127.0.0.1:1',
    });
    const rows = await rowsOfOneDecision(db, await signers.prepare(portal, false));
    await makePeerTables(db, Object.keys(rows));
    const peer = await stack.start('peer', 'infra/bench/peer/http.js', {
      DATABASE_URL: db.urls.OWNER,
      ROWS: JSON.stringify(rows),
    });
    const count = Object.values(rows).reduce((sum, each) => sum + each.length, 0);
    say(
      `P1: one decision inserts ${count} rows into ${Object.keys(rows).length} tables: ${Object.keys(rows).join(', ')}`,
    );
    const figures: Figure[] = [];
    for (const spread of [false, true]) {
      const [ours, theirs] = await alternate(signers, portal, peer, spread, say);
      const where = spread ? `spread over ${SIGNERS} projects` : 'on one project';
      const common = { what: `sign-off POST → committed, ${SIGNERS} at once ${where}, p95`, unit: 'ms' };
      figures.push(
        atMost(
          { id: spread ? 'P1-spread' : 'P1-one', ...common, value: median(ours), peer: median(theirs) },
          2,
        ),
      );
    }
    await signers.setting.close();
    return figures;
  } finally {
    await stack.stop();
  }
}

/** p95 of each round, ours and the peer's in turn. */
async function alternate(
  signers: Signers,
  portal: string,
  peer: string,
  spread: boolean,
  say: (line: string) => void,
) {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
    const prepared = await signers.prepare(portal, spread);
    const own = percentile(await sendAtOnce(prepared), 95);
    const same = prepared.map((each, n): Prepared => ({ ...each, url: `${peer}/${spread ? n : 0}` }));
    const other = percentile(await sendAtOnce(same), 95);
    if (round < WARM_UP) continue;
    ours.push(own);
    theirs.push(other);
    say(`P1: round ${round - WARM_UP + 1} of ${ROUNDS}: ${own.toFixed(1)} ms, peer ${other.toFixed(1)} ms`);
  }
  return [ours, theirs] as const;
}

/** The rows one decision inserted or changed, by the transaction that wrote its entry. */
async function rowsOfOneDecision(db: TestDatabase, prepared: Prepared[]): Promise<Record<string, unknown[]>> {
  await sendAtOnce(prepared.slice(0, 1));
  const tables = await db.query<{ name: string }>(
    `select relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'parley' and relkind = 'r' order by relname`,
  );
  const rows: Record<string, unknown[]> = {};
  for (const { name } of tables) {
    const written = await db.query<{ row: unknown }>(
      `select to_json(t) as row from parley.${name} t
        where t.xmin = (select e.xmin from parley.events e where e.type = 'DecisionRecorded' order by e.at desc limit 1)`,
    );
    if (written.length > 0) rows[name] = written.map(({ row }) => row);
  }
  return rows;
}

/** Tables of the same columns and indexes' absence: what is measured against is the writing alone. */
async function makePeerTables(db: TestDatabase, names: string[]): Promise<void> {
  await db.query('create schema bench');
  for (const name of names) await db.query(`create table bench.${name} (like parley.${name})`);
  await db.query('create table bench.lock (id text primary key)');
  await db.query('insert into bench.lock select n::text from generate_series(0, $1::int) n', [SIGNERS]);
}
