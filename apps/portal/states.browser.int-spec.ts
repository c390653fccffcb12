// Every page in every state in a real browser: no violation by axe, and whole on a narrow screen and with large text.
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../../infra/dev/testing/browser';
import { closePortal, openPortal } from './testing/asking';
import type { Opened } from './testing/asking';
import { everyState } from './testing/states';
import type { State } from './testing/states';

jest.setTimeout(300_000);

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  nodes: { html: string }[];
}

let opened: Opened;
let states: State[];
let browser: Browser;
let context: BrowserContext;
let page: Page;
let found: Found;

beforeAll(async () => {
  browser = await launchBrowser();
  opened = await openPortal();
  states = await everyState(opened);
  // The tool that checks is a script; the pages' own policy allows none and must be lifted for it.
  context = await browser.newContext({ bypassCSP: true, locale: 'en-GB' });
  page = await context.newPage();
  // What was served is shown again at an address below the portal's, so that its style sheet is the portal's own.
  await page.route(`${opened.portal.url}/state/*`, (route) => {
    const state = states[Number(new URL(route.request().url()).pathname.split('/').at(-1))];
    return route.fulfill({ status: 200, contentType: 'text/html; charset=utf-8', body: state?.html ?? '' });
  });
  found = await lookAtAll();
});

afterAll(async () => {
  await browser?.close();
  await closePortal(opened);
});

/** What is wrong with each page, by what was looked at and the page's state. */
type Found = Record<'axe' | 'axeNarrow' | 'sideways' | 'enlarged' | 'headings', Record<string, unknown[]>>;

/** Each page is opened once, and looked at in every way, so that many states take little longer than few. */
async function lookAtAll(): Promise<Found> {
  const found: Found = { axe: {}, axeNarrow: {}, sideways: {}, enlarged: {}, headings: {} };
  for (const [index, { name }] of states.entries()) {
    const note = async (way: keyof Found, look: () => Promise<unknown[]>) => {
      const there = await look();
      if (there.length > 0) found[way][name] = there;
    };
    await page.setViewportSize({ width: 1100, height: 800 });
    await page.goto(`${opened.portal.url}/state/${index}`);
    await page.evaluate(axe);
    await note('axe', violations);
    await note('headings', jumps);
    await page.setViewportSize({ width: 320, height: 640 });
    await note('axeNarrow', violations);
    await note('sideways', beyondTheScreen);
    await page.setViewportSize({ width: 640, height: 800 });
    await note('enlarged', enlarged);
  }
  return found;
}

async function violations(): Promise<string[]> {
  // The size of targets is the one rule of WCAG 2.2 AA that axe leaves off by itself.
  const found = await page.evaluate<Violation[]>(
    `axe.run({ rules: { 'target-size': { enabled: true } } }).then(({ violations }) => violations)`,
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** What reaches beyond the screen, if the page scrolls sideways. */
async function beyondTheScreen(): Promise<string[]> {
  return await page.evaluate<string[]>(`(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((part) => part.getBoundingClientRect().right > clientWidth + 1)
      .map((part) => part.outerHTML.slice(0, 80));
  })()`);
}

/** What is cut, left small, or beyond the screen with text of 200 %. */
async function enlarged(): Promise<string[]> {
  await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
  const small = await page.evaluate<
    string[]
  >(`[...document.querySelectorAll('main p, main li, main label, main dt, main dd, main legend, header span, footer p')]
      .filter((part) => part.textContent.trim() !== '' && parseFloat(getComputedStyle(part).fontSize) < 30)
      .map((part) => part.outerHTML.slice(0, 80))`);
  return [...small, ...(await beyondTheScreen())];
}

/** Levels of headings that step down by more than one, or begin more than once. */
async function jumps(): Promise<number[]> {
  const levels = await page.evaluate<number[]>(
    `[...document.querySelectorAll('h1,h2,h3,h4')].map((heading) => Number(heading.localName[1]))`,
  );
  const firsts = levels.filter((level) => level === 1).length;
  // The summary of errors stands before the first heading, as GOV.UK has it.
  const after = levels.slice(levels.indexOf(1));
  const steps = after.filter((level, index) => level > (after[index - 1] ?? 1) + 1);
  return [...(firsts === 1 ? [] : [firsts]), ...steps];
}

it('axe finds nothing on any page in any state, wide and narrow', () => {
  expect(states.length).toBeGreaterThan(100);
  expect([found.axe, found.axeNarrow]).toEqual([{}, {}]);
});

it('no page scrolls sideways at 320 pixels', () => expect(found.sideways).toEqual({}));

it('no page scrolls sideways, and no text is cut, with text of 200 %', () =>
  expect(found.enlarged).toEqual({}));

it('headings step down one by one, from one first heading', () => expect(found.headings).toEqual({}));

it('errors stand on top and at their fields, the title says so, and what was typed is kept', async () => {
  for (const [index, { name, html }] of states.entries()) {
    if (!html.includes('govuk-error-summary')) continue;
    await page.goto(`${opened.portal.url}/state/${index}`);
    expect([name, await page.title()]).toEqual([name, expect.stringMatching(/^Error: /)]);
    const links = await page.locator('.govuk-error-summary a').all();
    for (const link of links) {
      const field = page.locator((await link.getAttribute('href')) ?? '');
      expect(await field.count()).toBe(1);
      const id = (await field.getAttribute('id')) ?? '';
      const message = page.locator(`[id="${id}-error"]`);
      expect(await message.textContent()).toContain(await link.textContent());
      expect(await page.locator(`[aria-describedby~="${id}-error"]`).count()).toBeGreaterThan(0);
    }
  }
  const wrong = states.find(({ name }) => name === 'sign, all wrong')?.html ?? '';
  for (const kept of ['11111', '22222', '???', '2001-01-01']) expect(wrong).toContain(kept);
  for (const box of ['reviewBeforeSharing', 'askAgain'])
    expect(wrong).toMatch(new RegExp(`id="${box}"[^>]* checked`));
});
