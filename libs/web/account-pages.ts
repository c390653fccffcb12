// Pages of account holders: govuk-frontend's components in Parley's own frame, without GDS Transport and the crest.
import path from 'node:path';
import nunjucks from 'nunjucks';
import { GOVUK, styleSheet } from './govuk';

export type AccountPage =
  | 'sign-in'
  | 'choose'
  | 'problem'
  | 'projects'
  | 'project'
  | 'requests'
  | 'admissibility'
  | 'hypotheses'
  | 'evidence'
  | 'issue'
  | 'sources'
  | 'sufficiency'
  | 'timeline'
  | 'people'
  | 'results'
  | 'result'
  | 'form';

const loaders = [path.join(__dirname, 'account'), GOVUK].map((dir) => new nunjucks.FileSystemLoader(dir));
const environment = new nunjucks.Environment(loaders, {
  autoescape: true,
  trimBlocks: true,
  lstripBlocks: true,
});
environment.addFilter('words', (constant: unknown) =>
  typeof constant === 'string' ? wordsOf(constant) : '',
);
environment.addFilter('day', (instant: unknown) => dayOf(instant));
environment.addFilter('lasting', (seconds: unknown) => (typeof seconds === 'number' ? lasting(seconds) : ''));

/** `NOT_OBTAINED` and `dataRequest` as people read them: "Not obtained", "Data request". */
export function wordsOf(constant: string): string {
  const spaced = constant
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

function dayOf(instant: unknown): string {
  return typeof instant === 'string' && !Number.isNaN(Date.parse(instant))
    ? `${DAY.format(new Date(instant))} UTC`
    : '';
}

/** What is left of a run, no finer than it is known: an estimate that counts seconds would pretend. */
function lasting(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 60) return 'less than a minute';
  if (minutes < 90) return minutes === 1 ? 'about a minute' : `about ${minutes} minutes`;
  return `about ${Math.round(seconds / 3600)} hours`;
}

export const ACCOUNT_STYLESHEET = styleSheet('account', 'account.css');

/** Renders one page; `context` needs at least a `title`. Values are plain: markup in them is shown as text. */
export function renderAccountPage(
  page: AccountPage,
  context: { title: string } & Record<string, unknown>,
): string {
  return renderPart(page, { ...context, stylesheet: ACCOUNT_STYLESHEET.name });
}

/** Renders a template with these pages' filters and escaping, whether it is one of the pages or not. */
export function renderPart(template: string, context: object): string {
  return environment.render(`${template}.njk`, context);
}
