// The browser that tests of pages use can be had on this machine, and shows a page.
import { launchBrowser } from './browser';

jest.setTimeout(120_000);

it('starts, runs a page, and ends', async () => {
  const browser = await launchBrowser();
  const page = await browser.newPage();
  await page.setContent('<h1>Sign off</h1>');
  expect(await page.textContent('h1')).toBe('Sign off');
  await browser.close();
});
