// A visitor with a browser and no JavaScript: follows links, keeps cookies, fills in forms and sends them with all they hold.
import { parseHTML } from 'linkedom';
import { patiently, whole } from './patience';

/** As much of the document object model as is used here. */
interface Element {
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
  querySelector(css: string): Element | null;
  querySelectorAll(css: string): Iterable<Element>;
}

interface Cookie {
  readonly value: string;
  readonly path: string;
  readonly origin: string;
}

const MOST_REDIRECTS = 5;

/** One person's browser. */
export class Browser {
  private readonly cookies = new Map<string, Cookie>();

  open(address: string): Promise<Page> {
    return this.visit(new URL(address), { method: 'GET' });
  }

  /** Sends a form with its hidden fields and with what the person typed and chose. */
  submit(form: Form, typed: Readonly<Record<string, string>>): Promise<Page> {
    const fields = new URLSearchParams({ ...form.fields, ...typed });
    return this.visit(form.action, {
      method: 'POST',
      body: fields.toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: form.action.origin,
        'sec-fetch-site': 'same-origin',
      },
    });
  }

  private async visit(url: URL, request: RequestInit, redirects = 0): Promise<Page> {
    const headers = {
      accept: 'text/html',
      ...(request.headers as Record<string, string>),
      cookie: this.cookieFor(url),
    };
    // A person whose page does not come loads it again; the same submission twice is one decision.
    const response = await patiently(async () =>
      whole(await fetch(url, { ...request, headers, redirect: 'manual' })),
    );
    this.keepCookies(url, response.headers.getSetCookie());
    const target = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && target !== null) {
      if (redirects === MOST_REDIRECTS)
        throw new Error(`More than ${MOST_REDIRECTS} redirects, last to ${url.pathname}`);
      await response.body?.cancel();
      return this.visit(new URL(target, url), { method: 'GET' }, redirects + 1);
    }
    return new Page(url, response.status, await response.text());
  }

  /** A cookie goes only where its path says: each link has one of its own. */
  private cookieFor({ origin, pathname }: URL): string {
    return [...this.cookies]
      .filter(([, cookie]) => cookie.origin === origin && isUnder(pathname, cookie.path))
      .map(([key, { value }]) => `${key.slice(key.lastIndexOf(' ') + 1)}=${value}`)
      .join('; ');
  }

  private keepCookies({ origin, pathname }: URL, given: readonly string[]): void {
    for (const line of given) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const at = pair.indexOf('=');
      const path = attributes.find((a) => /^path=/i.test(a))?.slice('path='.length) ?? pathname;
      const key = `${origin}${path} ${pair.slice(0, at)}`;
      const isOver = attributes.some((a) => /^max-age=0$/i.test(a) || /^expires=.*1970/i.test(a));
      if (isOver) this.cookies.delete(key);
      else this.cookies.set(key, { value: pair.slice(at + 1), path, origin });
    }
  }
}

const isUnder = (pathname: string, path: string): boolean =>
  path === '/' || pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);

/** A form as it stands on a page: where it goes, and the fields that are already filled. */
export interface Form {
  readonly action: URL;
  readonly fields: Readonly<Record<string, string>>;
  readonly choices: readonly string[];
  has(field: string): boolean;
}

export class Page {
  private readonly document: Element;

  constructor(
    readonly url: URL,
    readonly status: number,
    html: string,
  ) {
    this.document = (parseHTML(html) as unknown as { document: Element }).document;
  }

  get heading(): string {
    return tidy(this.document.querySelector('h1'));
  }

  get text(): string {
    return tidy(this.document.querySelector('main'));
  }

  /** The text of the first element that fits, or undefined. */
  textAt(css: string): string | undefined {
    const found = this.document.querySelector(css);
    return found ? tidy(found) : undefined;
  }

  /** What stands beside a term of a description list, such as a receipt's. */
  term(name: string): string | undefined {
    const terms = [...this.document.querySelectorAll('dt')];
    const at = terms.findIndex((term) => tidy(term) === name);
    return at < 0 ? undefined : tidy([...this.document.querySelectorAll('dt + dd')][at]);
  }

  /** The first form that has a field of this name. @throws when there is none, saying what the page says instead. */
  formWith(field: string): Form {
    const found = [...this.document.querySelectorAll('form')]
      .map((form) => formOf(form, this.url))
      .find((form) => form.has(field));
    if (found) return found;
    throw new Error(
      `The page ${this.url.pathname.split('/')[1] ?? ''} (status ${this.status}, "${this.heading}") has no form with "${field}". ` +
        `It says: ${this.text.slice(0, 300)}`,
    );
  }

  hasField(field: string): boolean {
    return this.document.querySelector(`form [name="${field}"]`) !== null;
  }
}

function formOf(form: Element, page: URL): Form {
  const inputs = [...form.querySelectorAll('input[name], textarea[name]')];
  const named = (input: Element) => input.getAttribute('name') ?? '';
  const isFilled = (input: Element) => {
    const type = input.getAttribute('type');
    return (type !== 'radio' && type !== 'checkbox') || input.hasAttribute('checked');
  };
  const valueOf = (input: Element) => input.getAttribute('value') ?? input.textContent ?? '';
  return {
    action: new URL(form.getAttribute('action') ?? '', page),
    fields: Object.fromEntries(inputs.filter(isFilled).map((input) => [named(input), valueOf(input)])),
    choices: inputs
      .filter((i) => i.getAttribute('type') === 'radio')
      .map((i) => i.getAttribute('value') ?? ''),
    has: (field) => inputs.some((input) => named(input) === field),
  };
}

const tidy = (element: Element | null | undefined): string =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
