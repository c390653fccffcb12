// In which language a visitor is answered: what the browser prefers among those spoken here.
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Language } from '#libs/language';
import type { Spoken } from '../settings';

interface Locals {
  language?: Language;
}

/** First among the handlers, so that an error page speaks it too. */
export function speak(languages: Spoken): RequestHandler {
  return (request: Request, response: Response<unknown, Locals>, next: NextFunction) => {
    response.locals.language = languages.preferred(request.headers['accept-language']);
    // A cache between us and the person must not give one person's language to another.
    response.vary('Accept-Language');
    next();
  };
}

/** The language of the answer. */
export function languageOf(response: Response): Language {
  const { language } = response.locals as Locals;
  if (language === undefined)
    throw new Error('No language was chosen: `speak` has to come before every page.');
  return language;
}
