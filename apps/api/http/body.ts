// Refuses bodies that no handler should see: wrong type or charset, broken UTF-8, too deep.
import { isUtf8 } from 'node:buffer';
import type { RawBodyRequest } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { isPage } from '../pages/session';
import { sendProblem } from '../problems/problem.filter';
import { problem } from '../problems/problem';

export const BODY_LIMIT = '256kb';
const DEEPEST = 24;

/** Deposits are streamed by their own handlers, pages post forms; everything else is JSON. */
const isFile = (request: Request): boolean => /\/(file|upload)$/.test(request.path);

const hasBody = (request: Request): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;

/** Before parsing: a body that is not JSON in UTF-8 is refused by its header. */
export function onlyJson(request: Request, response: Response, next: NextFunction): void {
  if (!hasBody(request) || isFile(request) || isPage(request)) return next();
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type)) {
    return sendProblem(
      response,
      problem(415, 'MEDIA_TYPE', 'The body is not declared as JSON.', 'Send Content-Type: application/json.'),
    );
  }
  const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(type)?.[1] ?? 'utf-8';
  if (!/^utf-?8$/i.test(charset)) {
    return sendProblem(
      response,
      problem(415, 'CHARSET', `The charset is ${charset.slice(0, 20)}.`, 'Send the body as UTF-8.'),
    );
  }
  next();
}

/** After parsing: bytes that are not UTF-8 would silently have become other text. */
export function onlyUtf8(request: RawBodyRequest<Request>, response: Response, next: NextFunction): void {
  if (request.rawBody === undefined || isUtf8(request.rawBody)) return next();
  sendProblem(
    response,
    problem(400, 'NOT_UTF8', 'The body holds bytes that are not UTF-8.', 'Encode it as UTF-8.'),
  );
}

/** After parsing: nesting deeper than any body of this API is refused before a schema walks it. */
export function notDeep(request: Request, response: Response, next: NextFunction): void {
  if (depthWithin(request.body, DEEPEST)) return next();
  const detail = `The body is nested deeper than ${DEEPEST} levels.`;
  sendProblem(response, problem(422, 'TOO_DEEP', detail, 'Compare it with /openapi.json.'));
}

function depthWithin(body: unknown, deepest: number): boolean {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return false;
    level = level.flatMap(inside);
  }
  return true;
}

const inside = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value as Record<string, unknown>) : [];
