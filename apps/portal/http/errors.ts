// Turns whatever went wrong into a plain page: what it was, what to do; never a stack trace, never a secret.
import { Catch, HttpException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { Refused } from '#libs/ledger';
import { ForeignForm } from '#libs/web/http';
import { sendPage, sendRefusal } from './answers';

type Words = { title: string; lines: string[] };

const NOTHING_RECORDED = 'Nothing has been recorded.';
const WORDS: Record<number, Words> = {
  400: {
    title: 'This could not be read',
    lines: ['The request was malformed.', NOTHING_RECORDED, 'Open the link in your mail again.'],
  },
  403: {
    title: 'This form did not come from our page',
    lines: [
      'For your safety we only accept answers given on the page itself.',
      NOTHING_RECORDED,
      'Open the link in your mail again and answer there.',
    ],
  },
  404: { title: 'There is no such page', lines: ['Check the address, or open the link in your mail again.'] },
  405: { title: 'This is not possible here', lines: [NOTHING_RECORDED, 'Open the link in your mail again.'] },
  413: {
    title: 'This is too long',
    lines: [
      `What you sent is larger than a form can be. ${NOTHING_RECORDED}`,
      'Shorten your texts and send them again.',
    ],
  },
  415: {
    title: 'This could not be read',
    lines: [
      `The form came in a format or character set that we do not read. ${NOTHING_RECORDED}`,
      'Use the form on the page; it sends UTF-8.',
    ],
  },
  503: {
    title: 'Parley cannot record anything just now',
    lines: [
      `The ledger cannot be reached. ${NOTHING_RECORDED}`,
      'Please try again in a few minutes. Your link keeps working.',
    ],
  },
};

@Catch()
export class PlainErrors implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) return;
    if (error instanceof Refused) return sendRefusal(response, error.refusal);
    const status = statusOf(error);
    if (status >= 500) this.report(error, host.switchToHttp().getRequest<Request>());
    const words = WORDS[status] ?? (status >= 500 ? WORDS[503] : WORDS[400]);
    sendPage(response, status, 'message', words ?? { title: 'This did not work', lines: [NOTHING_RECORDED] });
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
