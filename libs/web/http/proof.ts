// Proofs that a posted form came from our own page, made from the secret that its cookie holds.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';

const LONGEST_SECRET = 128;

/** A form that did not come from our own page. */
export class ForeignForm extends Error {
  override readonly name = 'ForeignForm';
}

/** What only whoever holds the secret can compute. */
export function keyed(secret: string, message: string): string {
  return createHmac('sha256', secret).update(message).digest('base64url');
}

/** Compares without telling by its time where two texts differ. */
export function same(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(left, right);
}

/** The value of a cookie, or ''. */
export function cookieOf(request: Request, cookie: string): string {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === cookie)?.[1] ?? '';
}

/** Anything that cannot be a secret becomes one nobody has, so that every unknown secret takes the same path. */
export function wellFormed(secret: string): string {
  return /^[A-Za-z0-9_-]+$/.test(secret) && secret.length <= LONGEST_SECRET
    ? secret
    : createHash('sha256').update(secret).digest('base64url');
}

/**
 * With `no-referrer` browsers send `Origin: null` for our own forms, so this only refuses what the browser says of
 * another site; what decides is the keyed field.
 * @throws ForeignForm when the browser says the form came from another site.
 */
export function checkOrigin(request: Request, own: string): void {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const isForeign = origin !== undefined && origin !== 'null' && origin !== own;
  if (isForeign || (site !== undefined && site !== 'same-origin' && site !== 'none'))
    throw new ForeignForm('the form came from another site');
}
