// The pages walked in a real browser: from the link to the receipt, without scripts, and within what a phone can load.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { aDatabase, aSetting } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { launchBrowser } from '../../infra/dev/testing/browser';
import { proposeReadableQuestion } from './testing/states';
import { aPortal } from './testing/visitor';
import type { RunningPortal } from './testing/visitor';

jest.setTimeout(120_000);

let setting: Setting;
let portal: RunningPortal;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  setting = await aSetting(await aDatabase());
  await setting.withQuestion();
  await proposeReadableQuestion(setting);
  portal = await aPortal(setting.db.urls.PORTAL);
});

afterAll(async () => {
  await browser?.close();
  await portal?.close();
  await setting?.close();
});

beforeEach(async () => {
  context = await browser.newContext({ locale: 'en-GB' });
  page = await context.newPage();
});

afterEach(() => context.close());

const open = (token: string) => page.goto(`${portal.url}/s/${token}`);
const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const focused = () =>
  page.evaluate<string>(`document.activeElement.id || document.activeElement.textContent`);

it('a question is answered from the link to the receipt, and the summary of errors leads to each field', async () => {
  await open(await setting.link('official', 'QUESTION'));
  expect(await page.locator('input[type=radio]:checked').count()).toBe(0);
  await page.getByRole('button', { name: 'Record my decision' }).click();
  await page.getByRole('link', { name: 'Type your full name' }).click();
  expect(await focused()).toBe('name');
  await page.getByLabel('Approve', { exact: true }).check();
  await page.getByLabel('Type your full name').fill('Person official');
  await page.getByRole('button', { name: 'Record my decision' }).click();
  await heading('Your decision is recorded');
});

it('T5: declining takes as many steps as approving, and the answers look alike', async () => {
  await open(await setting.link('researcher', 'QUESTION'));
  const looks = await page.evaluate<
    string[]
  >(`[...document.querySelectorAll('[name=choice]')].map((radio) => {
    const label = document.querySelector('label[for="' + radio.id + '"]');
    const { color, backgroundColor, fontSize, fontWeight, borderColor } = getComputedStyle(label);
    const { width, height } = radio.getBoundingClientRect();
    return [color, backgroundColor, fontSize, fontWeight, borderColor, width, height].join(' ');
  })`);
  expect(looks).toHaveLength(5);
  expect(new Set(looks).size).toBe(1);
});

it('the code is asked for, and a 409 shows what changed', async () => {
  await open(await setting.link('riskOwner', 'LEGAL'));
  await page.getByRole('radio', { name: 'Decline' }).check();
  await page.getByLabel('Type your full name').fill('Person riskOwner');
  await page.getByRole('button', { name: 'Continue' }).click();
  await heading('Type the code we mailed you');
  await open(await setting.link('researcher', 'QUESTION'));
  await page.getByLabel('Ask for changes').check();
  await page.getByLabel('Your reason').fill('Say which years.');
  await page.getByLabel('Type your full name').fill('Person researcher');
  await proposeReadableQuestion(setting);
  await page.getByRole('button', { name: 'Record my decision' }).click();
  await heading('What you read has changed');
});

it('a dead link leads to a fresh one', async () => {
  await open('A'.repeat(43));
  await page.getByRole('button').click();
  await heading('If there is something to send, it is on its way');
});

it('works with scripts switched off, and the browser’s own headers pass the form check', async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  page = await plain.newPage();
  await open(await setting.link('researcher', 'QUESTION'));
  await page.getByLabel('Abstain').check();
  await page.getByLabel('Type your full name').fill('Person researcher');
  await page.getByRole('button', { name: 'Record my decision' }).click();
  await heading('Your decision is recorded');
  const cookies = await plain.cookies();
  expect(cookies).toMatchObject([{ name: 'parley_link', httpOnly: true, sameSite: 'Lax' }]);
  await plain.close();
});

it('P11: the first load of the sign-off page is at most 100 kB, all of it from the portal', async () => {
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  await open(await setting.link('lay', 'ETHICAL'));
  await page.waitForLoadState('networkidle');
  expect(new Set(asked)).toEqual(new Set([portal.url]));
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThanOrEqual(100_000);
});

it('says what to do when cookies are off', async () => {
  // A browser that refuses cookies goes on to the clean address without one.
  const arrived = await fetch(`${portal.url}/s/${await setting.link('lay', 'ETHICAL')}`, {
    redirect: 'manual',
  });
  await page.goto(new URL(arrived.headers.get('location') ?? '', portal.url).href);
  await heading('Open the link in your mail again');
  expect(await page.getByText('allow them for this site').count()).toBe(1);
});
