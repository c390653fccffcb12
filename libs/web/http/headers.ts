// Headers of every answer: nothing is stored, referred, framed, or loaded from elsewhere; no script runs at all.
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** Stricter than a nonce: there is no script on these pages, so none is allowed. */
export function securityHeaders(isDevelopment: boolean): RequestHandler[] {
  return [
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'"],
          formAction: ["'self'"],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      referrerPolicy: { policy: 'no-referrer' },
      strictTransportSecurity: isDevelopment ? false : { maxAge: 31_536_000, includeSubDomains: true },
      xFrameOptions: { action: 'deny' },
      crossOriginOpenerPolicy: { policy: 'same-origin' },
      crossOriginResourcePolicy: { policy: 'same-origin' },
    }),
    neverStored,
  ];
}

function neverStored(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Robots-Tag', 'noindex, nofollow');
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), interest-cohort=()');
  next();
}
