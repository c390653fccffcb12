// Renders the shared pages: nunjucks with escaping always on, in a person's language, nothing cached between people.
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Language } from '#libs/language';
import { styleSheet } from './govuk';
import { speaking } from './speaking';

export type PageName =
  | 'sign'
  | 'code'
  | 'changed'
  | 'receipt'
  | 'withdraw'
  | 'again'
  | 'access'
  | 'message'
  | 'request'
  | 'deposit'
  | 'confirm'
  | 'delegate'
  | 'deputy'
  | 'take-back'
  | 'items'
  | 'items-code'
  | 'items-done'
  | 'register'
  | 'register-entry';

const environmentOf = speaking({ folder: path.join(__dirname, 'templates'), autoescape: true });

const sheet = styleSheet('pages', 'pages.css');

/** The one style sheet, also as most browsers take it: compressed once, when the process starts. */
export const STYLESHEET = { ...sheet, gzip: gzipSync(sheet.css, { level: 9 }) };

/** Renders one page in a language; `context` needs at least a `title`, in that language. */
export function renderPage(
  page: PageName,
  language: Language,
  context: { title: string } & Record<string, unknown>,
): string {
  return environmentOf(language).render(`${page}.njk`, { ...context, stylesheet: STYLESHEET.name });
}
