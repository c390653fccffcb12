// The output check and its results in a real browser: whole for the checker, without data for the author, open once checked.
import { runMethod } from '#libs/statistics';
import type { MethodInput } from '#libs/statistics';
import { findingsToDecide, resultFiles } from '../../../../activities/analyses/result';
import { HTML, inAnOffice, RTL } from '../../testing/browsing';
import type { PersonKey } from '../../testing/installation';
import { lookGood } from '../../testing/looking';
import { atDataRequest } from '../../testing/setting-up';
import { released, runAnalysis } from '../../testing/working';

jest.setTimeout(180_000);

const office = inAnOffice();
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
  const project = await atDataRequest(office.installation, office.team);
  at = `/projects/${project}`;
  await released(office.installation, office.team, project, [{ kind: 'REVIEW_BEFORE_SHARING', value: '10' }]);
  const roles = { roles: ['policyOfficial', 'outputChecker'] };
  const { checker, official, researcher } = office.team.people;
  await checker.client.make(`/programmes/${office.team.programme}/people/${official.id}/roles`, roles);
  // The author checks others' results, too; never this one.
  const both = { roles: ['researcher', 'signatory', 'outputChecker'] };
  await office.team.people.lead.client.make(
    `/programmes/${office.team.programme}/people/${researcher.id}/roles`,
    both,
  );
  await researcher.client.make(`${at}/analyses`, {
    ...{ release: 'rel1', method: 'descriptive', params: { outcome: 're78', groups: 'treat' } },
    ...{ hypothesis: HTML, support: RTL },
  });
  const outcome = runMethod('descriptive', INPUT, PARAMS);
  const found = findingsToDecide(outcome.findings);
  await runAnalysis(office.installation, project, 'a1', found, resultFiles(outcome, found));
});

const HOME: Record<string, string> = { checker: 'council', official: 'council', holder: 'holder' };
const signIn = async (who: PersonKey) => {
  await office.desk.signIn(office.page, `${who}@${HOME[who] ?? 'university'}.example`);
  await office.page.getByRole('heading', { level: 1, name: 'My projects' }).waitFor();
};
const open = (path: string) => office.page.goto(`${office.installation.url}${path}`);
const recorded = () => office.page.getByRole('heading', { name: 'Recorded' }).waitFor();

it('T4, DOMAIN § 5: the author, though a checker too, sees status and diagnostics, no number, and no form to approve it', async () => {
  await signIn('researcher');
  await open(`/app${at}/results`);
  await office.page.getByText('Those you made yourself are checked by somebody else.').waitFor();
  await open(`/app${at}/results/a1`);
  await office.page.getByText('You made this analysis, so somebody else checks it').waitFor();
  await lookGood(office.page, 'result-author');
  await office.page.getByText('Until the output check passes').waitFor();
  await office.page.getByRole('heading', { name: 'About the run' }).waitFor();
  expect(await office.page.locator('table, img').count()).toBe(0);
  expect(await office.page.getByRole('link', { name: 'Decide on this result' }).count()).toBe(0);
  expect((await open(`/app${at}/results/a1/files/result.json`))?.status()).toBe(403);
  expect((await open(`/app${at}/results/a1/do/decide`))?.status()).toBe(404);
});

it('DOMAIN § 5: the checker sees what waits, each finding, where and why, and the tables as they would be released', async () => {
  await signIn('checker');
  await open(`/app${at}/results`);
  await office.page.getByRole('heading', { name: 'Awaiting your check' }).waitFor();
  await lookGood(office.page, 'results');
  await office.page.getByRole('link', { name: 'a1: descriptive', exact: true }).click();
  await office.page.getByRole('heading', { name: 'The result as it would be released' }).waitFor();
  await office.page.getByText('Where f1 was found').click();
  expect(await office.page.getByText(/3 people/).count()).toBeGreaterThan(0);
  expect(await office.page.getByText('not shown', { exact: true }).count()).toBeGreaterThan(0);
  const plots = office.page.locator('figure img');
  expect(await plots.count()).toBeGreaterThan(0);
  // A plot that the policy of its own response or of the page held back would have no size.
  const widths = await plots.evaluateAll((all) =>
    all.map((each) => (each as unknown as { naturalWidth: number }).naturalWidth),
  );
  expect(Math.min(...widths)).toBeGreaterThan(0);
  await lookGood(office.page, 'result-check');
  expect(await office.page.locator('main').innerHTML()).not.toMatch(/<b>|<script/);
});

it('DOMAIN § 5: an exception takes a reason and a second checker; approval takes a reason for each finding left to a person', async () => {
  await signIn('checker');
  await open(`/app${at}/results/a1/do/propose-exception`);
  await office.page
    .getByLabel(/frequency, in/)
    .first()
    .check();
  await office.page.getByLabel('Why it does no harm').fill(HTML);
  await office.page.getByRole('button', { name: 'Propose an exception' }).click();
  await recorded();
  await office.page.getByText('A second checker has to grant it.').waitFor();
  expect(await office.page.getByRole('link', { name: 'Grant an exception' }).count()).toBe(0);
  await office.page.getByRole('button', { name: 'Sign out' }).click();
  await signIn('official');
  await open(`/app${at}/results/a1`);
  await office.page.getByRole('link', { name: 'Grant an exception' }).click();
  await office.page.getByLabel(/^ex1/).check();
  await office.page.getByLabel('Why you grant it').fill('I looked, and agree.');
  await office.page.getByRole('button', { name: 'Grant an exception' }).click();
  await recorded();
  await office.page.getByText('I looked, and agree.').waitFor();
  await office.page.getByRole('link', { name: 'Decide on this result' }).click();
  await lookGood(office.page, 'result-decide');
  await office.page.getByLabel('Approved with conditions').check();
  await office.page.getByLabel('Not to be used for').fill(HTML);
  await office.page.getByLabel('Your name, as you sign').fill('The official');
  await office.page.getByRole('button', { name: 'Decide on this result' }).click();
  await office.page
    .getByText(/findings wait for a person/i)
    .first()
    .waitFor();
  for (const field of await office.page.getByLabel(/^Why this may stand/).all()) await field.fill(HTML);
  await office.page.getByRole('button', { name: 'Decide on this result' }).click();
  await recorded();
});

it('B27, B39: once checked, partners read tables, plots, report and CSV; the holder’s comment travels with it', async () => {
  await signIn('holder');
  await open(`/app${at}/results/a1`);
  await office.page.getByRole('heading', { name: 'The result', exact: true }).waitFor();
  expect(await office.page.getByRole('heading', { name: 'What the check found' }).count()).toBe(0);
  await office.page.getByRole('link', { name: 'Comment as the holder' }).click();
  await office.page.getByLabel('Your comment').fill(HTML);
  await office.page.getByRole('button', { name: 'Comment as the holder' }).click();
  await recorded();
  await office.page.getByRole('heading', { name: 'Conditions' }).waitFor();
  await office.page.getByText(/^Not to be used for/).waitFor();
  await lookGood(office.page, 'result-released');
  const files = `${office.installation.url}/app${at}/results/a1/files`;
  const csv = await office.context.request.get(`${files}/by_group_and_stratum.csv`);
  expect([csv.status(), csv.headers()['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
  expect(await csv.text()).toContain('suppressed');
  const report = await office.context.request.get(`${files}/report.html`);
  expect(report.headers()['content-security-policy']).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  );
  expect(await report.text()).not.toMatch(/<b>|<script/);
  expect((await office.context.request.get(`${files}/shown.json`)).status()).toBe(404);
  await open(`/app${at}/results/a1/files/report.html`);
  await office.page.getByText('Did earnings rise?').waitFor();
  await office.page.getByText(/holder says/).waitFor();
  await office.page.getByText(/^Not to be used for/).waitFor();
});

it('B16, B45: a researcher registers a run from the pages, with hypothesis and what would count as support, and cancels it', async () => {
  await signIn('researcher');
  await open(`/app${at}`);
  await office.page.getByRole('link', { name: 'Register an analysis' }).click();
  await office.page.getByRole('button', { name: 'Continue' }).click();
  await office.page.getByRole('link', { name: 'By which method? An answer is needed.' }).waitFor();
  await office.page.getByLabel('By which method?').selectOption('descriptive');
  await lookGood(office.page, 'choose-method');
  await office.page.getByRole('button', { name: 'Continue' }).click();
  await office.page.getByLabel('rel1').check();
  await office.page.getByLabel('outcome').fill('re78');
  await office.page.getByLabel('strata').fill('{"town"');
  await office.page.getByLabel('Your hypothesis').fill(HTML);
  await office.page.getByLabel('What would count as support?').fill(RTL);
  await office.page.getByRole('button', { name: 'Register an analysis' }).click();
  await office.page
    .getByText(/this is not JSON/)
    .first()
    .waitFor();
  await lookGood(office.page, 'register-analysis');
  expect(await office.page.getByLabel('outcome').inputValue()).toBe('re78');
  await office.page.getByLabel('strata').fill('');
  await office.page.getByRole('button', { name: 'Register an analysis' }).click();
  await office.page.getByRole('link', { name: 'groups: this is needed.' }).waitFor();
  await office.page.getByLabel('groups').fill('treat');
  await office.page.getByRole('button', { name: 'Register an analysis' }).click();
  await recorded();
  await office.page.getByRole('link', { name: 'a2: descriptive, on rel1' }).click();
  await office.page.getByText('The run has not ended.').waitFor();
  await office.page.getByText('How far it is cannot be told just now').waitFor();
  await office.page.getByRole('link', { name: 'Look again' }).click();
  await office.page.getByText('The run has not ended.').waitFor();
  await office.page.getByRole('link', { name: 'Cancel this run' }).click();
  await office.page.getByLabel('Your reason').fill(HTML);
  await lookGood(office.page, 'cancel-run');
  await office.page.getByRole('button', { name: 'Cancel this run' }).click();
  await recorded();
  await office.page.getByText(/cancelled it while it was going/).waitFor();
});

it('the report is accessible as a file of its own, its plots with title and description inside', async () => {
  const { token } = office.team.people.holder.client;
  const headers = { authorization: `Bearer ${token}` };
  const report = await fetch(`${office.installation.url}${at}/analyses/a1/result/report.html`, { headers });
  // Looked at without the sandbox of its response, in which no tool can run either.
  await office.page.setContent(await report.text());
  expect(await office.page.locator('svg[role=img] > title').count()).toBeGreaterThan(0);
  expect(await office.page.locator('svg[role=img] > desc').count()).toBeGreaterThan(0);
  await lookGood(office.page, 'result-report');
});
