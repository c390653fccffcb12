// Renders the shared pages: nunjucks with escaping always on, in a person's language, nothing cached between people.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Language } from '#libs/language';
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
  | 'register'
  | 'register-entry';

const here = __dirname;
const environmentOf = speaking({ folder: path.join(here, 'templates'), autoescape: true });

const css = readFileSync(path.join(here, 'pages.css'), 'utf8');

/** The one style sheet; its name changes with its content, so that it may be cached for ever. */
export const STYLESHEET = {
  name: `pages-${createHash('sha256').update(css).digest('hex').slice(0, 12)}.css`,
  css,
} as const;

/** Renders one page in a language; `context` needs at least a `title`, in that language. */
export function renderPage(
  page: PageName,
  language: Language,
  context: { title: string } & Record<string, unknown>,
): string {
  return environmentOf(language).render(`${page}.njk`, { ...context, stylesheet: STYLESHEET.name });
}
