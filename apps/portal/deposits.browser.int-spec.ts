// A file handed over in a real browser on a phone, with scripts switched off: from the mail's link to the report.
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../infra/dev/testing/browser';
import { closePortal, openPortal } from './testing/asking';
import type { Opened } from './testing/asking';
import { depositCode, depositLink, grantedRows, theVault } from './testing/deposits';
import type { TheVault } from './testing/deposits';

jest.setTimeout(120_000);

let opened: Opened;
let vault: TheVault;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  opened = await openPortal();
  vault = await theVault(opened.start, opened.portal.vaultDir);
  const phone = { viewport: { width: 320, height: 640 }, javaScriptEnabled: false, locale: 'en-GB' };
  page = await (await browser.newContext(phone)).newPage();
});
afterAll(async () => {
  await browser?.close();
  await closePortal(opened);
});

const rows = Array.from({ length: 40 }, (_, n) => `person-${String(n).padStart(12, '0')},${n % 2},${n}`);
const file = {
  name: 'data.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['id,treat,re78', ...rows].join('\n')),
};

it('works with scripts switched off, and the browser’s own multipart form is read', async () => {
  const setting = opened.start.withAnotherProject();
  await grantedRows(setting);
  await vault.invite(setting.project);
  await page.goto(`${opened.portal.url}/s/${await depositLink(setting)}`);
  await page.getByRole('button', { name: 'Mail me a code' }).click();
  await page.getByRole('alert').getByRole('link', { name: 'Type your full name' }).waitFor();
  await page.getByLabel('Type your full name').fill('Person holder');
  await page.getByRole('button', { name: 'Mail me a code' }).click();
  await page
    .getByLabel('The 8 digits from the mail')
    .fill(await depositCode(setting.processes.courier.links, setting.project));
  await page.getByRole('button', { name: 'Go on to the file' }).click();
  await page.getByRole('button', { name: 'Hand the file over' }).click();
  await page.getByRole('alert').getByRole('link', { name: 'Choose the file to hand over' }).waitFor();
  await page.getByLabel('Type your full name').fill('Person holder');
  await page.getByLabel('Choose the file').setInputFiles(file);
  await page.getByRole('button', { name: 'Hand the file over' }).click();
  await page.getByText('The file has been received.').waitFor();
  await vault.check(setting.project);
  await page.reload();
  await page.getByText('The file fits what was granted.').waitFor();
  expect(await page.getByText('40 rows were read.').count()).toBe(1);
});
