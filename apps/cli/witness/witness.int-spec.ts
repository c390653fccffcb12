// A witness over HTTP beside a real log: its cosignature travels with the head; a second log and a restored one are noticed.
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  addLogKey,
  AnotherLogSeen,
  askForCosignature,
  openKeyDirectory,
  openLedger,
  readLog,
  Sequencer,
} from '#libs/ledger';
import type { OpenedLedger } from '#libs/ledger';
import { ALGORITHM, cosignedAt, newSigner, parseNote, verifierText } from '#libs/log';
import type { SignerKey } from '#libs/log';
import { aDatabase, aSetting } from '#libs/testing';
import type { Setting } from '#libs/testing';
import type { Tell } from './alarm';
import { serveWitness } from './index';

jest.setTimeout(120_000);

let setting: Setting;
let courier: OpenedLedger;
let dir: string;
let server: Server;
let witness: SignerKey;
let alarms: { kind: string; kept: string }[];

beforeEach(async () => {
  setting = await (await aSetting(await aDatabase())).withRoster();
  courier = await openLedger({ url: setting.db.urls.COURIER });
  dir = mkdtempSync(path.join(tmpdir(), 'parley-witness-'));
  const log = await addLogKey(path.join(dir, 'log'), 'log.example/parley');
  witness = await newSigner('witness.example', ALGORITHM.COSIGNATURE);
  alarms = [];
  const tell: Tell = (alarm, file) => {
    alarms.push({ kind: alarm.kind, kept: readFileSync(file, 'utf8') });
    return Promise.resolve();
  };
  server = createServer(serveWitness({ signer: witness, logs: [log] }, dir, tell));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.close();
  await courier.close();
  await setting.close();
  rmSync(dir, { recursive: true });
});

const ask = (opened = courier) =>
  askForCosignature(opened.dataSource, {
    key: witness,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
async function sequence(opened = courier, keys = path.join(dir, 'log')): Promise<void> {
  const sequencer = new Sequencer(opened.dataSource, openKeyDirectory(keys));
  while ((await sequencer.pass()).state === 'SIGNED');
}
const deed = () => setting.onProgramme('lead', { command: { type: 'NameDeputy', deputy: 'per_researcher' } });

/** As it was shown to the witness: without its own line. */
const unwitnessed = (note: string) => note.replace(/— witness\.example .*\n/, '');

it('cosigns head after head, and the cosignature stands under the published one', async () => {
  for (let i = 0; i < 3; i += 1) {
    await deed();
    await sequence();
    await ask();
    const note = parseNote((await readLog(courier.dataSource).head())?.note ?? '');
    expect(note && typeof (await cosignedAt(note, witness))).toBe('number');
    expect(verifierText(witness)).toContain('witness.example+');
  }
});

it('I9: a second log under the same key is noticed, kept as a file with both signed heads, and told once', async () => {
  await deed();
  await sequence();
  await ask();
  const seen = (await readLog(courier.dataSource).head())?.note ?? '';
  const other = await (await aSetting(await aDatabase())).withRoster();
  const opened = await openLedger({ url: other.db.urls.COURIER });
  // The same key, without what it signed last: as an operator would who keeps two books.
  const keys = mkdtempSync(path.join(dir, 'second-'));
  cpSync(path.join(dir, 'log', 'keys'), path.join(keys, 'keys'));
  for (let i = 0; i < 3; i += 1)
    await other.onProgramme('lead', { command: { type: 'NameDeputy', deputy: 'per_researcher' } });
  await sequence(opened, keys);
  for (let i = 0; i < 2; i += 1) await expect(ask(opened)).rejects.toThrow(AnotherLogSeen);
  const shown = (await readLog(opened.dataSource).head())?.note ?? '';
  expect(alarms).toEqual([{ kind: 'NOT_EXTENDED', kept: `${unwitnessed(seen)}\n${shown}` }]);
  await opened.close();
  await other.close();
});

it('I9: a log restored from an old backup, under the same key, is noticed', async () => {
  const old = mkdtempSync(path.join(dir, 'old-'));
  await sequence();
  cpSync(path.join(dir, 'log', 'keys'), path.join(old, 'keys'));
  await deed();
  await sequence();
  await ask();
  // The tail is gone, and what was signed last with it.
  for (const table of ['log_checkpoints', 'log_entries'])
    await setting.db.query(`alter table parley.${table} disable trigger user`);
  await setting.db.query('delete from parley.log_cosignatures');
  await setting.db.query('delete from parley.log_checkpoints');
  await setting.db.query(
    'delete from parley.log_entries where position = (select max(position) from parley.log_entries)',
  );
  await sequence(courier, old);
  await expect(ask()).rejects.toThrow(/cosigned \d+ entries, and there are \d+: .* are missing/);
});
