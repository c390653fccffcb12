// The pages of people with an account: what is asked of them, a project, an output check, and a registrar's own people.
import type { Browser, Page } from 'playwright-core';
import { CUSTODIAN, DESK, found, linkIn, mailsSoFar, mailThat, PHONE, picture, show } from './camera';

const API = process.env.API_URL ?? 'http://127.0.0.1:4100';
const LEAD = 'amara@university.example';
/** Checks outputs, and is the council's registrar. */
const CHECKER = 'priya@council.example';

async function signedIn(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ viewport: DESK, locale: 'en-GB' });
  const before = await mailsSoFar('Your sign-in code', address);
  await page.goto(`${API}/app/sign-in`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('E-mail address').fill(address);
  await page.getByRole('button', { name: 'Mail me a code' }).click();
  const { subject } = await mailThat('Your sign-in code', address, before);
  await page.getByLabel('Code').fill(found(/(\d{8})/, subject));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'My projects' }).waitFor();
  return page;
}

/** Attests a colleague of the newcomer's, to whom a decision can then be handed. */
export async function asRegistrarAndChecker(browser: Browser): Promise<void> {
  const page = await signedIn(browser, CHECKER);
  await page.getByRole('link', { name: 'People of your organisation' }).click();
  await page.getByRole('button', { name: 'Attest a person' }).click();
  await page.getByLabel('Full name').fill('Sam Ellery');
  await page.getByLabel('Mail address').fill('sam@council.example');
  await page.getByLabel('Policy official').check();
  await page.getByRole('button', { name: 'Attest a person' }).click();
  await page.getByRole('heading', { name: 'Recorded' }).waitFor();
  await page.goto(`${API}/app/people`);
  await picture(page, 'registrar');
  await page.goto(`${API}/app`);
  await page.locator('#projects a').first().click();
  await page.getByRole('link', { name: 'Results', exact: true }).click();
  await page.locator('h3 a').first().click();
  await show(page, '#check');
  await picture(page, 'output-check');
}

/** What is asked of a lead, their project; they ask for a little more data, and its holder reads that on a phone. */
export async function asLeadAndHolder(browser: Browser): Promise<void> {
  const page = await signedIn(browser, LEAD);
  await picture(page, 'app');
  await page.locator('#projects a').first().click();
  await picture(page, 'project');
  const before = await mailsSoFar('A request for data', CUSTODIAN);
  await askForMore(page);
  const phone = await browser.newPage({ viewport: PHONE, locale: 'en-GB' });
  await phone.goto(linkIn(await mailThat('A request for data', CUSTODIAN, before)));
  await picture(phone, 'phone-9-request');
  await show(phone, 'fieldset:has([name=outcome])');
  await picture(phone, 'phone-10-answers');
}

async function askForMore(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Send a data request' }).click();
  await page.getByLabel('Who holds the data?').selectOption({ label: 'Employment Programme Office' });
  await page.getByLabel('Source').fill('employment programme records');
  await page.getByLabel('Fields').fill('treat, married, re78');
  await page.locator('[name="ask.tier"][value=DEIDENTIFIED]').check();
  await page.getByLabel('Purpose').fill('whether the programme raised earnings');
  await page.getByLabel('Methods').fill('descriptive');
  await page.getByLabel('No', { exact: true }).check();
  await page
    .getByLabel('Rationale')
    .fill('People who were married may have had other earnings to begin with.');
  await page.getByLabel('What it cites').fill('rel1');
  await page.getByLabel('Summary in plain words').fill('One more field: whether people were married.');
  await page.getByRole('button', { name: 'Send a data request' }).click();
  await page.getByRole('heading', { level: 1, name: 'Send a data request' }).waitFor({ state: 'detached' });
}
