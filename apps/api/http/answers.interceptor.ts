// Finishes every answer: fills in texts and names, and says which version of the stream it shows.
import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { mergeMap } from 'rxjs';
import type { Observable } from 'rxjs';
import { callOf } from '../ledger/call';
import { LedgerHandle } from '../ledger/handle';
import { commitmentsIn, filled } from './said';

@Injectable()
export class AnswersInterceptor implements NestInterceptor {
  constructor(private readonly handle: LedgerHandle) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    return next.handle().pipe(
      mergeMap(async (view: unknown) => {
        const version = versionOf(request, view);
        if (version !== null && !response.headersSent) response.setHeader('ETag', `"${version}"`);
        return this.fill(view);
      }),
    );
  }

  private async fill(view: unknown): Promise<unknown> {
    const commitments = [...commitmentsIn(view)];
    if (commitments.length === 0) return view;
    return filled(view, await this.handle.ledger.texts(commitments));
  }
}

/** After a command the receipt's version; on reading, the version of the stream the address names. */
function versionOf(request: Request, view: unknown): number | null {
  if (typeof view === 'object' && view !== null && 'receipt' in view) {
    return (view as { receipt: { version: number } }).receipt.version;
  }
  const call = callOf(request);
  if (request.params['project'] !== undefined) return call?.world?.project.version ?? null;
  return request.params['programme'] === undefined ? null : (call?.programme?.version ?? null);
}
