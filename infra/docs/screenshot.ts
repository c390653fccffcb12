// Takes the README's picture of the sign-off page from a running Parley that waits for the newcomer's sign-off.
import path from 'node:path';
import { launchBrowser } from '../dev/testing/browser';

const INBOX = process.env.INBOX_URL ?? 'http://127.0.0.1:4105';
const FILE = path.join(process.cwd(), 'infra', 'docs', 'sign-off.png');

interface Listed {
  ID: string;
  Subject: string;
  To: { Address: string }[];
}

/** The newest mail that asks the newcomer for TRUST, and the link in it. */
async function linkInMail(): Promise<string> {
  const { messages } = (await (await fetch(`${INBOX}/api/v1/messages?limit=50`)).json()) as {
    messages: Listed[];
  };
  const mail = messages.find(
    (m) => m.To[0]?.Address === 'you@parley.example' && m.Subject.startsWith('Your decision'),
  );
  if (!mail)
    throw new Error('the newcomer has no mail that asks for a decision: run `npm start -- --reset` first');
  const { Text } = (await (await fetch(`${INBOX}/api/v1/message/${mail.ID}`)).json()) as { Text: string };
  const link = /https?:\/\/\S+\/s\/\S+/.exec(Text)?.[0];
  if (link === undefined) throw new Error('the mail has no link');
  return link;
}

async function main(): Promise<void> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 900, height: 1200 } });
    await page.goto(await linkInMail());
    await page.screenshot({ path: FILE, fullPage: process.argv.includes('--whole') });
    console.log(`wrote ${FILE}`);
  } finally {
    await browser.close();
  }
}

void main();
