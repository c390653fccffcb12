// The portal's page that verifies: alive in a sandbox of its own, the same verdict as the command line, and nothing it could reach.
import type { Browser } from 'playwright-core';
import { aDatabase } from '#libs/testing';
import { aBundle, zipped } from '#libs/verify/testing';
import { launchBrowser } from '../../../infra/dev/testing/browser';
import { aPortal } from '../testing/visitor';
import type { RunningPortal } from '../testing/visitor';

jest.setTimeout(120_000);

let portal: RunningPortal;
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
  portal = await aPortal((await aDatabase()).urls.PORTAL);
});
afterAll(async () => {
  await browser?.close();
  await portal?.close();
});

it('verifies what it is given, in an origin of its own, and asks this one for nothing more', async () => {
  const { files, key } = await aBundle();
  const page = await browser.newPage();
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const answer = await page.goto(`${portal.url}/verify`);
  expect(answer?.headers()['content-security-policy']).toMatch(
    /default-src 'none'; script-src 'sha256-.*frame-ancestors 'none'; sandbox allow-scripts allow-forms$/,
  );
  expect(await page.evaluate('self.origin')).toBe('null');
  const buffer = Buffer.from(await (await zipped(files)).arrayBuffer());
  await page.setInputFiles('#file', { name: 'export.zip', mimeType: 'application/zip', buffer });
  await page.fill('#key', key);
  await page.click('button');
  const heading = page.locator('#verdict h2');
  await heading.waitFor();
  expect(await heading.getAttribute('data-outcome')).toBe('VALID');
  expect(requests).toEqual([`${portal.url}/verify`]);
});
