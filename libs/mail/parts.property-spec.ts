// Every mail as a mail program gets it: both parts say the same, links lead to the portal alone, nothing is loaded or followed.
import { simpleParser } from 'mailparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import { parseHTML } from 'linkedom';
import { MAIL_PURPOSES } from '#libs/domain';
import type { MailPurpose } from '#libs/domain';
import { Languages } from '#libs/language';
import type { Language } from '#libs/language';
import { latinIn, pseudoLanguage } from '#libs/language/testing';
import { compose, EXAMPLE_FACTS, renderMail } from '.';
import type { MailFacts } from '.';

/** As much of a document as is looked at. */
interface Part {
  localName: string;
  textContent: string | null;
  getAttribute(name: string): string | null;
}
interface Document {
  documentElement: Part;
  querySelector(css: string): Part | null;
  querySelectorAll(css: string): Iterable<Part>;
}

const english = new Languages().first;
const PORTAL = new URL(EXAMPLE_FACTS.link).origin;

async function parsed(purpose: MailPurpose, facts: MailFacts = EXAMPLE_FACTS, language: Language = english) {
  const order = { purpose, person: 'per_a', about: 'k1', round: 1, count: 1 };
  const to = { name: 'Ana Ruiz', address: 'ana@example.org' };
  const mail = compose(
    { stream: 'prj_a', order, to, from: 'Parley <parley@example.org>' },
    renderMail(purpose, facts, language),
  );
  const raw = await new MailComposer(mail).compile().build();
  const found = await simpleParser(raw);
  const { document } = parseHTML(found.html || '') as unknown as { document: Document };
  return { raw: raw.toString('latin1'), text: found.text ?? '', found, document };
}

/** What a part says, without how: no colon after a fact’s name, no dashes before the sender, no line ends. */
const said = (text: string) =>
  text
    .replace(/^-- $/m, '')
    .replace(/:(?=\s|$)/gm, '')
    .split(/\s+/)
    .filter((word) => word !== '');

/** Text of a document with a blank between what stands in blocks of its own. */
const textOf = (document: Document) =>
  [...document.querySelectorAll('body p, body td')].map((block) => block.textContent ?? '').join(' ');

describe.each(MAIL_PURPOSES)('%s', (purpose) => {
  it('says the same as text and as HTML', async () => {
    const { text, document } = await parsed(purpose);
    expect(said(textOf(document))).toEqual(said(text));
    expect(document.querySelector('title')?.textContent).toBe((await parsed(purpose)).found.subject);
  });

  it('links to the portal alone, and shows where each link leads', async () => {
    const { text, document } = await parsed(purpose);
    const links = [...document.querySelectorAll('[href]')].map((link) => link.getAttribute('href') ?? '');
    const written = text.match(/\bhttps?:\/\/\S+/g) ?? [];
    expect(links.sort()).toEqual([...written].sort());
    for (const link of links) expect(new URL(link).origin).toBe(PORTAL);
    expect(links.filter((link) => link.includes('/s/')).length).toBeLessThanOrEqual(1);
  });

  it('loads nothing, runs nothing and follows nobody', async () => {
    const { document, raw, found } = await parsed(purpose);
    const tags = new Set([...document.querySelectorAll('*')].map(({ localName }) => localName));
    const plain = [
      'html',
      'head',
      'meta',
      'title',
      'body',
      'div',
      'p',
      'a',
      'table',
      'tbody',
      'tr',
      'td',
      'strong',
    ];
    expect([...tags].filter((tag) => !plain.includes(tag))).toEqual([]);
    expect(raw).not.toMatch(/url\(|@import|Disposition-Notification-To|Return-Receipt-To|List-Unsubscribe/i);
    expect(found.attachments.filter(({ contentType }) => contentType.startsWith('image/'))).toEqual([]);
  });

  it('is threaded under what it is about, has a Message-ID of its order, and says that nobody wrote it', async () => {
    const { found } = await parsed(purpose);
    const thread = [found.references ?? []].flat();
    expect(thread[0]).toBe('<prj_a.k1.per_a@example.org>');
    expect(found.inReplyTo).toBe(thread.at(-1));
    expect(found.messageId).toBe(`<prj_a.k1.1.${purpose.toLowerCase()}.1.per_a@example.org>`);
    expect(found.headers.get('auto-submitted')).toBe('auto-generated');
  });

  it('has no word from outside the catalogue', async () => {
    const wordless = Object.fromEntries(
      Object.entries(EXAMPLE_FACTS).map(([name, value]) => [
        name,
        ['items', 'lapsed', 'proof'].includes(name)
          ? [['★', '★']]
          : typeof value === 'string' && !/^\d{4}-.*Z$|^https/.test(value)
            ? '★'
            : value,
      ]),
    ) as unknown as MailFacts;
    const { text, document, found } = await parsed(purpose, wordless, pseudoLanguage());
    for (const part of [text, textOf(document), found.subject ?? '']) expect(latinIn(part)).toEqual([]);
    expect(document.documentElement.getAttribute('lang')).toBe('en-XA');
  });
});

it('a word from outside the catalogue is found', () => {
  expect(latinIn('⟦Ŵĥàţ⟧ Hello ★ в 17:00 GMT+1 https://parley.example.org/s/x')).toEqual(['Hello']);
});
