// Reads posted forms: small, in UTF-8, each field once; anything else gets an answer that says what is wrong.
import { urlencoded } from 'express';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

const LARGEST_FORM = '64kb';
const MOST_FIELDS = 250;

export type Fields = Readonly<Record<string, string>>;

/** Parses forms; refuses every other kind of body before it is read, but for forms with a file where those are taken. */
export function formParser(isUpload: (request: Request) => boolean = () => false): RequestHandler[] {
  const parse = urlencoded({ extended: false, limit: LARGEST_FORM, parameterLimit: MOST_FIELDS });
  const refuse: RequestHandler = (request, response, next) =>
    isUpload(request) && request.is('multipart/form-data') !== false
      ? next()
      : refuseOtherBodies(request, response, next);
  return [refuse, parse];
}

function refuseOtherBodies(request: Request, _response: Response, next: NextFunction): void {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (hasBody && request.is('application/x-www-form-urlencoded') === false) {
    next(Object.assign(new Error('only forms are read here'), { status: 415 }));
    return;
  }
  next();
}

/** The fields of a form, each trimmed and once; a repeated field counts by its last value, as browsers would send one. */
export function fieldsOf(request: Request): Fields {
  const body: unknown = request.body;
  if (typeof body !== 'object' || body === null) return {};
  const fields = Object.entries(body).map(([name, value]: [string, unknown]) => {
    const last: unknown = Array.isArray(value) ? value.at(-1) : value;
    return [name, typeof last === 'string' ? last.replaceAll('\r\n', '\n').trim() : ''] as const;
  });
  return Object.fromEntries(fields);
}
