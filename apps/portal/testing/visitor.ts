// A visitor as a browser would be, without JavaScript: keeps cookies by path, reads forms, follows redirects when told to.
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { createPortal } from '../app';
import { PortalSettings } from '../settings';

export interface RunningPortal {
  url: string;
  close: () => Promise<void>;
}

/** A portal on a free port, for the portal role's connection string. */
export async function aPortal(databaseUrl: string): Promise<RunningPortal> {
  const settings = new PortalSettings('http://127.0.0.1', true);
  const { app, close } = await createPortal({ databaseUrl, settings, log: pino({ level: 'silent' }) });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  Object.assign(settings, { url });
  return { url, close };
}

export interface Page {
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

  async ask(path: string, init: RequestInit): Promise<Page> {
    const cookie = this.cookies.filter((each) => isBelow(path, each.path)).map(({ pair }) => pair);
    const headers = {
      ...(cookie.length === 0 ? {} : { cookie: cookie.join('; ') }),
      ...(init.headers as Record<string, string>),
    };
    const response = await fetch(new URL(path, this.portal), { ...init, headers, redirect: 'manual' });
    this.keep(response.headers.getSetCookie());
    const html = await response.text();
    return {
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
