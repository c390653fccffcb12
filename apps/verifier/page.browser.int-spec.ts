// The page in Chromium: the same verdicts as the command line, in words of the catalogue alone, accessible, and not one request leaves it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { CATALOGUES } from '#libs/language';
import type { Catalogue } from '#libs/language';
import { latinIn, PSEUDO_LOCALE, pseudoCatalogue, saidBy } from '#libs/language/testing';
import { canonicalText } from '#libs/log';
import { aBundle, aReceipt, changed, receiptOf, zipped } from '#libs/verify/testing';
import type { Files, Made } from '#libs/verify/testing';
import { launchBrowser } from '../../infra/dev/testing/browser';
import { verifierPage, verifierScript } from './bundle';

jest.setTimeout(120_000);

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
let browser: Browser;
let page: Page;
let dir: string;
let made: Made;
let requests: string[];
let script: string;

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'parley-page-'));
  script = await verifierScript();
  await write('verify.html', 'en-GB', CATALOGUES.get('en-GB') as Catalogue);
  await write('pseudo.html', PSEUDO_LOCALE, pseudoCatalogue());
  browser = await launchBrowser();
  made = await aBundle();
});
afterAll(async () => {
  await browser?.close();
  rmSync(dir, { recursive: true });
});

async function write(name: string, locale: string, catalogue: Catalogue): Promise<void> {
  writeFileSync(path.join(dir, name), await verifierPage(script, locale, catalogue));
}

beforeEach(async () => {
  page = await browser.newPage();
  requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await open('verify.html');
});
afterEach(() => page.close());

const open = (name: string) => page.goto(pathToFileURL(path.join(dir, name)).href);

async function verify(files: Files, key: string): Promise<{ outcome: string | null; text: string }> {
  const file = path.join(dir, 'export.zip');
  writeFileSync(file, Buffer.from(await (await zipped(files)).arrayBuffer()));
  await page.setInputFiles('#file', file);
  await page.fill('#key', key);
  await page.click('button');
  return verdict();
}
async function verdict() {
  const heading = page.locator('#verdict h2');
  await heading.waitFor();
  return {
    outcome: await heading.getAttribute('data-outcome'),
    text: (await page.textContent('#verdict')) ?? '',
  };
}

it('finds an export valid with the key, and says what rests on what', async () => {
  const { outcome, text } = await verify(made.files, made.key);
  expect(outcome).toBe('VALID');
  expect(text).toContain('I1, I3: at 1 permit and 1 read');
  expect(requests.filter((url) => !url.endsWith('/verify.html'))).toEqual([]);
});

it('finds one changed byte, and never shows markup of what it verifies', async () => {
  const { outcome } = await verify(
    changed(made.files, 'index.html', (text) => text.replace('Once', 'Never')),
    made.key,
  );
  expect(outcome).toBe('INVALID');
  const named = new Map(made.files).set('<img src=x onerror=alert(1)>', new Uint8Array(1));
  const second = await verify(named, made.key);
  expect(second.outcome).toBe('INVALID');
  expect(await page.locator('#verdict img').count()).toBe(0);
});

it('takes a pasted receipt, and says what is missing', async () => {
  await page.click('button');
  expect((await verdict()).text).toContain('Choose an export or a receipt');
  await page.fill('#receipt', '{"format":1}');
  await page.click('button');
  await page.locator('[data-outcome=INVALID]').waitFor();
  const { receipt, key } = await aReceipt();
  await page.fill('#receipt', `${JSON.stringify(receipt, null, 2)}\n`);
  await page.fill('#key', key);
  await page.click('button');
  await page.locator('[data-outcome=VALID]').waitFor();
  expect((await verdict()).text).toMatch(/Entry 40 of it is version \d+ of prj_a/);
  // With an export, it is looked for there.
  const nth = made.entries.length - 2;
  const own = await receiptOf(made, canonicalText(made.entries[nth]), made.leaves.length - 2);
  await page.fill('#receipt', JSON.stringify(own));
  expect(await verify(made.files, made.key)).toMatchObject({
    outcome: 'VALID',
    text: expect.stringMatching(/that entry is in it/) as string,
  });
});

/** What a verdict quotes: names, places, digests, times, and what a reader of zips says of a broken one. */
const DATA =
  /\b(?:per|org|prj|pgm)_\w+|[\w./-]+\.(?:jsonl|json|html|txt)|\S+@\S+|log\.example\/parley|\d{4}-\S+Z|ProjectExported|(?<=: )[^⟧⟦]*(?=⟧)/g;

it('says nothing that is not in the catalogue, whatever it finds; and says it in the language it was made in', async () => {
  await open('pseudo.html');
  expect(await page.getAttribute('html', 'lang')).toBe(PSEUDO_LOCALE);
  const said: string[] = [saidBy(await page.content())];
  const look = async () => said.push((await verdict()).text);
  await page.click('button');
  await look();
  const strange = new Map(made.files).set('more.html', new Uint8Array(1));
  for (const [files, key] of [
    [made.files, made.key],
    [made.files, ''],
    [strange, made.key],
  ] as const)
    said.push((await verify(files, key)).text);
  for (const receipt of ['{"format":1}', '{', '{"format":2}']) {
    await page.fill('#receipt', receipt);
    await page.click('button');
    await look();
  }
  await page.fill('#witness', 'no key');
  await page.click('button');
  await look();
  expect(new Set(said).size).toBe(said.length);
  expect(said.map((text) => latinIn(text.replaceAll(DATA, ' '), ['ledger']))).toEqual(said.map(() => []));
});

it('holds no more of a catalogue than it says', async () => {
  const { messages } = JSON.parse((await page.textContent('#words')) ?? '') as { messages: object };
  const keys = Object.keys(messages);
  expect(keys.length).toBeGreaterThan(100);
  expect(keys.filter((key) => !key.startsWith('verifier.'))).toEqual([]);
});

it('may send nothing: its own policy refuses', async () => {
  const refused = await page.evaluate(`fetch('https://example.org/').then(() => 'sent', () => 'refused')`);
  expect(refused).toBe('refused');
});

it('is accessible, empty and with its verdict, on a wide screen and at 320 pixels', async () => {
  await page.close();
  const context = await browser.newContext({ bypassCSP: true });
  page = await context.newPage();
  await open('verify.html');
  await page.addScriptTag({ content: axe });
  const look = async () => {
    const { violations } = await page.evaluate<{ violations: { id: string }[] }>('axe.run()');
    const sideways = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    return [...violations.map(({ id }) => id), ...(sideways > 0 ? ['sideways'] : [])];
  };
  for (const width of [1100, 320]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await look()).toEqual([]);
    await verify(made.files, made.key);
    expect(await look()).toEqual([]);
  }
  await context.close();
});
