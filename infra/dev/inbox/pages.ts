// The inbox's pages: the list of mails, and one mail as the person it was sent to sees it.
import type { MailpitAddress, MailpitMessage, MailpitSummary } from './mailpit';
import type { Preview } from './previews';

/** Markup that is already safe; everything else put into {@link html} is escaped. */
class Markup {
  constructor(readonly text: string) {}
}

type Piece = string | number | Markup | readonly Markup[];

function html(strings: TemplateStringsArray, ...pieces: Piece[]): Markup {
  return new Markup(String.raw({ raw: strings }, ...pieces.map(render)));
}

function render(piece: Piece): string {
  if (typeof piece === 'string' || typeof piece === 'number') return escapeHtml(String(piece));
  return piece instanceof Markup ? piece.text : piece.map((part) => part.text).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** What mails may do inside their frame: open their links, in a tab of their own, and nothing else. */
export const MAIL_SANDBOX =
  'allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation';

export function listPage(mails: readonly MailpitSummary[], total: number): string {
  const count = total === 1 ? '1 mail' : `${total} mails`;
  const shown = mails.length < total ? `${count}, the newest ${mails.length} shown` : count;
  const table = html`<table>
    <caption>
      ${shown}
    </caption>
    <thead>
      <tr>
        <th scope="col">To</th>
        <th scope="col">Subject</th>
        <th scope="col">Received</th>
      </tr>
    </thead>
    <tbody>
      ${mails.map(row)}
    </tbody>
  </table>`;
  const nothing = html`<p>
    No mail yet. Every mail Parley sends on this machine arrives here, whoever it is for.
  </p>`;
  return page(
    'Inbox',
    html`<h1>Inbox</h1>
      ${mails.length > 0 ? table : nothing}
      <p class="quiet">
        New mail appears by itself. <a href="/">Look again</a> if scripts are off in your browser.
        <a href="/previews">Every mail there is</a>, with example facts.
      </p>`,
  );
}

function row(mail: MailpitSummary): Markup {
  const subject = mail.Subject || '(no subject)';
  const unread = mail.Read ? html`` : html`<span class="unread">new</span> `;
  return html`<tr>
    <td>${names(mail.To)}</td>
    <td>
      ${unread}<a href="/view/${mail.ID}">${subject}</a>
      <div class="quiet">${mail.Snippet.slice(0, 110)}</div>
    </td>
    <td>${time(mail.Created)}</td>
  </tr>`;
}

/** @param at the address of its page, below which its frame lies. */
export function mailPage(
  mail: MailpitMessage,
  wanted: 'html' | 'text',
  at: string = `/view/${mail.ID}`,
): string {
  const shown = mail.HTML === '' ? 'text' : wanted;
  const subject = mail.Subject || '(no subject)';
  return page(
    subject,
    html`<p><a href="/">← Inbox</a></p>
      <h1>${subject}</h1>
      <dl>
        <dt>From</dt>
        <dd>${mail.From ? full(mail.From) : 'nobody'}</dd>
        <dt>To</dt>
        <dd>${mail.To.map(full).join(', ')}</dd>
        <dt>Sent</dt>
        <dd>${time(mail.Date)}</dd>
      </dl>
      <nav aria-label="Views of this mail">${tabs(mail, shown, at)}</nav>
      ${attachments(mail)}
      ${shown === 'html' ? frame(at) : html`<pre>${mail.Text || 'This mail has no text part.'}</pre>`}`,
  );
}

function tabs(mail: MailpitMessage, shown: 'html' | 'text', at: string): Markup[] {
  const views = mail.HTML === '' ? (['text'] as const) : (['html', 'text'] as const);
  const labels = { html: 'As sent', text: 'Plain text' };
  return views.map((view) => {
    const current = view === shown ? html` aria-current="page"` : html``;
    return html`<a href="${at}?view=${view}" ${current}>${labels[view]}</a> `;
  });
}

function frame(at: string): Markup {
  return html`<iframe title="The mail" sandbox="${MAIL_SANDBOX}" src="${at}.html"></iframe>`;
}

function attachments(mail: MailpitMessage): Markup {
  if (mail.Attachments.length === 0) return html``;
  const items = mail.Attachments.map(
    (part) => html`<li>${part.FileName || part.ContentType} (${part.Size} bytes)</li>`,
  );
  return html`<h2>Attachments</h2>
    <ul>
      ${items}
    </ul>`;
}

/** A mail's own HTML, made to open its links in a new tab so that the inbox stays where it is. */
export function framedMail(mail: MailpitMessage): string {
  return `<!doctype html><base target="_blank">${mail.HTML}`;
}

/** Every kind of mail, to be looked at with example facts. */
export function previewsPage(all: readonly Preview[]): string {
  const items = all.map(
    ({ purpose, subject }) =>
      html`<li><a href="/previews/${purpose}">${subject}</a> <span class="quiet">${purpose}</span></li>`,
  );
  return page(
    'Every mail',
    html`<p><a href="/">← Inbox</a></p>
      <h1>Every mail</h1>
      <p>Written with example facts. Nobody was sent any of these, and their links lead nowhere.</p>
      <ul>
        ${items}
      </ul>`,
  );
}

export function missingPage(): string {
  return page(
    'No such mail',
    html`<h1>No such mail</h1>
      <p>It may have been deleted. <a href="/">Back to the inbox</a>.</p>`,
  );
}

function page(title: string, body: Markup): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – Parley's development inbox</title>
        <link rel="stylesheet" href="/inbox.css" />
        <script src="/inbox.js" defer></script>
      </head>
      <body>
        <header><a href="/">Development inbox</a> <span>Nothing here leaves this machine.</span></header>
        <main>${body}</main>
      </body>
    </html> `.text;
}

function names(addresses: readonly MailpitAddress[]): string {
  return addresses.map(({ Name, Address }) => Name || Address).join(', ');
}

function full({ Name, Address }: MailpitAddress): string {
  return Name ? `${Name} <${Address}>` : Address;
}

function time(instant: string): Markup {
  const readable = instant.slice(0, 19).replace('T', ' ');
  return html`<time datetime="${instant}">${readable} UTC</time>`;
}
