// The whole product under mishaps: processes killed, Postgres restarted, a disk that is full, Temporal wiped; what was promised holds.
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { leaveRoom } from '#libs/testing';
import { demonstrate } from '../demo/demonstrate';
import { resultOf } from '../demo/deeds';
import { numberIn, tableOf } from '../demo/results';
import type { Signature, Tour } from '../demo/tour';
import { BreakingOff, BrokenOff, Killing } from './mishaps';
import { Product } from './product';
import { countTypes, programmeEntries, projectEntries, requestsMailed } from './record';
import { outcomeOf, UNDISTURBED } from './undisturbed';

jest.setTimeout(400_000);

const SEED = Number(process.env.PARLEY_TEST_SEED ?? 20_261_122);

let product: Product;

beforeAll(async () => {
  product = await Product.start();
});

afterAll(() => product.remove());

/** The mails that ask for a signature which came since, and came more than once. */
async function askedTwice(tour: Tour, before: Map<string, number>): Promise<string[]> {
  const now = await requestsMailed(tour);
  return [...now].filter(([key, count]) => count - (before.get(key) ?? 0) > 1).map(([key]) => key);
}

it(`I4 I5 I12 I14: worker, courier and API killed at random moments (seed ${SEED}), Postgres restarted: the cycles end as they would have`, async () => {
  const victims = ['worker', 'courier', 'api', 'analysis'];
  const killing = new Killing(product, { seed: SEED, victims, times: 7 });
  const tour = product.tour('killed', { report: killing });
  const before = await requestsMailed(tour);
  const postgres = product.pidOf('postgres');
  const receipts = receiptsOf(tour);
  await demonstrate(() => tour);
  expect(killing.killed.length).toBeGreaterThan(4);
  expect(product.pidOf('postgres')).not.toBe(postgres);
  expect(outcomeOf(await projectEntries(tour))).toEqual(UNDISTURBED);
  await expectKept(tour, receipts);
  // A mail whose sending was cut off may come twice: at most one extra per crash of the courier, or of its database.
  const crashes = 1 + killing.killed.filter((name) => name === 'courier').length;
  expect((await askedTwice(tour, before)).length).toBeLessThanOrEqual(crashes);
});

/** Every receipt that a page shows from now on. */
function receiptsOf(tour: Tour): Signature[] {
  const receipts: Signature[] = [];
  const sign = tour.sign.bind(tour);
  tour.sign = async (...what) => {
    const receipt = await sign(...what);
    if (receipt) receipts.push(receipt);
    return receipt;
  };
  return receipts;
}

/** What people were told is recorded stands in the ledger, at that position and with that digest. */
async function expectKept(tour: Tour, receipts: readonly Signature[]): Promise<void> {
  expect(receipts.length).toBeGreaterThan(20);
  const entries = [
    ...(await projectEntries(tour)).map(({ version, hash }) => `${tour.project}/${version} ${hash}`),
    ...(await programmeEntries(tour)).map(({ version, hash }) => `${tour.programme}/${version} ${hash}`),
  ];
  const given = receipts.map(({ position, digest }) => `${position} ${digest}`);
  expect(given.filter((each) => !entries.includes(each))).toEqual([]);
}

const IN_THE_MIDDLE = 'deposits the raw file by mistake; it is refused';
const AFTER_CYCLE_ONE = 'starts a cycle that descends from that reflection';

/** More than any log of these minutes, which stands under the same limit. */
const ROOM_BYTES = 32 * 1024 * 1024;

it('I11: a deposit that finds the disk full is refused, saying so, and nothing of it is kept', async () => {
  await brokenOff(IN_THE_MIDDLE);
  const tour = product.tour('wiped');
  const holder = tour.as('holder');
  const deposits = () => holder.get<{ items: { id: string; status: string }[] }>(tour.at('/deposits'));
  const invited = await tour.wait(
    'the deposit to be open',
    async () => (await deposits()).items[0],
    (deposit) => deposit?.status === 'INVITED',
    (deposit) => `it is ${deposit?.status ?? 'not there'}`,
  );
  const api = product.pidOf('api') ?? -1;
  leaveRoom(api, ROOM_BYTES);
  const file = Buffer.alloc(1.2 * ROOM_BYTES, 'id,treat\n');
  const attempt = holder.put(tour.at(`/deposits/${invited?.id}/file`), 'text/csv', file);
  await expect(attempt).rejects.toMatchObject({
    problem: {
      ...{ status: 503, rule: 'DISK_FULL' },
      detail: expect.stringContaining('There is no room left in the vault. Nothing was kept') as string,
      remedy: expect.stringContaining('operator') as string,
    },
  });
  expect(readdirSync(path.join(product.state, 'vault', 'deposits', 'incoming'))).toEqual([]);
  expect((await deposits()).items).toEqual([invited]);
  // What follows deposits there, and is taken.
  leaveRoom(api, null);
});

it('I4 I14: Temporal wiped, then `parley rebuild`: the cycle ends as it would have and nobody is asked twice', async () => {
  await brokenOff(IN_THE_MIDDLE);
  const before = await requestsMailed(product.tour('wiped'));
  await product.stop();
  product.wipeTemporal();
  await product.start();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [path.resolve(__dirname, '../../dist/apps/cli/main.js'), 'rebuild'],
    { env: { PATH: process.env.PATH ?? '', ...product.settings } },
  );
  expect(stdout).toMatch(/projects/);
  await brokenOff(AFTER_CYCLE_ONE);
  const tour = product.tour('wiped');
  const { cycle } = await tour.overview();
  expect(cycle?.stages.map(({ status }) => status)).toEqual(Array(5).fill('SETTLED'));
  const entries = await projectEntries(tour);
  expect(countTypes(entries)).toMatchObject({
    PermitGiven: 1,
    AnalysisEnded: 1,
    DepositInvited: 2,
    ReleaseSealed: 1,
  });
  outcomeOf(entries);
  const { result } = await resultOf(tour, 'a1');
  expect(Math.round(numberIn(tableOf(result, 'difference'), 'difference'))).toBe(-635);
  const now = await requestsMailed(tour);
  expect([...before.keys()].filter((key) => now.get(key) !== before.get(key))).toEqual([]);
  expect(await askedTwice(tour, before)).toEqual([]);
});

/** Goes on with the demonstration, and breaks it off before the step that does this. */
async function brokenOff(before: string): Promise<void> {
  const tour = product.tour('wiped', { report: new BreakingOff(before) });
  await expect(demonstrate(() => tour)).rejects.toThrow(BrokenOff);
}
