// Pages of account holders: govuk-frontend's components in Parley's own frame, without GDS Transport and the crest.
import path from 'node:path';
import type { Admissibility, Choice, DeviationPart, ResultStatus, Tier } from '#libs/domain';
import type { Language } from '#libs/language';
import { styleSheet } from './govuk';
import { speaking } from './speaking';

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

const environmentOf = speaking({
  folder: path.join(__dirname, 'account'),
  autoescape: true,
  filters: ({ t, moment, list }) => ({
    words: (constant) => (typeof constant === 'string' ? wordsOf(constant) : ''),
    day: dayOf,
    lasting: (seconds) => (typeof seconds === 'number' ? lasting(seconds) : ''),
    who: (named) => whoIs(named as Named),
    listed: (items) => list((items as unknown[]).map(String)),
    moment: (instant) => (typeof instant === 'string' ? moment(instant) : ''),
    tier: (tier) => t(`tier.${tier as Tier}`),
    did: (choice) => t(`did.${choice as Choice}`),
    resultStatus: (status) => t(`resultStatus.${status as ResultStatus}`),
    deviation: (part) => t(`deviation.${part as DeviationPart}`),
    admissibility: (status) => t(`admissibility.${status as Admissibility}`),
  }),
});

interface Named {
  id: string;
  name: string | null;
}

/** By name while it is known. */
const whoIs = ({ id, name }: Named): string => name ?? id;

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

/** Renders one page in a language; `context` needs at least a `title`. Values are plain: markup in them is shown as text. */
export function renderAccountPage(
  page: AccountPage,
  language: Language,
  context: { title: string } & Record<string, unknown>,
): string {
  return renderPart(page, language, { ...context, stylesheet: ACCOUNT_STYLESHEET.name });
}

/** Renders a template with these pages' filters and escaping, whether it is one of the pages or not. */
export function renderPart(template: string, language: Language, context: object): string {
  return environmentOf(language).render(`${template}.njk`, context);
}
