// What a question is about and rests on, in a real browser: the issue, sources, sufficiency, rivals, a legal check, a shock.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { anOffice, aPage, HTML, RTL } from '../testing/browsing';
import type { SignInDesk } from '../testing/desk';
import { lookGood } from '../testing/looking';
import type { Installation, Team } from '../testing/installation';
import { atDataRequest, inDays } from '../testing/setting-up';

jest.setTimeout(180_000);

let desk: SignInDesk;
let installation: Installation;
let team: Team;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  ({ browser, desk, installation, team } = await anOffice());
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

const asLead = () => desk.signIn(page, 'lead@university.example');
const open = (path: string) => page.goto(`${installation.url}${path}`);

const isGood = (name: string) => lookGood(page, name);

it('B44, B52, B18, B15: the issue, the sources, the questions and rival hypotheses have pages of their own', async () => {
  const { lead, official, researcher, holder } = team.people;
  const own = await atDataRequest(installation, team);
  const path = `/projects/${own}`;
  const seen = (degree: string) => ({ degree, because: HTML });
  const profile = { contested: seen('YES'), urgent: seen('NO'), open: seen('SOMEWHAT'), risky: seen('NO') };
  await lead.client.make(`${path}/issue-profiles`, profile);
  await lead.client.make(`${path}/issue-profiles`, { ...profile, urgent: seen('YES') });
  await official.client.make(`${path}/narratives`, {
    heldAs: 'policyOfficial',
    isOwn: true,
    text: 'It works.',
  });
  await researcher.client.make(`${path}/narratives`, { heldAs: 'civilSociety', isOwn: false, text: RTL });
  await researcher.client.make(`${path}/sources`, {
    ...{ name: 'areas', heldBy: HTML, collectedFor: 'Statistics.', missing: 'Nobody.', measure: 'STOCK' },
    provenance: 'PUBLISHED',
    access: {
      ...{ kind: 'PUBLISHED', address: 'https://data.example/areas.csv', licence: 'OGL 3', version: '2027' },
      disclosureControl: 'Counts below five are suppressed.',
    },
  });
  const { items } = await lead.client.see<{ items: { id: string; name: string }[] }>(`${path}/sources`);
  const source = items.find(({ name }) => name === 'areas')?.id ?? '';
  await official.client.make(`${path}/discovery`, { claim: 'EXISTS', source, text: RTL });
  await official.client.make(`${path}/discovery`, {
    claim: 'RELEVANT',
    source,
    question: 'q1',
    text: 'It says where.',
  });
  const spec = { level: 'ROWS', fields: [{ name: 'area', type: 'text' }] };
  await holder.client.make(`${path}/imports`, {
    ...{
      source,
      version: '2027',
      licence: 'OGL 3',
      digest: 'a'.repeat(64),
      depositAs: spec,
      releaseAs: spec,
    },
    expires: inDays(100),
  });
  await researcher.client.make(`${path}/hypotheses`, { statement: RTL, reason: 'A first guess.' });
  await official.client.make(`${path}/hypotheses`, {
    statement: HTML,
    reason: 'Another view.',
    rivals: ['hy1'],
  });
  await official.client.make(`${path}/sufficiency/revocations`, { reason: HTML });
  await asLead();
  await open(`/app${path}`);
  await page.getByRole('link', { name: 'Issue', exact: true }).click();
  await page.getByRole('heading', { name: 'Competing narratives' }).waitFor();
  const cards = page.locator('.parley-card');
  const [left, right] = await Promise.all([cards.nth(0).boundingBox(), cards.nth(1).boundingBox()]);
  expect(Math.abs((left?.y ?? 0) - (right?.y ?? 1))).toBeLessThan(2);
  expect((right?.x ?? 0) > (left?.x ?? 0)).toBe(true);
  await page.getByText('Now, since').waitFor();
  await page.getByText('Earlier, on').waitFor();
  await isGood('issue');
  await page.getByRole('link', { name: 'Sources' }).click();
  await page.getByText('The legal check waits for The riskOwner').waitFor();
  await page.getByText('What was said of').first().click();
  await isGood('sources');
  await page.getByRole('link', { name: 'Question and sufficiency' }).click();
  await page.getByText('No wave opens until a version signed since').waitFor();
  await page.getByText('Did earnings rise?').waitFor();
  await isGood('sufficiency');
  await page.getByRole('link', { name: 'Hypotheses' }).click();
  await page.getByRole('heading', { name: 'Its rival' }).first().waitFor();
  await isGood('hypotheses-rivals');
  await page.getByRole('link', { name: 'Timeline' }).click();
  await page.getByText('Sufficiency revoked').waitFor();
  await isGood('timeline');
  // A narrative that is held by a role alone says nothing of who told it, here neither.
  expect(await page.getByText('what it says is not for you').count()).toBeGreaterThan(0);
  await page.getByRole('link', { name: 'Earlier' }).click();
  await page.getByText('Project started').waitFor();
  expect(await page.locator('main').innerHTML()).not.toMatch(/<b>|<script/);
});

it('B23, B47: a risk owner records the legal check, an official sets the tempo; neither is offered the other’s form', async () => {
  await desk.signIn(page, 'riskowner@holder.example');
  await page.getByRole('link', { name: 'Did the programme raise earnings?' }).first().waitFor();
  await page.getByText('record the legal check (imp1)').waitFor();
  const { items } = await team.people.lead.client.see<{ items: { stream: string; what: string }[] }>(
    '/accounts/me/moves',
  );
  const own = items.find(({ what }) => what === 'propose a question for which the data suffices')?.stream;
  await open(`/app/projects/${own}`);
  expect(await page.getByRole('link', { name: 'Set the tempo' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Record the legal check of published data' }).click();
  await isGood('legal-check');
  await page.getByRole('button', { name: 'Record the legal check' }).click();
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  await page.getByLabel('imp1: areas').check();
  await page.getByLabel('Permitted', { exact: true }).check();
  await page.getByLabel('What you checked').fill(HTML);
  await page.getByRole('button', { name: 'Record the legal check' }).click();
  await page.getByRole('heading', { name: 'Recorded' }).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await desk.signIn(page, 'official@council.example');
  await page.getByRole('heading', { level: 1, name: 'My projects' }).waitFor();
  await open(`/app/projects/${own}/do/set-tempo`);
  await page.getByLabel('Shock', { exact: true }).check();
  await page.getByLabel('What caused the shock?').selectOption('PUBLIC_OUTCRY');
  await page.getByLabel('Your reason').fill('The newspapers.');
  await page.getByRole('button', { name: 'Set the tempo' }).click();
  await page.getByRole('heading', { name: 'Recorded' }).waitFor();
  await open('/app');
  await page.locator('#projects li').first().getByText('Shock').waitFor();
  await isGood('projects-shock');
});
