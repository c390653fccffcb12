// T15 in a real browser: a lead records what somebody without e-mail said, and a colleague countersigns it.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { anOffice, aPage, HTML } from '../testing/browsing';
import type { SignInDesk } from '../testing/desk';
import type { Installation, Team } from '../testing/installation';
import { lookGood } from '../testing/looking';
import { atDataRequest } from '../testing/setting-up';
import { asked, sign } from '../testing/signing';
import { contentCode } from '#libs/web';

jest.setTimeout(180_000);

let desk: SignInDesk;
let installation: Installation;
let team: Team;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let project: string;

beforeAll(async () => {
  ({ browser, desk, installation, team } = await anOffice());
  project = await atDataRequest(installation, team);
  const { lead, checker, official } = team.people;
  const people = `/programmes/${team.programme}/people`;
  await checker.client.make(`${people}/${official.id}/departure`, {});
  await checker.client.make(people, {
    ...{ organisation: team.organisations['council'], roles: ['policyOfficial'] },
    ...{ name: `Sam ${HTML}`, address: null },
  });
  await lead.client.make(`/projects/${project}/evidence`, {
    ...{ kind: 'CALL', title: 'Call with Sam', audience: 'PARTNERS', participants: [], others: 1 },
    ...{ provenance: { origin: 'telephone', dated: new Date().toISOString() } },
    attribution: { type: 'PERSON', person: lead.id },
  });
  await lead.client.make(`/projects/${project}/questions`, {
    ...{ question: 'For whom did earnings rise?', framing: 'Tight.', sufficient: true, summary: 'Anew.' },
    change: { from: 'q1', kind: 'NARROWS', what: 'whom', because: 'it was asked' },
  });
  await sign(installation, team, project, 'QUESTION', ['researcher']);
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

const open = (form: string) => page.goto(`${installation.url}/app/projects/${project}/do/${form}`);
const press = (name: string) => page.getByRole('button', { name }).click();

it('T15: the lead records an approval against the code that was read out; errors keep what was typed', async () => {
  await desk.signIn(page, 'lead@university.example');
  await page.goto(`${installation.url}/app/projects/${project}`);
  await page.getByText('ask by telephone or on paper, and record the answer on QUESTION').waitFor();
  expect(await page.locator('main').innerHTML()).not.toMatch(/<b>bold|<script/);
  await open('record-answer');
  await lookGood(page, 'record-answer');
  await press('Record an answer');
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  const who = page.getByLabel('Who answered, and what?');
  await who.selectOption({ index: 1 });
  await page.getByLabel('The content code they were read').fill('0000 0000');
  await page.getByRole('radio', { name: 'Approved', exact: true }).check();
  await page.getByRole('radio', { name: 'Telephone' }).check();
  await page.getByLabel('What shows it?').selectOption({ index: 1 });
  await page.getByLabel('The name the person gave').fill('Sam');
  await press('Record an answer');
  await page.getByText('this is not the code of what is asked now').first().waitFor();
  await lookGood(page, 'record-answer-errors');
  expect(await page.getByLabel('The name the person gave').inputValue()).toBe('Sam');
  const { current } = await asked(team, project, 'QUESTION');
  await page.getByLabel('The content code they were read').fill(contentCode(current.content.core));
  await press('Record an answer');
  await page.getByText('this is in the ledger now').waitFor();
  expect((await asked(team, project, 'QUESTION')).current.status).toBe('OPEN');
});

it('T15: a colleague reads whose approval it is and what shows it, and countersigns; others are not offered the form', async () => {
  await desk.signIn(page, 'riskowner@holder.example');
  expect((await open('countersign'))?.status()).toBe(404);
  await context.close();
  ({ context, page } = await aPage(browser));
  await desk.signIn(page, 'checker@council.example');
  await open('countersign');
  await page.getByText('Call with Sam').waitFor();
  await lookGood(page, 'countersign');
  await press('Countersign a recorded approval');
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  await page.getByLabel('Whose approval do you confirm?').selectOption({ index: 1 });
  await page.getByLabel('Your name').fill('The checker');
  await press('Countersign a recorded approval');
  await page.getByText('this is in the ledger now').waitFor();
  expect((await asked(team, project, 'QUESTION')).current.status).toBe('SETTLED');
});
