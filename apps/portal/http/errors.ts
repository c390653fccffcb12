// Turns whatever went wrong into a plain page: what it was, what to do; never a stack trace, never a secret.
import { Catch, HttpException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { Refused } from '#libs/ledger';
import type { MessageKey } from '#libs/language';
import { ForeignForm } from '#libs/web/http';
import { sendPage, sendRefusal } from './answers';
import { languageOf } from './language';

/** What each status says: its title, then line by line. */
const WORDS: Record<number, readonly [MessageKey, ...MessageKey[]]> = {
  403: ['wrong.foreign', 'wrong.foreignLead', 'page.nothingRecorded', 'wrong.foreignAgain'],
  404: ['wrong.noPage', 'wrong.checkAddress'],
  405: ['wrong.impossible', 'page.nothingRecorded', 'wrong.openAgain'],
  413: ['wrong.tooLong', 'wrong.tooLongLead', 'wrong.shorten'],
  415: ['wrong.unreadable', 'wrong.format', 'wrong.useForm'],
};
const AWAY = ['wrong.away', 'wrong.awayLead', 'wrong.tryAgain'] as const;
const MALFORMED = ['wrong.unreadable', 'wrong.malformed', 'page.nothingRecorded', 'wrong.openAgain'] as const;

@Catch()
export class PlainErrors implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) return;
    if (error instanceof Refused) return sendRefusal(response, error.refusal);
    const status = statusOf(error);
    if (status >= 500) this.report(error, host.switchToHttp().getRequest<Request>());
    const [title, ...lines] = WORDS[status] ?? (status >= 500 ? AWAY : MALFORMED);
    const say = languageOf(response).t as (key: MessageKey) => string;
    sendPage(response, status, 'message', { title: say(title), lines: lines.map((line) => say(line)) });
  }

  /** The route's pattern instead of its address: addresses of links hold secrets. */
  private report(error: unknown, request: Request): void {
    const route = (request.route as { path?: unknown } | undefined)?.path;
    const { name, message, code } = error as { name?: string; message?: string; code?: string };
    this.log.error({ route, method: request.method, error: name, code, reason: message }, 'a page failed');
  }
}

function statusOf(error: unknown): number {
  if (error instanceof ForeignForm) return 403;
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof URIError) return 400;
  const { status } = (error ?? {}) as { status?: unknown };
  // Errors of the body parser carry a status; everything else is ours, and the person can only try again.
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 503;
}
