// The inbox's web server: Mailpit's REST API for programs, pages for people.
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { SCRIPT, STYLES } from './assets';
import { messageList, messageOf, summaryOf } from './mailpit';
import { framedMail, listPage, mailPage, MAIL_SANDBOX, missingPage, previewsPage } from './pages';
import { previewOf, previews } from './previews';
import type { MailStore } from './store';

interface Reply {
  readonly status?: number;
  readonly type: string;
  readonly body: string;
  readonly policy?: string;
}

interface Call {
  readonly store: MailStore;
  readonly url: URL;
  readonly request: IncomingMessage;
  /** What the pattern's groups caught. */
  readonly caught: readonly string[];
}

type Route = readonly [
  method: 'GET' | 'DELETE',
  pattern: RegExp,
  answer: (call: Call) => Promise<Reply> | Reply,
];

const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** A mail brings its own styles and pictures, runs nothing, and fetches nothing that would tell its sender. */
const MAIL_POLICY =
  `default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'self'; form-action 'none'; ` +
  `frame-ancestors 'self'; sandbox ${MAIL_SANDBOX}`;

const ROUTES: readonly Route[] = [
  ['GET', /^\/api\/v1\/messages$/, listMessages],
  ['DELETE', /^\/api\/v1\/messages$/, deleteMessages],
  ['GET', /^\/api\/v1\/message\/([^/]+)$/, showMessage],
  ['GET', /^\/$/, showList],
  // Where Mailpit has its pages too: what leads there leads here.
  ['GET', /^\/view\/([^/.]+)$/, showMail],
  ['GET', /^\/view\/([^/.]+)\.html$/, showFrame],
  ['GET', /^\/previews$/, () => page(previewsPage(previews()))],
  ['GET', /^\/previews\/([A-Z_]+)$/, showPreview],
  ['GET', /^\/previews\/([A-Z_]+)\.html$/, framePreview],
  ['GET', /^\/inbox\.css$/, () => ({ type: 'text/css', body: STYLES })],
  ['GET', /^\/inbox\.js$/, () => ({ type: 'text/javascript', body: SCRIPT })],
  ['GET', /^\/(?:healthz|readyz)$/, () => json({ status: 'ok' })],
];

const LARGEST_BODY_BYTES = 1024 * 1024;
const MAILS_ON_PAGE = 200;

/** Listens on 127.0.0.1. */
export function listenForReaders(store: MailStore, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    handle(store, request, response).catch((error: unknown) => {
      const detail = error instanceof Error ? error.message : String(error);
      send(response, json({ Error: detail }, error instanceof BadRequest ? 400 : 500));
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

class BadRequest extends Error {}

async function handle(store: MailStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://inbox');
  if (url.pathname === '/changes') return streamChanges(store, response);
  const matching = ROUTES.filter(([, pattern]) => pattern.test(url.pathname));
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const route = matching.find(([allowed]) => allowed === method);
  if (!route) return send(response, json({ Error: 'Not found' }, matching.length > 0 ? 405 : 404));
  const caught = route[1].exec(url.pathname)?.slice(1) ?? [];
  send(response, await route[2]({ store, url, request, caught }));
}

function send(response: ServerResponse, { status = 200, type, body, policy = PAGE_POLICY }: Reply): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-security-policy': policy,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}

function json(value: unknown, status = 200): Reply {
  return { status, type: 'application/json', body: JSON.stringify(value) };
}

function page(body: string, status = 200): Reply {
  return { status, type: 'text/html', body };
}

/** Server-sent events: one each time the list changes. */
function streamChanges(store: MailStore, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': listening\n\n');
  const stop = store.onChange(() => response.write('data: changed\n\n'));
  response.on('close', stop);
}

async function listMessages({ store, url }: Call): Promise<Reply> {
  return json(await messageList(store, wholeNumber(url, 'start', 0), wholeNumber(url, 'limit', 50)));
}

function wholeNumber(url: URL, name: string, fallback: number): number {
  const given = url.searchParams.get(name) ?? '';
  if (given === '') return fallback;
  if (!/^\d{1,9}$/.test(given)) throw new BadRequest(`${name}: expected a whole number, got "${given}"`);
  return Number(given);
}

async function showMessage({ store, caught }: Call): Promise<Reply> {
  const mail = await store.find(caught[0] ?? '');
  if (!mail) return json({ Error: 'There is no mail with this ID' }, 404);
  store.markRead(mail.id);
  return json(messageOf(mail));
}

/** Deletes the mails that the body names, or all when it names none. */
async function deleteMessages({ store, request }: Call): Promise<Reply> {
  const ids = idsIn(await bodyOf(request));
  await store.remove(ids.length > 0 ? ids : 'all');
  return { type: 'text/plain', body: 'ok' };
}

function idsIn(body: string): string[] {
  if (body.trim() === '') return [];
  const expected = new BadRequest('The body is to be {"IDs": ["…"]}, or empty to delete all');
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw expected;
  }
  const ids = (parsed as { IDs?: unknown } | null)?.IDs ?? [];
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) throw expected;
  return ids;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY_BYTES)
      throw new BadRequest(`The body is larger than ${LARGEST_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function showList({ store }: Call): Promise<Reply> {
  const mails = await store.list(0, MAILS_ON_PAGE);
  const summaries = mails.map((mail) => summaryOf(mail, store.isRead(mail.id)));
  return page(listPage(summaries, store.total));
}

async function showMail({ store, url, caught }: Call): Promise<Reply> {
  const mail = await store.find(caught[0] ?? '');
  if (!mail) return page(missingPage(), 404);
  store.markRead(mail.id);
  return page(mailPage(messageOf(mail), url.searchParams.get('view') === 'text' ? 'text' : 'html'));
}

async function showFrame({ store, caught }: Call): Promise<Reply> {
  const mail = await store.find(caught[0] ?? '');
  if (!mail) return page(missingPage(), 404);
  return { ...page(framedMail(messageOf(mail))), policy: MAIL_POLICY };
}

function showPreview({ url, caught: [purpose = ''] }: Call): Reply {
  const mail = previewOf(purpose);
  if (!mail) return page(missingPage(), 404);
  const view = url.searchParams.get('view') === 'text' ? 'text' : 'html';
  return page(mailPage(mail, view, `/previews/${purpose}`));
}

function framePreview({ caught: [purpose = ''] }: Call): Reply {
  const mail = previewOf(purpose);
  return mail ? { ...page(framedMail(mail)), policy: MAIL_POLICY } : page(missingPage(), 404);
}
