// The development inbox, spoken to as mailers, programs and browsers do.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { MAIL_PURPOSES } from '#libs/domain';
import { anyFreePort } from '../ports';
import type { MailpitMessage, MailpitSummary } from './mailpit';
import { startInbox } from './server';
import type { RunningInbox } from './server';

const dir = mkdtempSync(path.join(tmpdir(), 'parley-inbox-'));
let inbox: RunningInbox;

interface MessageList {
  total: number;
  unread: number;
  start: number;
  count: number;
  messages: MailpitSummary[];
}

async function start(): Promise<RunningInbox> {
  return startInbox({ dir, port: await anyFreePort(), smtpPort: await anyFreePort() });
}

async function mail(subject: string, more: object = {}): Promise<void> {
  const transport = createTransport(inbox.smtpUrl);
  await transport.sendMail({
    from: 'Parley <parley@example.org>',
    to: 'Ada Müller <ada@example.org>',
    subject,
    text: 'Your link: http://127.0.0.1/x',
    ...more,
  });
  transport.close();
}

const get = (address: string) => fetch(inbox.inboxUrl + address);
const list = async (query = '') => (await (await get(`/api/v1/messages${query}`)).json()) as MessageList;
const message = async (id: string) => (await (await get(`/api/v1/message/${id}`)).json()) as MailpitMessage;
const remove = (body?: string) =>
  fetch(`${inbox.inboxUrl}/api/v1/messages`, { method: 'DELETE', ...(body === undefined ? {} : { body }) });

beforeEach(async () => {
  inbox = await start();
  await remove();
});
afterEach(() => inbox.stop());
afterAll(() => rmSync(dir, { recursive: true }));

describe("Mailpit's REST API", () => {
  it('lists mails newest first, by page, with totals', async () => {
    for (const subject of ['one', 'two', 'three']) await mail(subject);
    const page = await list('?start=1&limit=1');
    expect(page).toMatchObject({ total: 3, unread: 3, start: 1, count: 1 });
    expect(page.messages.map(({ Subject }) => Subject)).toEqual(['two']);
  });

  it('gives one mail whole, and takes it for read', async () => {
    await mail('Für dich', { html: '<p>Hello</p>', messageId: '<k1.1@example.org>' });
    const [summary] = (await list()).messages;
    expect(summary).toMatchObject({ To: [{ Name: 'Ada Müller', Address: 'ada@example.org' }], Read: false });
    expect(await message(summary?.ID ?? '')).toMatchObject({
      MessageID: 'k1.1@example.org',
      Subject: 'Für dich',
      Text: 'Your link: http://127.0.0.1/x',
      HTML: '<p>Hello</p>',
    });
    expect((await list()).unread).toBe(0);
  });

  it('deletes the mails named, or all', async () => {
    for (const subject of ['one', 'two', 'three']) await mail(subject);
    const [newest] = (await list()).messages;
    await remove(JSON.stringify({ IDs: [newest?.ID, 'unknown'] }));
    expect((await list()).messages.map(({ Subject }) => Subject)).toEqual(['two', 'one']);
    await remove();
    expect((await list()).total).toBe(0);
  });

  it('says what is wrong with a request', async () => {
    expect((await get('/api/v1/message/nothing')).status).toBe(404);
    expect((await get('/api/v1/messages?limit=-1')).status).toBe(400);
    expect((await remove('{"IDs": 3}')).status).toBe(400);
    expect((await fetch(`${inbox.inboxUrl}/api/v1/messages`, { method: 'PUT' })).status).toBe(405);
  });

  it('keeps every accepted mail across a restart', async () => {
    await mail('kept');
    await inbox.stop();
    inbox = await start();
    expect((await list()).messages.map(({ Subject }) => Subject)).toEqual(['kept']);
  });
});

describe('the pages', () => {
  it('show who got what, and escape what mails say', async () => {
    await mail('<script>alert(1)</script>');
    const page = await (await get('/')).text();
    expect(page).toContain('Ada Müller');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toContain('<script>alert');
  });

  it('show a mail in a frame that runs nothing and opens links in a new tab', async () => {
    await mail('framed', { html: '<a href="http://127.0.0.1/x">Sign</a>' });
    const page = await (await get('/view/latest')).text();
    expect(page).toMatch(/<iframe[^>]* sandbox="allow-popups /);
    const id = (await list()).messages[0]?.ID ?? '';
    const frame = await get(`/view/${id}.html`);
    expect(frame.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox allow-popups/);
    expect(await frame.text()).toContain('<base target="_blank"><a href="http://127.0.0.1/x">');
  });

  it('show the plain text too', async () => {
    await mail('text only');
    expect(await (await get('/view/latest?view=text')).text()).toContain(
      '<pre>Your link: http://127.0.0.1/x',
    );
  });

  it('show every kind of mail with example facts, as text and in the same frame', async () => {
    const listed = await (await get('/previews')).text();
    for (const purpose of MAIL_PURPOSES) {
      expect(listed).toContain(`href="/previews/${purpose}"`);
      expect(await (await get(`/previews/${purpose}`)).text()).toContain(`src="/previews/${purpose}.html"`);
      const frame = await get(`/previews/${purpose}.html`);
      expect(frame.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
      expect(await frame.text()).toContain('Ana Ruiz');
    }
    expect(await (await get('/previews/SIGN_REQUEST?view=text')).text()).toContain('<pre>Dear Ana Ruiz,');
    expect((await get('/previews/NO_SUCH_MAIL')).status).toBe(404);
  });
});
