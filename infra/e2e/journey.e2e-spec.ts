// The demonstration's journey on the whole product, looked at from the outside; the test plays the newcomer.
import { PEOPLE, ORGANISATIONS } from '../demo/cast';
import { demonstrate } from '../demo/demonstrate';
import { resultOf } from '../demo/deeds';
import { Report } from '../demo/report';
import { numberIn, tableOf } from '../demo/results';
import type { Tour } from '../demo/tour';
import type { Checkpoint, Release } from '../demo/views';
import { Product } from './product';
import { countTypes, histories, jobs, projectEntries } from './record';
import { outcomeOf, UNDISTURBED } from './undisturbed';

jest.setTimeout(300_000);

interface Finding {
  readonly rule: string;
  readonly verdict: string;
  readonly people?: number;
}

let product: Product;
let tour: Tour;
let beforeLast: Release;
const said: string[] = [];

beforeAll(async () => {
  product = await Product.start();
  const report = new Report((line) => said.push(line));
  const waits = new Promise<void>((resolve) => {
    tour = product.tour('journey', { report, ending: { once: false, tellWaiting: resolve } });
  });
  const demonstration = demonstrate(() => tour);
  await Promise.race([waits, demonstration]);
  beforeLast = await tour.as('lead').get<Release>(tour.at('/releases/rel2'));
  await tour.sign('official', await tour.asked('TRUST', 'rel2'));
  await demonstration;
});

afterAll(() => product.remove());

it('B23 T1 I12: the last release stays closed while one sign-off is missing, and says whose move it is', () => {
  expect(beforeLast.status).toBe('SEALED');
  expect(beforeLast.gate).toMatchObject({
    open: false,
    missing: [{ rule: 'TRUST', names: [PEOPLE.official.name] }],
  });
});

it('B23: an early attempt is refused, with every reason and everybody whose move it is', () => {
  const text = said.join('\n');
  expect(text).toMatch(/tries to open it at once: refused/);
  expect(text).toMatch(/TRUST +TRUST on release rel2: answers are awaited/);
  expect(text).toMatch(/BENEFIT +BENEFIT on the account of waves before 2/);
});

it('B9 B11 B22 B48: two cycles from question to refinement, each wave permitted once', async () => {
  const counts = countTypes(await projectEntries(tour));
  expect(counts).toMatchObject({
    CycleStarted: 2,
    PermitGiven: 2,
    ReleaseProposed: 2,
    RefinementProposed: 2,
  });
  expect(outcomeOf(await projectEntries(tour))).toEqual(UNDISTURBED);
  const { releases, cycle } = await tour.overview();
  expect(releases.map(({ wave, tier, status }) => ({ wave, tier, status }))).toEqual([
    { wave: 1, tier: 'AGGREGATE', status: 'PERMITTED' },
    { wave: 2, tier: 'DEIDENTIFIED', status: 'PERMITTED' },
  ]);
  expect(cycle?.stages.map(({ status }) => status)).toEqual(Array(5).fill('SETTLED'));
});

it('shows what cells can tell: −635 dollars, and hides the cells of too few people', async () => {
  const { result } = await resultOf(tour, 'a1');
  const groups = tableOf(result, 'by_group');
  expect(Math.round(numberIn(groups, 'mean', { treat: '1' }))).toBe(6349);
  expect(Math.round(numberIn(groups, 'mean', { treat: '0' }))).toBe(6984);
  expect(Math.round(numberIn(tableOf(result, 'difference'), 'difference'))).toBe(-635);
  const hidden = tableOf(result, 'by_group_and_stratum').rows.filter(
    ({ cell }) => cell.status === 'suppressed',
  );
  expect(hidden.map(({ key }) => key)).toEqual([
    { treat: '1', race: 'hispan', married: '0' },
    { treat: '1', race: 'hispan', married: '1' },
    { treat: '1', race: 'white', married: '1' },
  ]);
});

it('shows the hidden cells in none of a result’s files, and their counts to its checker only', async () => {
  const path = tour.at('/analyses/a1/result');
  const reader = await tour.as('researcher').get<{ files: { name: string }[]; findings: unknown }>(path);
  expect(reader.findings).toBeNull();
  expect(reader.files.map(({ name }) => name)).not.toContain('findings.json');
  const { findings } = await tour.as('checker').get<{ findings: Finding[] }>(path);
  const tooFew = findings.filter(({ rule, verdict }) => rule === 'frequency' && verdict === 'fail');
  expect(tooFew.map(({ people }) => people).sort()).toEqual([3, 3, 8]);
  const bytes = await Promise.all(
    reader.files.map(({ name }) => tour.as('researcher').text(`${path}/${encodeURIComponent(name)}`)),
  );
  const shown = [JSON.stringify(reader), ...bytes].join('\n');
  expect(shown).not.toMatch(/"people":\d/);
  for (const n of [8, 3]) expect(shown).not.toMatch(new RegExp(`"n":${n}[,}]`));
});

it('shows that the pooled sign flips among people without earlier earnings', async () => {
  const { result } = await resultOf(tour, 'a2');
  const strata = tableOf(result, 'difference_by_stratum');
  expect(Math.round(numberIn(strata, 'difference', { re74: 'zero' }))).toBe(1793);
  expect(Math.round(numberIn(strata, 'difference', { re74: 'not zero' }))).toBe(-2262);
});

it('B46: the dissent stands beside the approval it was given with', async () => {
  const { items } = await tour.as('lead').get<{ items: Checkpoint[] }>(tour.at('/checkpoints?limit=100'));
  const trust = items.filter(({ kind }) => kind === 'TRUST').at(-1);
  const holder = trust?.current.decisions.find(({ person }) => person.name === PEOPLE.holder.name);
  expect(holder).toMatchObject({
    choice: 'APPROVED',
    dissent: expect.stringContaining('put on record') as string,
  });
});

describe('T12: identifiers only, no names, addresses or free text', () => {
  const personal = [
    ...Object.values(PEOPLE).flatMap(({ name, address }) => [name, name.split(' ')[1] ?? name, address]),
    ...Object.values(ORGANISATIONS),
    'put on record',
    'raise earnings',
    'NREC 118',
    'furthest from work',
    'Northfield',
  ];
  const found = (texts: Iterable<[string, string]>) =>
    [...texts].flatMap(([where, text]) =>
      personal.filter((word) => text.includes(word)).map((word) => `${where}: ${word}`),
    );

  it('(which do stand where they belong: in mails)', async () => {
    const mails = await Promise.all(
      (await tour.inbox.list()).map(async ({ ID }) => (await tour.inbox.read(ID)).Text),
    );
    expect(found([['mails', mails.join('\n')]]).length).toBeGreaterThan(5);
  });

  it('in workflow histories', async () => {
    const all = await histories(product);
    expect(all.size).toBeGreaterThan(10);
    expect(found(all)).toEqual([]);
  });

  it('in job payloads', async () => {
    const all = await jobs(product);
    expect([...all.values()].join('').length).toBeGreaterThan(100);
    expect(found(all)).toEqual([]);
  });

  it('in logs', () => {
    const logs = Object.entries(product.logs());
    expect(logs.map(([name]) => name)).toEqual(
      expect.arrayContaining(['api.log', 'courier.log', 'worker.log']),
    );
    expect(found(logs)).toEqual([]);
  });
});

it('does not repeat a demonstration that is finished', async () => {
  const before = (await projectEntries(tour)).length;
  await demonstrate(() => tour);
  expect((await projectEntries(tour)).length).toBe(before);
  expect(said.slice(-5).join('\n')).toMatch(/Two cycles are complete/);
});
