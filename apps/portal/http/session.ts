// The cookie that is the token, and what follows from having it: proofs that a form came from our own page.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { PortalSettings } from '../settings';

const COOKIE = 'parley_link';
const LONGEST_TOKEN = 128;

/** A form that did not come from our own page for this link. */
export class ForeignForm extends Error {
  override readonly name = 'ForeignForm';
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
    const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
    const value = pairs.find(([name]) => name === COOKIE)?.[1] ?? '';
    return wellFormed(value);
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
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    if (origin !== undefined && origin !== 'null' && origin !== this.settings.origin) {
      throw new ForeignForm('the form came from another site');
    }
    if (site !== undefined && site !== 'same-origin' && site !== 'none') {
      throw new ForeignForm('the form came from another site');
    }
  }

  /** Digest of the page shown, sealed so that the form brings back what this portal put there. */
  sealPage(token: string, digest: string): string {
    return `${digest}.${keyed(token, `page ${digest}`)}`;
  }

  /** The digest of the page shown; `null` when the field was lost or altered. */
  shownPage(token: string, sealed: string | undefined): { locale: string; digest: string } | null {
    const digest = /^[0-9a-f]{64}(?=\.)/.exec(sealed ?? '')?.[0];
    if (digest === undefined || !same(sealed ?? '', this.sealPage(token, digest))) return null;
    return { locale: 'en', digest };
  }
}

/** Anything that cannot be a token becomes one nobody has, so that every unknown token takes the same path. */
export function wellFormed(token: string): string {
  return /^[A-Za-z0-9_-]+$/.test(token) && token.length <= LONGEST_TOKEN
    ? token
    : createHash('sha256').update(token).digest('base64url');
}

function keyed(token: string, message: string): string {
  return createHmac('sha256', token).update(message).digest('base64url');
}

function same(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(left, right);
}
