// Backup and restore as infra/docs/backup.md tells it: a physical copy of the database on a machine of its own, beside the log's directory.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addLogKey, openKeyDirectory, openLedger, readLog, Sequencer } from '#libs/ledger';
import { parseCheckpoint, parseNote } from '#libs/log';
import { aDatabase, aSetting, sealed, signTrust } from '#libs/testing';
import type { TestDatabase } from '#libs/testing';
import { anyFreePort } from '../dev/ports';
import { startPostgres } from '../dev/postgres';
import type { RunningPostgres } from '../dev/postgres';
import { removePostgresHome } from '../dev/postgres-home';
import { createRoles } from '../dev/roles';

jest.setTimeout(180_000);

let parent: string;
let port: number;
const at = (name: string) => path.join(parent, name);
let server: RunningPostgres | null = null;
const shared = { pg: process.env.PARLEY_TEST_PG, roles: process.env.PARLEY_TEST_ROLES };

beforeAll(async () => {
  port = await anyFreePort();
  parent = mkdtempSync(path.join(tmpdir(), 'parley-restore-'));
  // The system user that Postgres runs as has to get in.
  chmodSync(parent, 0o711);
});
afterAll(async () => {
  await server?.stop();
  for (const machine of ['first', 'second', 'third']) removePostgresHome(at(machine));
  rmSync(parent, { recursive: true });
  Object.assign(process.env, { PARLEY_TEST_PG: shared.pg, PARLEY_TEST_ROLES: shared.roles });
});

/** Postgres on the data of one machine, where the others were: whatever is connected finds it again. */
async function machine(name: string): Promise<void> {
  server = await startPostgres({ dir: at(name), port, logFile: at(`${name}.log`) });
  const options = { database: 'parley', secretsFile: at('secrets.json') };
  const roles = await createRoles(server.superuserUrl, options);
  Object.assign(process.env, {
    PARLEY_TEST_PG: server.superuserUrl,
    PARLEY_TEST_ROLES: JSON.stringify(roles),
  });
}
async function stopped(): Promise<void> {
  await server?.stop();
  server = null;
}
const copied = (from: string, to: string) => execFileSync('cp', ['-a', at(from), at(to)]);

async function courierOf({ urls }: TestDatabase) {
  const opened = await openLedger({ url: urls.COURIER });
  const sequencer = new Sequencer(opened.dataSource, openKeyDirectory(at('log')));
  const pass = async () => {
    for (;;) {
      const made = await sequencer.pass();
      if (made.state !== 'SIGNED') return made;
    }
  };
  return { opened, pass };
}
const permit = async ({ urls }: TestDatabase, project: string) => {
  const worker = await openLedger({ url: urls.WORKER });
  try {
    return await worker.ledger.givePermit(project, 'rel1');
  } finally {
    await worker.close();
  }
};

it('I9, I13: an old backup opens nothing and says what is missing; a better one opens by itself; nobody’s mailed head is forgotten', async () => {
  await machine('first');
  await addLogKey(at('log'), 'log.example/parley');
  const db = await aDatabase();
  const setting = await (await aSetting(db)).withAgreement();
  await sealed(setting);
  const first = await courierOf(db);
  expect(await first.pass()).toMatchObject({ state: 'IDLE' });
  const size = (await readLog(first.opened.dataSource).head())?.size ?? 0;
  await first.opened.close();
  await stopped();

  // The backup of this night; the next day people sign, and get a head by mail.
  copied('first', 'second');
  await machine('first');
  await signTrust(setting);
  const second = await courierOf(db);
  await second.pass();
  const mailed = (await readLog(second.opened.dataSource).head())?.note ?? '';
  const signed = parseCheckpoint(parseNote(mailed)?.text ?? '');
  expect(signed?.size).toBeGreaterThan(size);
  await second.opened.close();
  await stopped();
  copied('first', 'third');

  // Another machine, the old backup, and the log's directory as it was left.
  await machine('second');
  const old = await courierOf(db);
  const reason = `the database is behind its log: entries ${size} to ${(signed?.size ?? 0) - 1} were signed and are missing`;
  expect(await old.pass()).toEqual({ state: 'CLOSED', reason });
  // People can decide; nothing opens by it.
  await signTrust(setting);
  await expect(permit(db, setting.project)).rejects.toMatchObject({
    refusal: { rule: 'LOG_CLOSED' },
  });
  await old.opened.close();
  await stopped();

  // The better copy: compared, it opens, and the permit that people had signed for is given.
  await machine('third');
  await expect(permit(db, setting.project)).rejects.toMatchObject({
    refusal: { rule: 'LOG_CLOSED' },
  });
  const better = await courierOf(db);
  expect(await better.pass()).toMatchObject({ state: 'IDLE' });
  expect((await readLog(better.opened.dataSource).head())?.note).toBe(mailed);
  await expect(permit(db, setting.project)).resolves.toBeDefined();
  await Promise.all([better.opened.close(), setting.close()]);
});
