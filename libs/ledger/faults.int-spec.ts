// Broken connections at any moment: what was acknowledged stands, what was not is whole or absent, and the next command goes through.
import { aDatabase, aSetting } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { follow, START } from './index';
import type { Receipt } from './index';

// A loaded machine must not look like a broken rule.
jest.setTimeout(60_000);

let setting: Setting;
beforeAll(async () => {
  setting = await (await aSetting(await aDatabase())).withAgreement();
});
afterAll(() => setting.close());

const rows = () =>
  setting.db.query<{ version: number; hash: string; text: string }>(
    'select version, hash, text from parley.events where stream = $1 order by version',
    [setting.programme],
  );

const nameDeputy = () =>
  setting.onProgramme('lead', { command: { type: 'NameDeputy', deputy: 'per_researcher' } });

it('I4: with connections killed at random moments, every acknowledged entry is in the ledger, once', async () => {
  const acknowledged: Receipt[] = [];
  let refused = 0;
  const people = Array.from({ length: 8 }, async () => {
    for (let attempt = 0; attempt < 25; attempt += 1) {
      await nameDeputy().then(
        (receipt) => acknowledged.push(receipt),
        () => (refused += 1),
      );
    }
  });
  const all = Promise.all(people);
  const killing = (async () => {
    for (let kill = 0; kill < 40; kill += 1) {
      await setting.db.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
           where usename = 'parley_api' and datname = current_database() order by random() limit 2`,
        [],
        'SUPERUSER',
      );
    }
  })();
  await Promise.all([all, killing]);

  const ledger = await rows();
  expect(
    follow(
      setting.programme,
      START,
      ledger.map(({ text }) => text),
    ).version,
  ).toBe(ledger.length);
  const hashes = new Map(ledger.map(({ version, hash }) => [version, hash]));
  const versions = acknowledged.map(({ version }) => version);
  expect(new Set(versions).size).toBe(versions.length);
  for (const { version, head } of acknowledged) expect(hashes.get(version)).toBe(head);
  expect(acknowledged.length + refused).toBe(200);
  expect((await nameDeputy()).entries).toHaveLength(1);
});

it('each entry of a command stands with its wake in the outbox, or neither does', async () => {
  const unwoken = await setting.db.query(
    `select e.version from parley.events e where e.stream = $1 and e.type = 'DeputyNamed'
       and not exists (select from parley.outbox o where o.stream = e.stream and o.version = e.version and o.kind = 'wake')`,
    [setting.programme],
  );
  expect(unwoken).toEqual([]);
});

it('I13: a folded state that no longer follows the database is thrown away, not trusted', async () => {
  const { version } = await nameDeputy();
  // As if the database had been restored from a backup: two entries are gone.
  await setting.db.query('alter table parley.events disable trigger events_immutable');
  await setting.db.query('delete from parley.events where stream = $1 and version > $2', [
    setting.programme,
    version - 2,
  ]);
  for (const table of ['outbox', 'log_waiting'])
    await setting.db.query(`delete from parley.${table} where stream = $1 and version > $2`, [
      setting.programme,
      version - 2,
    ]);
  await setting.db.query(
    `update parley.streams s set version = e.version, head = e.hash, last_at = e.at
       from parley.events e where e.stream = s.id and s.id = $1 and e.version = $2`,
    [setting.programme, version - 2],
  );
  const { state } = await setting.ledger.programme(setting.programme);
  expect(state.version).toBe(version - 2);
  expect((await nameDeputy()).version).toBe(version - 1);
});
