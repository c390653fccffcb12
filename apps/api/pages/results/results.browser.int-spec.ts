// The output check and its results in a real browser: whole for the checker, without data for the author, open once checked.
import { runMethod } from '#libs/statistics';
import type { MethodInput } from '#libs/statistics';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { findingsToDecide, resultFiles } from '../../../../activities/analyses/result';
import { anOffice, aPage, HTML, RTL } from '../../testing/browsing';
import type { SignInDesk } from '../../testing/desk';
import type { Installation, PersonKey, Team } from '../../testing/installation';
import { lookGood } from '../../testing/looking';
import { atDataRequest } from '../../testing/setting-up';
import { released, runAnalysis } from '../../testing/working';

jest.setTimeout(180_000);

let desk: SignInDesk;
let installation: Installation;
let team: Team;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let at: string;

/** Forty people in two groups, and three in a town of their own: its cell is kept back, and so is another to protect it. */
const INPUT: MethodInput = {
  shape: 'rows',
  rows: 43,
  columns: {
    group: numbers((row) => (row < 20 ? 0 : 1)),
    town: numbers((row) => (row < 14 || (row >= 20 && row < 34) ? 0 : row < 40 ? 1 : 2)),
    outcome: numbers((row) => 100 + row * 3),
  },
};
const PARAMS = { outcome: 'outcome', groups: 'group', strata: ['town'] };

function numbers(of: (row: number) => number) {
  return { kind: 'number' as const, values: Float64Array.from({ length: 43 }, (_, row) => of(row)) };
}

beforeAll(async () => {
  ({ browser, desk, installation, team } = await anOffice());
  const project = await atDataRequest(installation, team);
  at = `/projects/${project}`;
  await released(installation, team, project, [{ kind: 'REVIEW_BEFORE_SHARING', value: '10' }]);
  const roles = { roles: ['policyOfficial', 'outputChecker'] };
  const { checker, official, researcher } = team.people;
  await checker.client.make(`/programmes/${team.programme}/people/${official.id}/roles`, roles);
  // The author checks others' results, too; never this one.
  const both = { roles: ['researcher', 'signatory', 'outputChecker'] };
  await team.people.lead.client.make(`/programmes/${team.programme}/people/${researcher.id}/roles`, both);
  await researcher.client.make(`${at}/analyses`, {
    ...{ release: 'rel1', method: 'descriptive', params: { outcome: 're78', groups: 'treat' } },
    ...{ hypothesis: HTML, support: RTL },
  });
  const outcome = runMethod('descriptive', INPUT, PARAMS);
  const found = findingsToDecide(outcome.findings);
  await runAnalysis(installation, project, 'a1', found, resultFiles(outcome, found));
});

afterAll(async () => {
  await browser?.close();
  await installation?.stop();
  await desk?.stop();
});

beforeEach(async () => {
  ({ context, page } = await aPage(browser));
});

afterEach(() => context.close());

const HOME: Record<string, string> = { checker: 'council', official: 'council', holder: 'holder' };
const signIn = async (who: PersonKey) => {
  await desk.signIn(page, `${who}@${HOME[who] ?? 'university'}.example`);
  await page.getByRole('heading', { level: 1, name: 'My projects' }).waitFor();
};
const open = (path: string) => page.goto(`${installation.url}${path}`);
const recorded = () => page.getByRole('heading', { name: 'Recorded' }).waitFor();

it('T4, DOMAIN § 5: the author, though a checker too, sees status and diagnostics, no number, and no form to approve it', async () => {
  await signIn('researcher');
  await open(`/app${at}/results`);
  await page.getByText('Those you made yourself are checked by somebody else.').waitFor();
  await open(`/app${at}/results/a1`);
  await page.getByText('You made this analysis, so somebody else checks it').waitFor();
  await lookGood(page, 'result-author');
  await page.getByText('Until the output check passes').waitFor();
  await page.getByRole('heading', { name: 'About the run' }).waitFor();
  expect(await page.locator('table, img').count()).toBe(0);
  expect(await page.getByRole('link', { name: 'Decide on this result' }).count()).toBe(0);
  expect((await open(`/app${at}/results/a1/files/result.json`))?.status()).toBe(403);
  expect((await open(`/app${at}/results/a1/do/decide`))?.status()).toBe(404);
});

it('DOMAIN § 5: the checker sees what waits, each finding, where and why, and the tables as they would be released', async () => {
  await signIn('checker');
  await open(`/app${at}/results`);
  await page.getByRole('heading', { name: 'Awaiting your check' }).waitFor();
  await lookGood(page, 'results');
  await page.getByRole('link', { name: 'a1: descriptive', exact: true }).click();
  await page.getByRole('heading', { name: 'The result as it would be released' }).waitFor();
  await page.getByText('Where f1 was found').click();
  expect(await page.getByText(/3 people/).count()).toBeGreaterThan(0);
  expect(await page.getByText('not shown', { exact: true }).count()).toBeGreaterThan(0);
  const plots = page.locator('figure img');
  expect(await plots.count()).toBeGreaterThan(0);
  // A plot that the policy of its own response or of the page held back would have no size.
  const widths = await plots.evaluateAll((all) =>
    all.map((each) => (each as unknown as { naturalWidth: number }).naturalWidth),
  );
  expect(Math.min(...widths)).toBeGreaterThan(0);
  await lookGood(page, 'result-check');
  expect(await page.locator('main').innerHTML()).not.toMatch(/<b>|<script/);
});

it('DOMAIN § 5: an exception takes a reason and a second checker; approval takes a reason for each finding left to a person', async () => {
  await signIn('checker');
  await open(`/app${at}/results/a1/do/propose-exception`);
  await page
    .getByLabel(/frequency, in/)
    .first()
    .check();
  await page.getByLabel('Why it does no harm').fill(HTML);
  await page.getByRole('button', { name: 'Propose an exception' }).click();
  await recorded();
  await page.getByText('A second checker has to grant it.').waitFor();
  expect(await page.getByRole('link', { name: 'Grant an exception' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signIn('official');
  await open(`/app${at}/results/a1`);
  await page.getByRole('link', { name: 'Grant an exception' }).click();
  await page.getByLabel(/^ex1/).check();
  await page.getByLabel('Why you grant it').fill('I looked, and agree.');
  await page.getByRole('button', { name: 'Grant an exception' }).click();
  await recorded();
  await page.getByText('I looked, and agree.').waitFor();
  await page.getByRole('link', { name: 'Decide on this result' }).click();
  await lookGood(page, 'result-decide');
  await page.getByLabel('Approved with conditions').check();
  await page.getByLabel('Not to be used for').fill(HTML);
  await page.getByLabel('Your name, as you sign').fill('The official');
  await page.getByRole('button', { name: 'Decide on this result' }).click();
  await page
    .getByText(/findings wait for a person/i)
    .first()
    .waitFor();
  for (const field of await page.getByLabel(/^Why this may stand/).all()) await field.fill(HTML);
  await page.getByRole('button', { name: 'Decide on this result' }).click();
  await recorded();
});

it('B27, B39: once checked, partners read tables, plots, report and CSV; the holder’s comment travels with it', async () => {
  await signIn('holder');
  await open(`/app${at}/results/a1`);
  await page.getByRole('heading', { name: 'The result', exact: true }).waitFor();
  expect(await page.getByRole('heading', { name: 'What the check found' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Comment as the holder' }).click();
  await page.getByLabel('Your comment').fill(HTML);
  await page.getByRole('button', { name: 'Comment as the holder' }).click();
  await recorded();
  await page.getByRole('heading', { name: 'Conditions' }).waitFor();
  await page.getByText(/^Not to be used for/).waitFor();
  await lookGood(page, 'result-released');
  const files = `${installation.url}/app${at}/results/a1/files`;
  const csv = await context.request.get(`${files}/by_group_and_stratum.csv`);
  expect([csv.status(), csv.headers()['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
  expect(await csv.text()).toContain('suppressed');
  const report = await context.request.get(`${files}/report.html`);
  expect(report.headers()['content-security-policy']).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  );
  expect(await report.text()).not.toMatch(/<b>|<script/);
  expect((await context.request.get(`${files}/shown.json`)).status()).toBe(404);
  await open(`/app${at}/results/a1/files/report.html`);
  await page.getByText('Did earnings rise?').waitFor();
  await page.getByText(/holder says/).waitFor();
  await page.getByText(/^Not to be used for/).waitFor();
});

it('B16, B45: a researcher registers a run from the pages, with hypothesis and what would count as support, and cancels it', async () => {
  await signIn('researcher');
  await open(`/app${at}`);
  await page.getByRole('link', { name: 'Register an analysis' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('link', { name: 'By which method? An answer is needed.' }).waitFor();
  await page.getByLabel('By which method?').selectOption('descriptive');
  await lookGood(page, 'choose-method');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('rel1').check();
  await page.getByLabel('outcome').fill('re78');
  await page.getByLabel('strata').fill('{"town"');
  await page.getByLabel('Your hypothesis').fill(HTML);
  await page.getByLabel('What would count as support?').fill(RTL);
  await page.getByRole('button', { name: 'Register an analysis' }).click();
  await page
    .getByText(/this is not JSON/)
    .first()
    .waitFor();
  await lookGood(page, 'register-analysis');
  expect(await page.getByLabel('outcome').inputValue()).toBe('re78');
  await page.getByLabel('strata').fill('');
  await page.getByRole('button', { name: 'Register an analysis' }).click();
  await page.getByRole('link', { name: 'groups: this is needed.' }).waitFor();
  await page.getByLabel('groups').fill('treat');
  await page.getByRole('button', { name: 'Register an analysis' }).click();
  await recorded();
  await page.getByRole('link', { name: 'a2: descriptive, on rel1' }).click();
  await page.getByText('The run has not ended.').waitFor();
  await page.getByText('How far it is cannot be told just now').waitFor();
  await page.getByRole('link', { name: 'Look again' }).click();
  await page.getByText('The run has not ended.').waitFor();
  await page.getByRole('link', { name: 'Cancel this run' }).click();
  await page.getByLabel('Your reason').fill(HTML);
  await lookGood(page, 'cancel-run');
  await page.getByRole('button', { name: 'Cancel this run' }).click();
  await recorded();
  await page.getByText(/cancelled it while it was going/).waitFor();
});

it('the report is accessible as a file of its own, its plots with title and description inside', async () => {
  const { token } = team.people.holder.client;
  const headers = { authorization: `Bearer ${token}` };
  const report = await fetch(`${installation.url}${at}/analyses/a1/result/report.html`, { headers });
  // Looked at without the sandbox of its response, in which no tool can run either.
  await page.setContent(await report.text());
  expect(await page.locator('svg[role=img] > title').count()).toBeGreaterThan(0);
  expect(await page.locator('svg[role=img] > desc').count()).toBeGreaterThan(0);
  await lookGood(page, 'result-report');
});
