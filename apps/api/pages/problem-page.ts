// A problem as a page: the rule's reason and its remedy, in the words the API has for it.
import type { Response } from 'express';
import { renderAccountPage } from '#libs/web';
import type { Problem } from '../problems/problem';
import { PAGES } from './session';

export function sendProblemPage(response: Response, { status, title, detail, remedy, rule }: Problem): void {
  const isAboutSigningIn = status === 401 || /SIGN_IN|ADDRESS/.test(rule);
  const link = isAboutSigningIn
    ? { href: `${PAGES}/sign-in`, text: 'Sign in' }
    : { href: PAGES, text: 'My projects' };
  response
    .status(status)
    .type('html')
    .send(renderAccountPage('problem', { title, lines: [sentence(detail), sentence(remedy)], link }));
}

/** A reason of a rule as a sentence of its own. */
export function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
