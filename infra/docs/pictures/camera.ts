// What taking pictures of a running Parley needs: its mails, its pages, and a file for what is seen.
import path from 'node:path';
import type { Page } from 'playwright-core';

const INBOX = process.env.INBOX_URL ?? 'http://127.0.0.1:4105';
const FOLDER = path.join(process.cwd(), 'infra', 'docs');
export const NEWCOMER = 'you@parley.example';
export const CUSTODIAN = 'tom@employment.example';
export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 900, height: 1000 };
/** Pages behind links keep to a column that is read with ease. */
export const COLUMN = 610;
/** Mails come within a second or so. */
const PATIENCE_MS = 30_000;

interface Listed {
  ID: string;
  Subject: string;
  To: { Address: string }[];
}
export interface Mail {
  id: string;
  subject: string;
  text: string;
}

/** Newest first. */
async function mailsThat(begins: string, to: string): Promise<Listed[]> {
  const all = await fetch(`${INBOX}/api/v1/messages?limit=200`);
  const { messages } = (await all.json()) as { messages: Listed[] };
  return messages.filter((m) => m.To[0]?.Address === to && m.Subject.startsWith(begins));
}

/** How many there are already, so that the next one can be waited for. */
export const mailsSoFar = async (begins: string, to: string): Promise<number> =>
  (await mailsThat(begins, to)).length;

/** The newest mail to somebody, the newcomer if nobody else, whose subject begins so; once there are more than `before`. */
export async function mailThat(begins: string, to: string = NEWCOMER, before = 0): Promise<Mail> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const mails = await mailsThat(begins, to);
    const [mail] = mails;
    if (mail && mails.length > before) {
      const one = await fetch(`${INBOX}/api/v1/message/${mail.ID}`);
      return { id: mail.ID, subject: mail.Subject, text: ((await one.json()) as { Text: string }).Text };
    }
    if (Date.now() > end)
      throw new Error(`${to} has no mail "${begins} …": run \`npm start -- --reset\` first`);
    await new Promise((later) => setTimeout(later, 500));
  }
}

export function found(pattern: RegExp, text: string): string {
  const [, value] = pattern.exec(text) ?? [];
  if (value === undefined) throw new Error(`the mail has nothing like ${pattern.source}`);
  return value;
}

export const linkIn = ({ text }: Mail): string => found(/(https?:\/\/\S+\/s\/\S+)/, text);
export const mailView = ({ id }: Mail): string => `${INBOX}/view/${id}.html`;

/** A page, or as much of its width as it fills. */
export async function picture(page: Page, name: string, width?: number): Promise<void> {
  const height = page.viewportSize()?.height ?? 0;
  await page.screenshot({
    path: path.join(FOLDER, `${name}.png`),
    ...(width === undefined ? {} : { clip: { x: 0, y: 0, width, height } }),
  });
  console.log(`wrote infra/docs/${name}.png`);
}

/** Scrolls so that what fits stands at the top. */
export const show = (page: Page, css: string) =>
  page
    .locator(css)
    .first()
    .evaluate((element) => {
      (element as unknown as { scrollIntoView(): void }).scrollIntoView();
    });
