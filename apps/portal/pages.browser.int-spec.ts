// The pages in a real browser without JavaScript: accessible by axe, whole at 320 pixels, walked by keyboard and by link.
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { signContent } from '#libs/ledger';
import { aDatabase, aSetting, nextForm } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { launchBrowser } from '../../infra/dev/testing/browser';
import { aPortal } from './testing/visitor';
import type { RunningPortal } from './testing/visitor';

jest.setTimeout(120_000);

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let setting: Setting;
let portal: RunningPortal;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  setting = await aSetting(await aDatabase());
  await setting.withQuestion();
  await proposeReadableQuestion();
  portal = await aPortal(setting.db.urls.PORTAL);
});

afterAll(async () => {
  await browser?.close();
  await portal?.close();
  await setting?.close();
});

beforeEach(async () => {
  // The tool that checks is a script, so scripts may run; the pages' own policy allows none and must be lifted for it.
  context = await browser.newContext({ bypassCSP: true, locale: 'en-GB' });
  page = await context.newPage();
});

afterEach(() => context.close());

/** A second version, so that there is a difference to show; with a table, terms and a list. */
async function proposeReadableQuestion(): Promise<void> {
  const core = {
    kind: 'QUESTION',
    question: 'Did the employment programme raise earnings in 1978?',
    framing: 'Compare people who took part with people who did not, by what they earned before.',
    sufficient: true,
    sources: [{ source: 'Programme records', holder: 'org_holder', fields: ['treat', 're74', 're78'] }],
    descendsFrom: null,
  };
  const { content, contents } = signContent(core, { text: 'Why we ask, in plain words.' });
  await setting.onProject('lead', {
    command: {
      type: 'ProposeQuestion',
      content,
      sufficient: true,
      form: nextForm((await setting.world()).project),
    },
    contents,
  });
}

/** No violation, and nothing wider than a narrow screen. */
async function isGood(name: string): Promise<void> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (
      globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      }
    ).axe.run(),
  );
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  const widths = await page.evaluate(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  );
  const [content, screen] = widths as [number, number];
  expect(content).toBeLessThanOrEqual(screen);
  await picture(`${name}-320`);
  await page.setViewportSize({ width: 1100, height: 900 });
  await picture(name);
}

/** For looking at, when a folder for pictures is given. */
async function picture(name: string): Promise<void> {
  const folder = process.env.PARLEY_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

const open = (token: string) => page.goto(`${portal.url}/s/${token}`);

it('the sign-off page, its error summary and the receipt are accessible, and work in a browser', async () => {
  await open(await setting.link('official', 'QUESTION'));
  await isGood('sign');
  expect(await page.locator('input[type=radio]:checked').count()).toBe(0);
  await page.getByRole('button', { name: 'Record my decision' }).click();
  await isGood('sign-errors');
  await page.getByRole('link', { name: 'Type your full name' }).click();
  expect(await page.evaluate('document.activeElement.id')).toBe('name');
  await page.getByLabel('Approve', { exact: true }).check();
  await page.getByLabel('Type your full name').fill('Person official');
  await page.getByRole('button', { name: 'Record my decision' }).click();
  await page.getByRole('heading', { level: 1, name: 'Your decision is recorded' }).waitFor();
  await isGood('receipt');
});

it('the page of the mailed code, the withdrawal and the 409 are accessible', async () => {
  await open(await setting.link('riskOwner', 'LEGAL'));
  await page.getByRole('radio', { name: 'Decline' }).check();
  await page.getByLabel('Type your full name').fill('Person riskOwner');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'Type the code we mailed you' }).waitFor();
  await isGood('code');
  await setting.sign('LEGAL', 'riskOwner');
  await open(await setting.link('riskOwner', 'LEGAL', 'WITHDRAW'));
  await isGood('withdraw');
  await open(await setting.link('researcher', 'AGREEMENT', 'WITHDRAW'));
  await isGood('withdraw-agreement');
  await open(await setting.link('researcher', 'QUESTION'));
  await page.getByLabel('Ask for changes').check();
  await page.getByLabel('Your reason').fill('Say which years.');
  await page.getByLabel('Type your full name').fill('Person researcher');
  await proposeReadableQuestion();
  await page.getByRole('button', { name: 'Record my decision' }).click();
  await page.getByRole('heading', { name: 'What you read has changed' }).waitFor();
  await isGood('changed');
});

it('dead links, fresh links, errors and access are accessible', async () => {
  await open('A'.repeat(43));
  await isGood('dead');
  await page.getByRole('button').click();
  await isGood('fresh');
  await page.goto(`${portal.url}/nowhere`);
  await isGood('missing');
  await page.goto(portal.url);
  await isGood('front');
});

it('works with scripts switched off, and the browser’s own headers pass the form check', async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  page = await plain.newPage();
  await open(await setting.link('researcher', 'QUESTION'));
  await page.getByLabel('Abstain').check();
  await page.getByLabel('Type your full name').fill('Person researcher');
  await page.getByRole('button', { name: 'Record my decision' }).click();
  await page.getByRole('heading', { level: 1, name: 'Your decision is recorded' }).waitFor();
  const cookies = await plain.cookies();
  expect(cookies).toMatchObject([{ name: 'parley_link', httpOnly: true, sameSite: 'Lax' }]);
  await plain.close();
});
