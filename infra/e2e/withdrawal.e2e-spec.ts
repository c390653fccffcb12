// A withdrawal while the parts that drive and deliver stand still: what reads must end all the same.
import { setTimeout as pause } from 'node:timers/promises';
import { untilFirstRelease } from '../demo/cycle-one';
import { settingUp } from '../demo/setting-up';
import type { Tour } from '../demo/tour';
import { until } from '../dev/waiting';
import type { Patience } from '../dev/waiting';
import { commandOf, descendantsOf, stateOf } from './mishaps';
import { Product } from './product';
import { projectEntries } from './record';

jest.setTimeout(300_000);

let product: Product;

beforeAll(async () => {
  product = await Product.start();
});

afterAll(() => product.remove());

it('T10 I2 I3: a withdrawal with courier and Temporal stopped ends a running read within 10 s', async () => {
  const tour = product.tour('withdrawn');
  await settingUp(tour);
  const release = await untilFirstRelease(tour);
  const reader = await runningRead(tour, release);
  const away = ['courier', 'temporal'];
  try {
    for (const name of away) expect(product.signal(name, 'SIGSTOP')).toBe(true);
    await goesOn(reader, LONGER_THAN_A_LEASE_MS);
    const began = Date.now();
    await tour.as('holder').post(tour.at('/requests/r1/withdrawal'), { mode: 'STOP' });
    const deadlineMs = 10_000 - (Date.now() - began);
    await untilState(reader, GONE, { what: 'the running read to end', deadlineMs });
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

const LONGER_THAN_A_LEASE_MS = 6_000;

/** Nothing but the withdrawal ends the read: its lease is renewed without Temporal and courier. */
async function goesOn(pid: number, ms: number): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; await pause(100)) expect(stateOf(pid)).toBe('T');
}

/**
 * Freezes the data process that waits for the next operation, and registers an analysis, which reads with it: so the read goes on for as
 * long as its lease.
 */
async function runningRead(tour: Tour, release: string): Promise<number> {
  const worker = product.pidOf('analysis') ?? 0;
  const waiting = async (): Promise<number> => {
    const reader = descendantsOf(worker).find((pid) => commandOf(pid).includes('engine/child'));
    if (reader !== undefined && (await freeze(reader))) return reader;
    throw new Error('no data process waits');
  };
  const reader = await until(waiting, { what: 'a data process', deadlineMs: 30_000 });
  await tour.as('researcher').post(tour.at('/analyses'), {
    release,
    method: 'descriptive',
    params: { outcome: 're78', groups: 'treat', strata: ['race'] },
    hypothesis: 'It will not be finished.',
    support: 'None.',
  });
  const reads = async (): Promise<void> => {
    if (!(await projectEntries(tour)).some(({ type }) => type === 'ReadOpened'))
      throw new Error('nothing reads');
  };
  await until(reads, { what: 'the read to begin', deadlineMs: 60_000 });
  return reader;
}

/**
 * `kill` only sends: a busy machine takes a while until the process has stopped.
 * @returns whether it did; one that ended by itself just then is not the running read.
 */
async function freeze(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 'SIGSTOP');
  } catch {
    return false;
  }
  await untilState(pid, ['T', ...GONE], { what: 'the reading process to stand still', deadlineMs: 30_000 });
  return stateOf(pid) === 'T';
}

const GONE = [undefined, 'Z'];

function untilState(pid: number, states: (string | undefined)[], patience: Patience): Promise<void> {
  return until(
    () =>
      states.includes(stateOf(pid))
        ? Promise.resolve()
        : Promise.reject(new Error(`process ${pid} is ${stateOf(pid)}`)),
    patience,
  );
}
