// The whole product under mishaps: processes killed, Postgres restarted, Temporal wiped; what was promised holds.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { untilFirstRelease } from '../demo/cycle-one';
import { demonstrate } from '../demo/demonstrate';
import { settingUp } from '../demo/setting-up';
import type { Tour } from '../demo/tour';
import { until } from '../dev/waiting';
import { BreakingOff, BrokenOff, descendantsOf, killAtRandom, stateOf } from './mishaps';
import { Product } from './product';
import { countTypes, projectEntries, requestsMailed } from './record';

jest.setTimeout(400_000);

const SEED = Number(process.env.PARLEY_TEST_SEED ?? 20_261_122);

let product: Product;
let calm: Record<string, number>;

beforeAll(async () => {
  product = await Product.start();
  const tour = product.tour('calm');
  await demonstrate(() => tour);
  calm = await decided(tour);
});

afterAll(() => product.remove());

/** What people decided and what the engine did once; how often it had to open data again is no decision. */
async function decided(tour: Tour): Promise<Record<string, number>> {
  const { DepositOpened, ReadOpened, ...rest } = countTypes(await projectEntries(tour));
  expect(DepositOpened).toBeGreaterThan(0);
  expect(ReadOpened).toBeGreaterThan(0);
  return rest;
}

/** The mails that ask for a signature which came since, and came more than once. */
async function askedTwice(tour: Tour, before: Map<string, number>): Promise<string[]> {
  const now = await requestsMailed(tour);
  return [...now].filter(([key, count]) => count - (before.get(key) ?? 0) > 1).map(([key]) => key);
}

it(`I4 I5 I12 I14: worker, courier and API killed at random moments (seed ${SEED}): the cycles end as they would have`, async () => {
  const tour = product.tour('killed');
  const before = await requestsMailed(tour);
  const plan = {
    seed: SEED,
    victims: ['worker', 'courier', 'api', 'analysis'],
    times: 6,
    shortestMs: 1_500,
    longestMs: 8_000,
  };
  const killing = killAtRandom(product, plan);
  await demonstrate(() => tour);
  await killing.stop();
  expect(killing.killed.length).toBeGreaterThan(2);
  expect(await decided(tour)).toEqual(calm);
  // A mail whose sending was cut off may come twice: at most one extra per crash of the courier.
  const crashes = killing.killed.filter((name) => name === 'courier').length;
  expect((await askedTwice(tour, before)).length).toBeLessThanOrEqual(crashes);
});

it('I4 I14: Postgres restarted in the middle of a cycle: it ends as it would have', async () => {
  const tour = product.tour('restarted');
  await expect(demonstrate(() => product.tour('restarted', { report: new BreakingOff(13) }))).rejects.toThrow(
    BrokenOff,
  );
  const again = product.tour('restarted');
  const old = product.pidOf('postgres');
  product.signal('postgres', 'SIGINT');
  await demonstrate(() => again);
  expect(product.pidOf('postgres')).not.toBe(old);
  expect(await decided(product.tour('restarted'))).toEqual(calm);
  expect(tour.memory.has('finished')).toBe(false);
});

it('I4 I14: Temporal wiped, then `parley rebuild`: the cycle ends as it would have and nobody is asked twice', async () => {
  await expect(demonstrate(() => product.tour('wiped', { report: new BreakingOff(28) }))).rejects.toThrow(
    BrokenOff,
  );
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
  const tour = product.tour('wiped');
  await demonstrate(() => tour);
  expect(await decided(tour)).toEqual(calm);
  const now = await requestsMailed(tour);
  const again = [...before.keys()].filter((key) => now.get(key) !== before.get(key));
  expect(again).toEqual([]);
  expect(await askedTwice(tour, before)).toEqual([]);
});

it('T10 I2 I3: a withdrawal with courier and Temporal stopped ends a running read within 10 s', async () => {
  const tour = product.tour('withdrawn');
  await settingUp(tour);
  const release = await untilFirstRelease(tour);
  const reader = await runningRead(tour, release);
  const away = ['courier', 'temporal'];
  try {
    for (const name of away) expect(product.signal(name, 'SIGSTOP')).toBe(true);
    const began = Date.now();
    await tour.as('holder').post(tour.at('/requests/r1/withdrawal'), { mode: 'STOP' });
    await until(
      () =>
        isGone(reader)
          ? Promise.resolve()
          : Promise.reject(new Error(`process ${reader} is ${stateOf(reader)}`)),
      { what: 'the running read to end', deadlineMs: 10_000 - (Date.now() - began) },
    );
  } finally {
    for (const name of away) product.signal(name, 'SIGCONT');
  }
  const ended = await tour.wait(
    'the run to be recorded as stopped',
    () => tour.as('lead').get<{ status: string; ended: { outcome: string } | null }>(tour.at('/analyses/a1')),
    ({ ended }) => ended !== null,
    ({ status }) => `it is ${status}`,
  );
  expect(ended.ended?.outcome).toBe('STOPPED');
  const types = (await projectEntries(tour)).map(({ type }) => type);
  expect(types.lastIndexOf('ReadOpened')).toBeLessThan(types.indexOf('GrantWithdrawn'));
});

const isGone = (pid: number): boolean => [undefined, 'Z'].includes(stateOf(pid));

/** Registers an analysis and freezes the process that reads for it, so that the read goes on for as long as its lease. */
async function runningRead(tour: Tour, release: string): Promise<number> {
  const worker = product.pidOf('analysis') ?? 0;
  const resident = new Set(descendantsOf(worker));
  await tour.as('researcher').post(tour.at('/analyses'), {
    release,
    method: 'descriptive',
    params: { outcome: 're78', groups: 'treat', strata: ['race'] },
    hypothesis: 'It will not be finished.',
    support: 'None.',
  });
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const reader = descendantsOf(worker).find((pid) => !resident.has(pid));
    if (reader !== undefined) {
      process.kill(reader, 'SIGSTOP');
      return reader;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('Nothing began to read');
}
