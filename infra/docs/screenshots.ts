// Takes the documents' pictures from a running Parley that waits for the newcomer's sign-off: from the mail to the withdrawal, on a phone.
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../dev/testing/browser';

const INBOX = process.env.INBOX_URL ?? 'http://127.0.0.1:4105';
const FOLDER = path.join(process.cwd(), 'infra', 'docs');
const NEWCOMER = 'you@parley.example';
const CUSTODIAN = 'tom@employment.example';
const PHONE = { width: 390, height: 844 };
/** Mails come within a second or so. */
const PATIENCE_MS = 30_000;

interface Listed {
  ID: string;
  Subject: string;
  To: { Address: string }[];
}

/** The newest mail to somebody, the newcomer if nobody else, whose subject begins so. */
async function mailThat(begins: string, to: string = NEWCOMER): Promise<{ id: string; text: string }> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const all = await fetch(`${INBOX}/api/v1/messages?limit=50`);
    const { messages } = (await all.json()) as { messages: Listed[] };
    const mail = messages.find((m) => m.To[0]?.Address === to && m.Subject.startsWith(begins));
    if (mail) {
      const one = await fetch(`${INBOX}/api/v1/message/${mail.ID}`);
      return { id: mail.ID, text: ((await one.json()) as { Text: string }).Text };
    }
    if (Date.now() > end)
      throw new Error(`${to} has no mail "${begins} …": run \`npm start -- --reset\` first`);
    await new Promise((later) => setTimeout(later, 500));
  }
}

function found(pattern: RegExp, { text }: { text: string }): string {
  const [, value] = pattern.exec(text) ?? [];
  if (value === undefined) throw new Error(`the mail has nothing like ${pattern.source}`);
  return value;
}

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
  console.log(`wrote infra/docs/${name}.png`);
}

/** Scrolls so that what fits stands at the top. */
const show = (page: Page, css: string) =>
  page
    .locator(css)
    .first()
    .evaluate((element) => {
      (element as unknown as { scrollIntoView(): void }).scrollIntoView();
    });

/** Declines, and takes the answer back: every step as a person takes it, recorded in the demonstration's ledger. */
async function onAPhone(browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: PHONE, locale: 'en-GB' });
  const mail = await mailThat('Your decision is asked');
  await page.goto(`${INBOX}/view/${mail.id}.html`);
  await picture(page, 'phone-1-mail');
  await page.goto(found(/(https?:\/\/\S+\/s\/\S+)/, mail));
  await picture(page, 'phone-2-sign');
  await page.getByRole('radio', { name: 'Decline' }).check();
  await show(page, 'fieldset');
  await picture(page, 'phone-3-choices');
  await page.getByLabel('Type your full name').fill('Newcomer');
  await page.locator('main form button').first().click();
  await page.getByRole('heading', { name: 'Type the code we mailed you' }).waitFor();
  await page
    .getByLabel('The 8 digits from the mail')
    .fill(found(/^ {4}(\d{8})$/m, await mailThat('Your code')));
  await picture(page, 'phone-4-code');
  await page.getByRole('button', { name: 'Record my decision' }).click();
  await page.getByRole('heading', { name: 'Your decision is recorded' }).waitFor();
  await picture(page, 'phone-5-receipt');
  await page.getByRole('link', { name: 'Withdraw your answer now' }).click();
  await page.getByRole('radio', { name: 'I withdraw my answer' }).check();
  await show(page, 'fieldset');
  await picture(page, 'phone-6-withdraw');
  await page.getByLabel('Type your full name').fill('Newcomer');
  await page.getByRole('button', { name: 'Record it' }).click();
  await page.getByRole('heading', { name: 'Your withdrawal is recorded' }).waitFor();
}

async function main(): Promise<void> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 900, height: 1200 } });
    await page.goto(found(/(https?:\/\/\S+\/s\/\S+)/, await mailThat('Your decision is asked')));
    await picture(page, 'sign-off');
    // The holder's custodian: what was granted, and what became of the file.
    await page.goto(found(/(https?:\/\/\S+\/s\/\S+)/, await mailThat('A deposit was accepted', CUSTODIAN)));
    await picture(page, 'deposit');
    await onAPhone(browser);
  } finally {
    await browser.close();
  }
}

void main();
