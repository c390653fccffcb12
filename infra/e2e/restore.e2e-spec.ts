// Backup and restore as infra/docs/backup.md tells it: a physical copy of the database on a machine of its own, beside the directories of
// log, vault and keys; and what somebody with a mailed head then verifies.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addLogKey, openKeyDirectory, openLedger, readLog, Sequencer } from '#libs/ledger';
import { parseCheckpoint, parseNote } from '#libs/log';
import { aDatabase, aSetting, sealed, signTrust } from '#libs/testing';
import type { Setting, TestDatabase } from '#libs/testing';
import { openVault } from '#libs/vault';
import type { Vault } from '#libs/vault';
import { anyFreePort } from '../dev/ports';
import { startPostgres } from '../dev/postgres';
import type { RunningPostgres } from '../dev/postgres';
import { removePostgresHome } from '../dev/postgres-home';
import { createRoles } from '../dev/roles';
import { evidenceFile, evidenceIn, exportedTo } from './kept';

jest.setTimeout(180_000);

let parent: string;
let port: number;
const at = (name: string) => path.join(parent, name);
let server: RunningPostgres | null = null;
let db: TestDatabase;
let setting: Setting;
const shared = { pg: process.env.PARLEY_TEST_PG, roles: process.env.PARLEY_TEST_ROLES };

beforeAll(async () => {
  port = await anyFreePort();
  parent = mkdtempSync(path.join(tmpdir(), 'parley-restore-'));
  // The system user that Postgres runs as has to get in.
  chmodSync(parent, 0o711);
});
afterAll(async () => {
  await setting?.close();
  await server?.stop();
  for (const machine of ['first', 'second', 'third', 'fourth']) removePostgresHome(at(machine));
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

async function courierOf({ urls }: TestDatabase, log = 'log') {
  const opened = await openLedger({ url: urls.COURIER });
  const sequencer = new Sequencer(opened.dataSource, openKeyDirectory(at(log)));
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
  db = await aDatabase();
  setting = await (await aSetting(db)).withAgreement();
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
  await better.opened.close();
});

/** `parley verify` as anybody runs it: how it ended, and what it said. */
function verify(file: string, checkpoint: string): { code: number | null; said: string } {
  const args = ['verify', at(file), '--key', at('key.pub'), '--checkpoint', at(checkpoint)];
  const command = path.resolve(__dirname, '..', '..', 'dist', 'apps', 'cli', 'main.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' });
  return { code: status, said: `${stdout}${stderr}` };
}

const vaultOn = (places: string): Promise<Vault> =>
  openVault({
    vaultDir: at(`vault${places}`),
    keyStoreDir: at(`keys${places}`),
    scratchDir: at('scratch'),
  });

it('on a new machine, from copies of database, log, vault and keys: files open, and what is exported there holds against the head mailed last', async () => {
  const letter = Buffer.from('Dear all, this is how it was.');
  const item = await evidenceFile(setting, await vaultOn(''), letter);
  const courier = await courierOf(db);
  const early = await exportedTo(at('early.zip'), setting, courier.pass);
  await setting.onProgramme('lead', { command: { type: 'NameDeputy', deputy: 'per_researcher' } });
  await courier.pass();
  const mailed = (await readLog(courier.opened.dataSource).head())?.note ?? '';
  writeFileSync(at('mailed.txt'), mailed);
  writeFileSync(at('early.txt'), early.note);
  writeFileSync(at('key.pub'), (await readLog(courier.opened.dataSource).keys()).join(''));
  await courier.opened.close();
  await stopped();

  // Nothing of the old machine is left but the copies.
  copied('third', 'fourth');
  for (const directory of ['log', 'vault', 'keys']) {
    copied(directory, `${directory}-copy`);
    renameSync(at(directory), at(`${directory}-lost`));
  }
  await machine('fourth');
  const restored = await courierOf(db, 'log-copy');
  expect(await restored.pass()).toMatchObject({ state: 'IDLE' });
  expect((await readLog(restored.opened.dataSource).head())?.note).toBe(mailed);
  expect(await evidenceIn(setting, await vaultOn('-copy'), item)).toEqual(letter);

  await exportedTo(at('late.zip'), setting, restored.pass);
  expect(verify('late.zip', 'mailed.txt')).toEqual({
    code: 0,
    said: expect.stringMatching(
      /The log extends the head of \d+ entries given: nothing before was altered or removed/,
    ) as string,
  });
  // What was exported before says plainly that it does not reach as far as what was mailed.
  expect(verify('early.zip', 'early.txt').code).toBe(0);
  expect(verify('early.zip', 'mailed.txt')).toEqual({
    code: 2,
    said: expect.stringMatching(/is newer than it: what came after is not in it/) as string,
  });

  // Either directory left out of the backup: nothing opens that needs it, and the error is no other file's bytes.
  for (const left of ['vault', 'keys']) {
    const lacking = await openVault({
      vaultDir: at(left === 'vault' ? 'vault-none' : 'vault-copy'),
      keyStoreDir: at(left === 'keys' ? 'keys-none' : 'keys-copy'),
      scratchDir: at('scratch'),
    });
    await expect(evidenceIn(setting, lacking, item)).rejects.toMatchObject({ name: 'VaultRefusal' });
  }
  await restored.opened.close();
});
