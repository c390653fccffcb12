// The demonstration's journey on the whole product, looked at from the outside; the test plays the newcomer.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { PEOPLE, ORGANISATIONS } from '../demo/cast';
import { demonstrate } from '../demo/demonstrate';
import { resultOf } from '../demo/deeds';
import { Report } from '../demo/report';
import { numberIn, tableOf } from '../demo/results';
import type { Tour } from '../demo/tour';
import type { Checkpoint, Release } from '../demo/views';
import { Product } from './product';
import { countTypes, histories, jobs, projectEntries, secretsMailed } from './record';
import { outcomeOf, UNDISTURBED } from './undisturbed';

jest.setTimeout(300_000);

interface Finding {
  readonly rule: string;
  readonly verdict: string;
  readonly people?: number;
}

interface Matched {
  readonly att: Readonly<
    Record<
      | 'weighted_mean_diff'
      | 'lm_covadj'
      | 'lm_simple_se_hc1'
      | 'lm_simple_se_cr1'
      | 'lm_covadj_se_hc1'
      | 'lm_covadj_se_cr1',
      number
    >
  >;
  readonly balance_matched: Readonly<Record<'age' | 'educ' | 're74' | 're75', { 'Std. Mean Diff.': number }>>;
}

/** As many digits as the reference prints of each of its numbers. */
const printed = (value: number): string => value.toPrecision(14);

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

it('B9 B11 B22 B48: three cycles from question to refinement, each wave permitted once', async () => {
  const counts = countTypes(await projectEntries(tour));
  expect(counts).toMatchObject({
    CycleStarted: 3,
    PermitGiven: 3,
    ReleaseProposed: 3,
    RefinementProposed: 3,
  });
  expect(outcomeOf(await projectEntries(tour))).toEqual(UNDISTURBED);
  const { releases, cycle } = await tour.overview();
  expect(releases.map(({ wave, tier, status }) => ({ wave, tier, status }))).toEqual([
    { wave: 1, tier: 'AGGREGATE', status: 'PERMITTED' },
    { wave: 2, tier: 'DEIDENTIFIED', status: 'PERMITTED' },
    { wave: 3, tier: 'DEIDENTIFIED', status: 'PERMITTED' },
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

it('names in the ledger, beside each result and in its report, the code that computed it', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [product.places().cli, 'code'], {
    env: { PATH: process.env.PATH ?? '' },
  });
  const digest = stdout.trim();
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  const ended = (await projectEntries(tour)).filter(({ type }) => type === 'AnalysisEnded');
  for (const { text } of ended) {
    const { analysis, code } = (JSON.parse(text) as { data: { analysis: string; code: object } }).data;
    expect(code).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string, digest });
    const path = tour.at(`/analyses/${analysis}`);
    expect(await tour.as('researcher').get(path)).toMatchObject({ ended: { code: { digest } } });
    expect(await tour.as('researcher').text(`${path}/result/report.html`)).toContain(digest);
  }
  expect(ended).toHaveLength(3);
});

it('B57 T8: matching and further fields are asked for once the boundary is amended, and not before', async () => {
  const text = said.join('\n');
  expect(text).toMatch(/outside the boundary in force: the method "matching", .*the field "age"/);
  const { items } = await tour
    .as('lead')
    .get<{ items: { amends: string | null; inForce: boolean }[] }>(tour.at('/boundaries'));
  expect(items.map(({ amends, inForce }) => [amends, inForce])).toEqual([
    [null, false],
    ['b1', true],
  ]);
});

it('B16: matching on the rows of wave 3 gives the reference’s effect and errors to the last digit', async () => {
  const file = path.resolve(__dirname, '../../libs/statistics/testing/reference/psm_nn_largest.json');
  const { att, balance_matched } = JSON.parse(readFileSync(file, 'utf8')) as Matched;
  const { result } = await resultOf(tour, 'a3');
  const of = (model: string, errors: string, measure: string) =>
    printed(numberIn(tableOf(result, 'effect'), measure, { model, errors }));
  const [plain, adjusted] = ['difference of means', 'adjusted for the covariates'];
  const [robust, clustered] = ['robust (HC1)', 'clustered by pair'];
  expect([
    ...[of(plain, robust, 'estimate'), of(adjusted, robust, 'estimate')],
    ...[of(plain, robust, 'standard_error'), of(plain, clustered, 'standard_error')],
    ...[of(adjusted, robust, 'standard_error'), of(adjusted, clustered, 'standard_error')],
  ]).toEqual(
    [
      ...[att.weighted_mean_diff, att.lm_covadj, att.lm_simple_se_hc1, att.lm_simple_se_cr1],
      ...[att.lm_covadj_se_hc1, att.lm_covadj_se_cr1],
    ].map(printed),
  );
  for (const covariate of ['age', 'educ', 're74', 're75'] as const)
    expect(
      numberIn(tableOf(result, 'balance'), 'difference', { covariate, sample: 'matched' }).toPrecision(12),
    ).toBe(balance_matched[covariate]['Std. Mean Diff.'].toPrecision(12));
});

it('B46: the dissent stands beside the approval it was given with', async () => {
  const { items } = await tour.as('lead').get<{ items: Checkpoint[] }>(tour.at('/checkpoints?limit=100'));
  const trust = items.find(({ kind, current }) => kind === 'TRUST' && current.subject.id === 'rel2');
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
    expect(await leaked(all)).toEqual([]);
  });

  it('in job payloads', async () => {
    const all = await jobs(product);
    expect([...all.values()].join('').length).toBeGreaterThan(100);
    expect(found(all)).toEqual([]);
    expect(await leaked(all)).toEqual([]);
  });

  it('in logs', async () => {
    const logs = Object.entries(product.logs());
    expect(logs.map(([name]) => name)).toEqual(
      expect.arrayContaining(['api.log', 'courier.log', 'worker.log']),
    );
    expect(found(logs)).toEqual([]);
    expect(await leaked(logs)).toEqual([]);
  });

  /** Where a secret of any mail, or an access token taken from behind its link, stands; never the secret itself. */
  async function leaked(texts: Iterable<[string, string]>): Promise<string[]> {
    const { tokens, codes } = await secretsMailed(tour);
    const taken = Object.keys(tour.cast.people).flatMap(
      (name) => tour.memory.recall<string>(`token ${name}`) ?? [],
    );
    expect(tokens.length).toBeGreaterThan(20);
    expect(codes.length).toBeGreaterThan(0);
    expect(taken.length).toBeGreaterThan(3);
    const secrets = { 'a link token': tokens, 'a code': codes, 'an access token': taken };
    return [...texts].flatMap(([where, text]) =>
      Object.entries(secrets).flatMap(([kind, values]) =>
        values.some((secret) => text.includes(secret)) ? [`${where}: ${kind}`] : [],
      ),
    );
  }
});

it('does not repeat a demonstration that is finished', async () => {
  const before = (await projectEntries(tour)).length;
  await demonstrate(() => tour);
  expect((await projectEntries(tour)).length).toBe(before);
  expect(said.slice(-8).join('\n')).toMatch(/Three cycles are complete/);
});
