// The last stop of every error: writes a problem, logs what was unforeseen, and never shows a stack trace.
import { Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import type { Language } from '#libs/language';
import { isPage, PAGES, SignInFirst } from '../pages/session';
import { sendProblemPage } from '../pages/problem-page';
import { problemOf } from './mapping';
import type { Problem } from './problem';

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Logger,
    private readonly language: Language,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const request = host.switchToHttp().getRequest<Request>();
    if (thrown instanceof SignInFirst) return signInFirst(request, response);
    const found = problemOf(thrown);
    if (found.status >= 500) this.log.error(traceOf(thrown), 'a request failed');
    // A stream that has begun cannot become a problem any more; breaking it off is the honest end.
    if (response.headersSent) return void response.destroy();
    if (!request.complete) letGo(request, response);
    if (isPage(request)) return sendProblemPage(response, found, this.language);
    sendProblem(response, found);
  }
}

function signInFirst(request: Request, response: Response): void {
  response.redirect(303, `${PAGES}/sign-in?to=${encodeURIComponent(request.path)}`);
}

/** What the log keeps of a fault: never the parameters that errors of the database carry along (T12). */
export function traceOf(thrown: unknown): Record<string, unknown> {
  if (!(thrown instanceof Error)) return { fault: typeof thrown };
  const code = 'code' in thrown ? String(thrown.code) : undefined;
  return { fault: thrown.name, code, at: thrown.stack?.split('\n').slice(1, 12) };
}

/** Also used by middleware, before Nest's own error handling. */
export function sendProblem(response: Response, found: Problem): void {
  response.status(found.status).type('application/problem+json');
  if (found.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  response.send(JSON.stringify(found));
}

const LONGEST_DRAIN_MS = 30_000;

/** An upload refused half way: what still comes is thrown away, so that the sender can read why, and the line is closed. */
function letGo(request: Request, response: Response): void {
  response.setHeader('Connection', 'close');
  request.resume();
  const timer = setTimeout(() => request.destroy(), LONGEST_DRAIN_MS).unref();
  request.once('close', () => clearTimeout(timer));
}
