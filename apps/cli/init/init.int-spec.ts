// The first administrator, made once; migrations, repeated without effect.
import { migrate, openLedger } from '#libs/ledger';
import { aDatabase } from '#libs/testing';
import type { TestDatabase } from '#libs/testing';
import { initialise } from './index';

let db: TestDatabase;
beforeAll(async () => {
  db = await aDatabase();
});
afterAll(() => db?.drop());

it('makes one administrator, whose token works and decides nothing in any programme', async () => {
  const { token, isNew } = await initialise(db.urls.OWNER, 'Admin@Parley.example');
  expect(isNew).toBe(true);
  const opened = await openLedger({ url: db.urls.API });
  const account = await opened.credentials.check(token);
  await opened.close();
  expect(account).toMatchObject({ person: null, programme: null });
  expect(account?.administrator).toMatch(/^adm_/);
});

it('gives the same address a fresh token, and refuses any other', async () => {
  expect((await initialise(db.urls.OWNER, 'admin@parley.example')).isNew).toBe(false);
  await expect(initialise(db.urls.OWNER, 'other@parley.example')).rejects.toThrow(/nothing was changed/);
  const rows = await db.query<{ n: number }>('select count(*)::int as n from parley.administrators');
  expect(rows[0]?.n).toBe(1);
});

it('is the owner’s alone: the API’s role makes no administrator', async () => {
  await expect(initialise(db.urls.API, 'admin@parley.example')).rejects.toThrow(/permission denied/);
});

it('migrating again changes nothing', async () => {
  const schema = () =>
    db.query("select count(*)::int as n from pg_proc where pronamespace = 'parley'::regnamespace");
  const before = await schema();
  await migrate(db.urls.SUPERUSER);
  expect(await schema()).toEqual(before);
});
