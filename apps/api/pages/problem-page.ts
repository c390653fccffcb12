// A problem as a page: in the reader's language where anybody may meet it, otherwise the rule's reason and remedy as the API says them, in English.
import type { Response } from 'express';
import type { Language, MessageKey } from '#libs/language';
import { renderAccountPage } from '#libs/web';
import type { Problem } from '../problems/problem';
import { PAGES } from './session';

/** What the portal says of the same, where it does. */
const TITLES: Record<number, MessageKey> = {
  400: 'wrong.unreadable',
  401: 'app.unknown',
  403: 'app.notAllowed',
  404: 'wrong.noPage',
  405: 'wrong.impossible',
  413: 'wrong.tooLong',
  415: 'wrong.unreadable',
  429: 'app.tooMany',
};

export function sendProblemPage(response: Response, problem: Problem, language: Language): void {
  const { status, detail, remedy, rule } = problem;
  const t = language.t as (key: MessageKey) => string;
  const isAboutSigningIn = status === 401 || /SIGN_IN|ADDRESS/.test(rule);
  const link = isAboutSigningIn
    ? { href: `${PAGES}/sign-in`, text: t('app.signIn') }
    : { href: PAGES, text: t('app.projects') };
  const title = t(TITLES[status] ?? (status >= 500 ? 'wrong.away' : 'app.notNow'));
  const known = language.known(`app.problem.${rule}`);
  const inOwnWords = known !== undefined;
  const lines = inOwnWords ? [known] : [sentence(detail), sentence(remedy)];
  response
    .status(status)
    .type('html')
    .send(renderAccountPage('problem', language, { title, lines, inOwnWords, link }));
}

/** A reason of a rule as a sentence of its own. */
export function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
