// The outbox: rows commit with what caused them, reach a courier once, and come back when the courier dies.
import { createConnection, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { aDatabase, aSetting, personId } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { commitText } from './index';
import type { Outbox } from './index';
import { listen } from './listening';

// A loaded machine must not look like a broken rule.
jest.setTimeout(60_000);

let setting: Setting;
let outbox: Outbox;
beforeAll(async () => {
  setting = await (await aSetting(await aDatabase())).withQuestion();
  outbox = setting.processes.courier.outbox;
});
afterAll(() => setting.close());

it('each command leaves one wake, and its mails in the order they arose', async () => {
  const wakes = await outbox.pending('wake', 1000);
  const versions = wakes.filter(({ stream }) => stream === setting.project).map(({ version }) => version);
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  await outbox.done(wakes.map(({ id }) => id));
  const mails = await outbox.pending('mail', 1000);
  expect(
    mails.filter(({ mail }) => mail?.purpose === 'SIGN_REQUEST' && mail.person === personId('lay')),
  ).toHaveLength(1);
  await outbox.done(mails.map(({ id }) => id));
});

it('two couriers never hold the same row; one that dies loses nothing', async () => {
  await setting.proposeQuestion();
  const [first, second] = await Promise.all([outbox.pending('mail', 10), outbox.pending('mail', 10)]);
  expect(first.length + second.length).toBe(2);
  expect(await outbox.pending('mail', 10)).toHaveLength(0);
  await setting.db.shiftClock('1 minute');
  const again = await outbox.pending('mail', 10);
  expect(again.map(({ attempts }) => attempts)).toEqual([2, 2]);
  await outbox.done(again.map(({ id }) => id));
  await setting.db.shiftClock('0');
});

it('a failed row waits longer each time and keeps the reason', async () => {
  await setting.proposeQuestion();
  const [row] = await outbox.pending('wake', 1);
  await outbox.failed(row?.id ?? '', 'no such host');
  expect((await outbox.pending('wake', 10)).map(({ id }) => id)).not.toContain(row?.id);
  await setting.db.shiftClock('5 seconds');
  expect((await outbox.pending('wake', 10)).map(({ id }) => id)).toContain(row?.id);
  await setting.db.shiftClock('0');
});

it('B47, T13: mails of a project in a shock are taken first, and none is left out', async () => {
  const before = await outbox.pending('mail', 1000);
  await outbox.done(before.map(({ id }) => id));
  await setting.proposeQuestion();
  const reason = commitText('The newspapers.');
  await setting.onProject('lead', {
    command: { type: 'SetTempo', tempo: 'SHOCK', cause: 'PUBLIC_OUTCRY', reason: reason.commitment },
    texts: [reason],
  });
  await setting.proposeQuestion();
  const taken = await outbox.pending('mail', 3);
  expect(taken.map(({ urgent }) => urgent).slice(0, 2)).toEqual([true, true]);
  const rest = await outbox.pending('mail', 1000);
  const all = [...taken, ...rest];
  const rounds = (urgent: boolean) =>
    all.filter((row) => row.urgent === urgent).map(({ mail }) => mail?.round);
  // The newest round's mails come before those of the round it replaced, which are still there.
  expect(Math.min(...rounds(true).map((round) => round ?? 0))).toBeGreaterThan(
    Math.min(...rounds(false).map((round) => round ?? 0)),
  );
  expect(rounds(false).length).toBeGreaterThan(0);
  await outbox.done(all.map(({ id }) => id));
});

it('a refused command leaves nothing behind', async () => {
  const count = () => setting.db.query<{ n: string }>('select count(*) as n from parley.outbox');
  const before = await count();
  const cycle = { type: 'StartCycle', descendsFrom: null } as const;
  await expect(setting.onProject('lead', { command: cycle })).rejects.toThrow();
  expect(await count()).toEqual(before);
});

it('a hint arrives after the commit', async () => {
  let hear: () => void = () => undefined;
  const heard = new Promise<void>((resolve) => (hear = resolve));
  let isReady = false;
  const stop = await outbox.listen(() => isReady && hear());
  isReady = true;
  await setting.proposeQuestion();
  await heard;
  await stop();
});

/** The database behind an address that can be cut off; `refused` counts the connections that came while it was. */
async function aDoor(url: string) {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  const door = { url: '', isShut: false, refused: 0, shut: () => open.forEach((each) => each.destroy()) };
  const server = createServer((near) => {
    near.on('error', () => undefined);
    if (door.isShut) {
      door.refused += 1;
      door.isShut = door.refused < REFUSALS;
      near.destroy();
      return;
    }
    open.add(near);
    const far = createConnection(Number(port), hostname);
    far.on('error', () => undefined).on('close', () => near.destroy());
    near.on('close', () => far.destroy());
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const behind = new URL(url);
  behind.port = String((server.address() as AddressInfo).port);
  return Object.assign(door, { url: behind.href, close: () => server.close() });
}
const REFUSALS = 30;

it('I14: a database that stays away is tried once at a time, however often, and is heard again when it is back', async () => {
  const door = await aDoor(setting.db.urls.COURIER);
  let hear: () => void = () => undefined;
  const heard = () => new Promise<void>((resolve) => (hear = resolve));
  const stop = await listen(door.url, () => hear(), 5);
  const back = heard();
  door.isShut = true;
  door.shut();
  await back;
  const next = heard();
  await setting.proposeQuestion();
  await next;
  expect(door.refused).toBe(REFUSALS);
  const listeners = `select from pg_stat_activity where datname = current_database() and query = 'listen parley_outbox'`;
  expect(await setting.db.query(listeners, [], 'SUPERUSER')).toHaveLength(1);
  await stop();
  door.close();
});

it('streams ahead of what their workflow has read are found', async () => {
  const { version } = (await setting.world()).project;
  expect(await outbox.behind(10)).toContainEqual({ stream: setting.project, version });
  await setting.processes.worker.outbox.seen(setting.project, version);
  await setting.processes.worker.outbox.seen(setting.project, 1);
  expect((await outbox.behind(10)).map(({ stream }) => stream)).not.toContain(setting.project);
});

it('what a workflow has read already wakes it no more', async () => {
  await setting.proposeQuestion();
  const { version } = (await setting.ledger.world(setting.project)).world.project;
  await setting.processes.worker.outbox.seen(setting.project, version - 1);
  const woken = (await outbox.pending('wake', 1000)).filter(({ stream }) => stream === setting.project);
  expect(woken.map((row) => row.version)).toEqual([version]);
  await setting.processes.worker.outbox.seen(setting.project, version);
  await setting.db.shiftClock('1 minute');
  expect((await outbox.pending('wake', 1000)).map(({ stream }) => stream)).not.toContain(setting.project);
  await setting.db.shiftClock('0');
});

it('T12: rows of the outbox carry identifiers only', async () => {
  const rows = await setting.db.query<{ row: string }>('select o::text as row from parley.outbox o');
  for (const { row } of rows) expect(row).not.toMatch(/@|Person |earnings/);
});
