// Idempotency-Key on POST: the first answer is kept with a digest of the request, and given again.
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { catchError, from, mergeMap, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { callOf } from '../ledger/call';
import type { Once } from '../ledger/call';
import { LedgerHandle } from '../ledger/handle';
import { fail } from '../problems/problem';

/** A request still without an answer after this long was cut off by a crash: its key may be used again. */
const ABANDONED_AFTER = '60 seconds';

/** A file's bytes are not read here, and its deposit refuses a second one; a token is shown once and stored nowhere. */
const NEVER_KEPT = /\/(?:file|tokens)$/;

interface Kept {
  fingerprint: string;
  status: number | null;
  body: unknown;
}

@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly handle: LedgerHandle) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    const key = request.headers['idempotency-key'];
    const call = callOf(request);
    if (
      request.method !== 'POST' ||
      key === undefined ||
      call === undefined ||
      NEVER_KEPT.test(request.path)
    ) {
      return next.handle();
    }
    if (typeof key !== 'string' || !/^[\x21-\x7e]{8,128}$/.test(key)) {
      fail(
        422,
        'IDEMPOTENCY_KEY',
        'Idempotency-Key is not 8 to 128 visible characters.',
        'Send a UUID, for example.',
      );
    }
    const entry = { actor: JSON.stringify(call.actor), key, fingerprint: fingerprintOf(request) };
    call.once = entry;
    const response = context.switchToHttp().getResponse<Response>();
    return from(this.begin(entry)).pipe(
      mergeMap((kept) =>
        kept === null ? this.answer(entry, response, next) : of(replay(kept, entry.fingerprint, response)),
      ),
    );
  }

  private answer(entry: Entry, response: Response, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      mergeMap(async (body: unknown) => {
        await this.handle.source.query(
          'update parley.idempotency set status = $3, body = $4::jsonb where actor = $1 and key = $2 and status is null',
          [entry.actor, entry.key, response.statusCode, JSON.stringify(body ?? null)],
        );
        return body;
      }),
      // A refusal recorded nothing: the same key may try again once its cause is gone.
      catchError(async (error: unknown) => {
        await this.handle.source.query(
          'delete from parley.idempotency where actor = $1 and key = $2 and status is null',
          [entry.actor, entry.key],
        );
        throw error;
      }),
    );
  }

  /** Null when this request is the first under its key. */
  private async begin(entry: Entry): Promise<Kept | null> {
    const mine: unknown[] = await this.handle.source.query(
      `insert into parley.idempotency as kept (actor, key, fingerprint) values ($1, $2, $3)
       on conflict (actor, key) do update set at = parley.wall_clock()
         where kept.status is null and kept.fingerprint = excluded.fingerprint
           and kept.at < parley.wall_clock() - interval '${ABANDONED_AFTER}'
       returning key`,
      [entry.actor, entry.key, entry.fingerprint],
    );
    if (mine.length > 0) return null;
    const kept: Kept[] = await this.handle.source.query(
      'select fingerprint, status, body from parley.idempotency where actor = $1 and key = $2',
      [entry.actor, entry.key],
    );
    // Removed between the two statements: its request was refused, so this one is the first again.
    return kept[0] ?? this.begin(entry);
  }
}

interface Entry extends Once {
  fingerprint: string;
}

function replay(kept: Kept, fingerprint: string, response: Response): unknown {
  if (kept.fingerprint !== fingerprint) {
    fail(
      422,
      'IDEMPOTENCY_KEY_REUSED',
      'This Idempotency-Key was used with another request.',
      'Use a new key for a new request.',
    );
  }
  if (kept.status === null) {
    fail(
      409,
      'IN_PROGRESS',
      'The first request with this Idempotency-Key has not ended yet.',
      'Repeat it in a moment.',
    );
  }
  response.status(kept.status);
  response.setHeader('Idempotent-Replay', 'true');
  return kept.body;
}

const fingerprintOf = (request: Request): string =>
  createHash('sha256')
    .update(`${request.method} ${request.originalUrl}\n${JSON.stringify(request.body ?? null)}`)
    .digest('hex');
