// Renders the shared pages: nunjucks with escaping always on, missing names an error, nothing cached between people.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import nunjucks from 'nunjucks';

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
const loader = new nunjucks.FileSystemLoader(path.join(here, 'templates'), { noCache: false });
const environment = new nunjucks.Environment(loader, {
  autoescape: true,
  trimBlocks: true,
  lstripBlocks: true,
});

const css = readFileSync(path.join(here, 'pages.css'), 'utf8');

/** The one style sheet; its name changes with its content, so that it may be cached for ever. */
export const STYLESHEET = {
  name: `pages-${createHash('sha256').update(css).digest('hex').slice(0, 12)}.css`,
  css,
} as const;

/** Renders one page; `context` needs at least a `title`. */
export function renderPage(page: PageName, context: { title: string } & Record<string, unknown>): string {
  return environment.render(`${page}.njk`, { ...context, stylesheet: STYLESHEET.name });
}
