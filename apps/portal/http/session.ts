// The cookie that is the token, and what follows from having it: proofs that a form came from our own page.
import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { checkOrigin, cookieOf, ForeignForm, keyed, same, wellFormed } from '#libs/web/http';
import { PortalSettings } from '../settings';

const COOKIE = 'parley_link';

/** What a decision records of the page it was given on. */
export interface ShownPage {
  locale: string;
  digest: string;
}

@Injectable()
export class Sessions {
  constructor(private readonly settings: PortalSettings) {}

  /** One cookie per link: its path is the clean address, so that it is sent nowhere else. */
  begin(response: Response, token: string, path: string, expires: string): void {
    response.cookie(COOKIE, token, {
      httpOnly: true,
      sameSite: 'lax',
      secure: !this.settings.isDevelopment,
      path,
      expires: new Date(expires),
      encode: String,
    });
  }

  /** The token of this address's cookie, or '' (which no link has). */
  token(request: Request): string {
    const given = cookieOf(request, COOKIE);
    return given === '' ? '' : wellFormed(given);
  }

  /** Goes into each form; only whoever holds the token can compute it. */
  csrf(token: string, path: string): string {
    return keyed(token, `form ${path}`);
  }

  /**
   * Refuses a form from anywhere else. With `no-referrer` browsers send `Origin: null` for our own forms, so what
   * decides is the keyed field, together with what the browser says about the site where it knows.
   * @throws ForeignForm
   */
  checkForm(request: Request, token: string, path: string, given: string | undefined): void {
    this.checkOrigin(request);
    if (!same(given ?? '', this.csrf(token, path)))
      throw new ForeignForm('the form was not made for this link');
  }

  /** @throws ForeignForm when the browser says the form came from another site. */
  checkOrigin(request: Request): void {
    checkOrigin(request, this.settings.origin);
  }

  /** Digest and locale of the page shown, sealed so that the form brings back what this portal put there. */
  sealPage(token: string, { locale, digest }: ShownPage): string {
    return `${digest}.${locale}.${keyed(token, `page ${digest} ${locale}`)}`;
  }

  /** What one showing of a page at `path` carries: the proof that its form is ours, and the page as it was digested. */
  sealed(token: string, path: string, shown: ShownPage): { csrf: string; page: string } {
    return { csrf: this.csrf(token, path), page: this.sealPage(token, shown) };
  }

  /** What page was shown; `null` when the field was lost or altered. */
  shownPage(token: string, sealed = ''): ShownPage | null {
    const [, digest = '', locale = ''] = /^([0-9a-f]{64})\.([A-Za-z-]{2,20})\./.exec(sealed) ?? [];
    return same(sealed, this.sealPage(token, { locale, digest })) ? { locale, digest } : null;
  }
}
