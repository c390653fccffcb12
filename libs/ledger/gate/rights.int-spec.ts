// Who may touch the gate: its owner. The worker may knock at five doors, everybody else at none.
import { aDatabase } from '#libs/testing';
import type { TestDatabase, TestRole } from '#libs/testing';

const OTHERS: TestRole[] = ['API', 'PORTAL', 'COURIER', 'AUDITOR'];

let db: TestDatabase;
beforeAll(async () => {
  db = await aDatabase();
});
afterAll(() => db.drop());

/** What the courier's self-audit compares with the entries: it reads, and opens nothing. */
const COMPARED = ['gate_rows(text)', 'gate_wrong_note(text)'];

describe('nobody else', () => {
  it('no role reads or writes what the gate knows, or calls what it is made of', async () => {
    const tables = await db.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'parley' and tablename like 'gate\\_%'`,
    );
    expect(tables.length).toBeGreaterThan(15);
    const functions = await db.query<{ name: string }>(
      `select p.oid::regprocedure::text as name from pg_proc p
        where p.pronamespace = 'parley'::regnamespace and p.proname like 'gate\\_%'`,
    );
    for (const role of [...OTHERS, 'WORKER'] as const) {
      const allowed = await db.query<{ name: string }>(
        `select t.name from unnest($1::text[]) t(name), unnest('{select,insert,update,delete,truncate}'::text[]) p
          where has_table_privilege('parley.' || t.name, p)
         union all
         select f.name from unnest($2::text[]) f(name) where has_function_privilege('parley.' || f.name, 'execute')`,
        [tables.map(({ name }) => name), functions.map(({ name }) => name.replace(/^parley\./, ''))],
        role,
      );
      const names = allowed.map(({ name }) => name).sort();
      expect({ role, names }).toEqual({ role, names: role === 'COURIER' ? COMPARED : [] });
    }
  });

  it.each(OTHERS)(
    '%s opens none of the doors',
    async (role) => {
      const doors = [
        `parley.give_permit('prj', '{}')`,
        `parley.open_read('prj', '{}')`,
        `parley.open_deposit('prj', '{}')`,
        `parley.renew_lease('lease')`,
        `parley.end_analysis('prj', '{}', 'lease')`,
      ];
      for (const door of doors)
        await expect(db.query(`select ${door}`, [], role)).rejects.toThrow('permission denied');
    },
    30_000,
  );
});
