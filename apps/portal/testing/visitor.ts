// A visitor as a browser would be, without JavaScript: keeps cookies by path, reads forms, follows redirects when told to.
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { routesOf } from '../../../infra/dev/testing/routes';
import { createPortal } from '../app';
import { PortalSettings } from '../settings';
import type { Spoken } from '../settings';

/** The most a file may have here; small, so that tests go beyond it. */
export const MOST_BYTES = 3_000_000;

export interface RunningPortal {
  url: string;
  vaultDir: string;
  server: Server;
  /** What it wrote to its log, line by line. */
  logged: string[];
  /** What is registered, as `GET /register/:project`, in the order it is matched. */
  routes: string[];
  close: () => Promise<void>;
}

/** A portal on a free port, for the portal role's connection string; files go where nothing else is. */
export async function aPortal(
  databaseUrl: string,
  languages?: Spoken,
  apiUrl = 'http://127.0.0.1:1',
): Promise<RunningPortal> {
  const directory = mkdtempSync(path.join(tmpdir(), 'parley-portal-'));
  const around = { vaultDir: path.join(directory, 'vault'), maxDepositBytes: MOST_BYTES, apiUrl };
  const settings = new PortalSettings('http://127.0.0.1', true, around, languages);
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line) => void logged.push(line) });
  const { app, close } = await createPortal({ databaseUrl, settings, log });
  await app.listen(0, '127.0.0.1');
  const server = app.getHttpServer();
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  Object.assign(settings, { url });
  const closeAll = async () => {
    await close();
    rmSync(directory, { recursive: true, force: true });
  };
  return { url, vaultDir: around.vaultDir, server, logged, routes: routesOf(app), close: closeAll };
}

export interface Page {
  /** What was asked, as `GET /register`. */
  asked: string;
  status: number;
  headers: Headers;
  html: string;
  /** Where it redirects to, or ''. */
  location: string;
  h1: string;
  /** Hidden fields of each form, with its address. */
  forms: { action: string; fields: Record<string, string> }[];
}

export class Visitor {
  private readonly cookies: { path: string; pair: string }[] = [];

  constructor(readonly portal: string) {}

  get(path: string, method = 'GET'): Promise<Page> {
    return this.ask(path, { method });
  }

  /** Opens a mail link and goes on to the clean address. */
  async arrive(token: string): Promise<Page & { address: string }> {
    const first = await this.get(`/s/${token}`);
    if (first.location === '') return { ...first, address: '' };
    return { ...(await this.get(first.location)), address: first.location };
  }

  post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Page> {
    const body = new URLSearchParams(fields).toString();
    return this.ask(path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  }

  /** A form with a file, as browsers send one. */
  send(address: string, fields: Record<string, string>, file: Buffer | null): Promise<Page> {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append('file', new Blob(file === null ? [] : [file]), file === null ? '' : 'data.csv');
    return this.ask(address, { method: 'POST', body });
  }

  /** Begins to send a form with a file; what it returns cuts the line. */
  beginSending(address: string, fields: Record<string, string>, begun: string): () => void {
    const part = (name: string, value: string) =>
      `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}`;
    const parts = Object.entries(fields).map(([name, value]) => `${part(name, value)}\r\n`);
    const file = part('file"; filename="data.csv', begun);
    const { hostname, port } = new URL(this.portal);
    const head = ['content-type: multipart/form-data; boundary=b', 'content-length: 9000000', 'host: x'];
    const lines = [
      `POST ${address} HTTP/1.1`,
      ...head,
      `cookie: ${this.cookieFor(address)}`,
      '',
      parts.join('') + file,
    ];
    const socket = connect(Number(port), hostname, () => socket.write(lines.join('\r\n')));
    socket.on('error', () => undefined);
    return () => socket.destroy();
  }

  private cookieFor(address: string): string {
    const [path = ''] = address.split('?');
    const own = this.cookies.filter((each) => isBelow(path, each.path)).map(({ pair }) => pair);
    return own.join('; ');
  }

  async ask(path: string, init: RequestInit): Promise<Page> {
    const cookie = this.cookieFor(path);
    const headers = {
      ...(cookie === '' ? {} : { cookie }),
      ...(init.headers as Record<string, string>),
    };
    const response = await fetch(new URL(path, this.portal), { ...init, headers, redirect: 'manual' });
    this.keep(response.headers.getSetCookie());
    const html = await response.text();
    return {
      asked: `${init.method ?? 'GET'} ${path}`,
      status: response.status,
      headers: response.headers,
      html,
      location: response.headers.get('location') ?? '',
      h1: unescaped(/<h1[^>]*>([^<]*)<\/h1>/.exec(html)?.[1] ?? ''),
      forms: formsIn(html),
    };
  }

  private keep(cookies: string[]): void {
    for (const cookie of cookies) {
      const path = /;\s*path=([^;]+)/i.exec(cookie)?.[1] ?? '/';
      const others = this.cookies.filter((each) => each.path !== path);
      this.cookies.splice(0, this.cookies.length, ...others, { path, pair: cookie.split(';')[0] ?? '' });
    }
  }
}

function isBelow(path: string, cookiePath: string): boolean {
  return path === cookiePath || path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`);
}

function formsIn(html: string): Page['forms'] {
  return [...html.matchAll(/<form[^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/gs)].map(
    ([, action = '', inner = '']) => ({
      action: unescaped(action),
      fields: Object.fromEntries(
        [...inner.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(
          ([, name = '', value = '']) => [name, unescaped(value)],
        ),
      ),
    }),
  );
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
