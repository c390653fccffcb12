// After a migration the read models of every stream are written anew, and equal the fold of the ledger (I10).
import { DataSource } from 'typeorm';
import { aDatabase, aSetting } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { rebuildAll } from './anew';
import { VIEW_TABLES } from './rows';
import { rowsOf } from './write';

let setting: Setting;
let owner: DataSource;
beforeAll(async () => {
  setting = await (await aSetting(await aDatabase())).withQuestion();
  owner = await new DataSource({
    type: 'postgres',
    url: setting.db.urls.OWNER,
    installExtensions: false,
  }).initialize();
}, 60_000);
afterAll(async () => {
  await owner.destroy();
  await setting.close();
});

it('I10: rows that are missing, stale or nobody\u2019s any more are put right, stream by stream', async () => {
  await owner.query(`delete from parley.project_view`);
  await owner.query(`update parley.cycle_view set number = 99`);
  await owner.query(
    `insert into parley.move_view (stream, id, what, about, round, since) values ($1, 'old', 'OLD', 'k1', 0, '')`,
    [setting.project],
  );
  await rebuildAll(owner);
  const { programme, project } = await setting.world();
  for (const state of [programme, project]) {
    const rows = rowsOf(state);
    for (const table of VIEW_TABLES) {
      const stored = await owner.query<{ row: { id: string } }[]>(
        `select to_jsonb(t) as row from parley.${table} t where stream = $1`,
        [state.id],
      );
      const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
      expect(stored.map(({ row }) => row).sort(byId)).toEqual([...(rows[table] ?? [])].sort(byId));
    }
  }
});
