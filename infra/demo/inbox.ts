// The mails, read as any program reads them: through the REST API that the development inbox shares with Mailpit.
import { parseHTML } from 'linkedom';
import { until } from '../dev/waiting';

interface Summary {
  readonly ID: string;
  readonly Subject: string;
  readonly To: readonly { readonly Address: string }[];
}

export interface Mail extends Summary {
  readonly Text: string;
  readonly HTML: string;
}

export interface Wanted {
  /** What is awaited, as the end of "Gave up waiting for …". */
  readonly what: string;
  readonly to: string;
  /** Every one of these stands in the subject. */
  readonly subject: readonly string[];
  /** Mails that were there before, and are not meant. */
  readonly except?: ReadonlySet<string>;
}

/** The newest mails are looked at; a demonstration and a few restarts stay far below this. */
const LOOKED_AT = 500;
const PATIENCE_MS = 45_000;

export class Inbox {
  constructor(private readonly url: string) {}

  /** The newest mail that fits, as soon as there is one. */
  async waitFor(wanted: Wanted): Promise<Mail> {
    const id = await until(
      async () => {
        const found = (await this.list()).find((mail) => fits(mail, wanted));
        if (!found)
          throw new Error(`no mail to ${wanted.to} with "${wanted.subject.join('" and "')}" in its subject`);
        return found.ID;
      },
      { what: wanted.what, deadlineMs: PATIENCE_MS },
    );
    return this.read(id);
  }

  /** The ids of all mails that are there now. */
  async present(): Promise<Set<string>> {
    return new Set((await this.list()).map(({ ID }) => ID));
  }

  /** Where a person looks at a mail. */
  pageOf(mail: Mail): string {
    return `${this.url}/view/${mail.ID}`;
  }

  async list(): Promise<readonly Summary[]> {
    const { messages } = await this.ask<{ messages: Summary[] }>(`/api/v1/messages?limit=${LOOKED_AT}`);
    return messages;
  }

  read(id: string): Promise<Mail> {
    return this.ask(`/api/v1/message/${id}`);
  }

  private async ask<T>(path: string): Promise<T> {
    const response = await fetch(`${this.url}${path}`);
    if (!response.ok) throw new Error(`the inbox answered ${response.status} to GET ${path}`);
    return (await response.json()) as T;
  }
}

function fits(mail: Summary, { to, subject, except }: Wanted): boolean {
  return (
    !except?.has(mail.ID) &&
    mail.To.some(({ Address }) => Address === to) &&
    subject.every((part) => mail.Subject.includes(part))
  );
}

/** The address behind the mail's button. */
export function linkIn(mail: Mail): string {
  const { document } = parseHTML(mail.HTML) as unknown as {
    document: { querySelector(css: string): Anchor | null };
  };
  const address = document.querySelector('a[href]')?.getAttribute('href');
  if (!address) throw new Error(`The mail "${mail.Subject}" holds no link`);
  return address;
}

interface Anchor {
  getAttribute(name: string): string | null;
}

/** The one-time code, which stands on a line of its own. */
export function codeIn(mail: Mail): string {
  const code = /^\s*(\d{8})\s*$/m.exec(mail.Text)?.[1];
  if (!code) throw new Error(`The mail "${mail.Subject}" holds no code of eight digits`);
  return code;
}
