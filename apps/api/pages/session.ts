// The session of the pages: a cookie that is the person's own credential, and the proof that a form is ours.
import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { checkOrigin, cookieOf, fieldsOf, ForeignForm, keyed, same, wellFormed } from '#libs/web/http';
import { SETTINGS } from '../settings';
import type { Settings } from '../settings';

/** Everything below belongs to the pages; everything else is the API, and no cookie counts there. */
export const PAGES = '/app';

export const isPage = (request: Request): boolean =>
  request.path === PAGES || request.path.startsWith(`${PAGES}/`);

/** Nobody is signed in: the page asked for comes after the sign-in. */
export class SignInFirst extends Error {
  override readonly name = 'SignInFirst';
}

/** The cookies, each with the only path it is sent to. */
const COOKIES = {
  parley_session: PAGES,
  parley_sign_in: `${PAGES}/sign-in`,
  parley_attempt: `${PAGES}/sign-in`,
} as const;
type Cookie = keyof typeof COOKIES;

@Injectable()
export class PageSessions {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  keep(response: Response, cookie: Cookie, value: string, expires: Date): void {
    response.cookie(cookie, value, { ...this.walls(COOKIES[cookie]), expires, encode: String });
  }

  forget(response: Response, cookie: Cookie): void {
    response.clearCookie(cookie, this.walls(COOKIES[cookie]));
  }

  secret(request: Request, cookie: Cookie = 'parley_session'): string {
    const value = cookieOf(request, cookie);
    return value === '' ? '' : wellFormed(value);
  }

  /** A cookie that is no secret of ours, as it came. */
  kept(request: Request, cookie: Cookie): string {
    return cookieOf(request, cookie);
  }

  /** Goes into the form that is posted to `action`; only whoever holds the session can compute it. */
  proof(secret: string, action: string): string {
    return keyed(secret, `form ${action}`);
  }

  /** @throws ForeignForm */
  check(request: Request, secret: string): void {
    checkOrigin(request, new URL(this.settings.url).origin);
    if (!same(fieldsOf(request).csrf ?? '', this.proof(secret, request.path)))
      throw new ForeignForm('the form was not made for this session');
  }

  /** Lax, not strict: the provider sends people back from its own site, and the next page has to know them. */
  private walls(path: string) {
    return { httpOnly: true, sameSite: 'lax', secure: !this.settings.isDevelopment, path } as const;
  }
}
