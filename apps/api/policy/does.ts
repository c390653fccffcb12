// Decorators of routes: each names its action (or says that it is public) and documents itself.
import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { Done } from '../ledger/done';
import type { Action } from './actions';

export const POLICY = 'parley:policy';
export type Policy = Action | 'public';

const refusals = ApiResponse({
  status: 'default',
  description: 'Any refusal or error',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** A route anybody may call. */
export const Public = (summary: string) =>
  applyDecorators(
    SetMetadata(POLICY, 'public' satisfies Policy),
    ApiOperation({ summary, security: [] }),
    refusals,
  );

/** A route that shows something. */
export const Shows = (action: Action, summary: string, schema?: z.ZodType) =>
  applyDecorators(
    SetMetadata(POLICY, action satisfies Policy),
    ApiOperation({ summary }),
    ApiBearerAuth(),
    ApiResponse({ status: 200, description: 'Found', ...(schema ? { standardSchema: schema } : {}) }),
    refusals,
  );

/** A route that changes something outside the ledger. */
export const Changes = (action: Action, summary: string, status: number, schema?: z.ZodType) =>
  applyDecorators(
    SetMetadata(POLICY, action satisfies Policy),
    ApiOperation({ summary }),
    ApiBearerAuth(),
    ApiResponse({ status, description: 'Done', ...(schema ? { standardSchema: schema } : {}) }),
    refusals,
  );

/** A route that records something: answers with the receipt, or as `schema` says. */
export const Does = (action: Action, summary: string, schema: z.ZodType = Done) =>
  applyDecorators(
    SetMetadata(POLICY, action satisfies Policy),
    ApiOperation({ summary }),
    ApiBearerAuth(),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'Repeating a request with the same key and body gives the same answer, and records nothing twice.',
      schema: { type: 'string', minLength: 8, maxLength: 128 },
    }),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The ETag of the state that was read; refused with 412 when somebody was faster.',
      schema: { type: 'string' },
    }),
    ApiResponse({ status: 201, description: 'Recorded', standardSchema: schema }),
    refusals,
  );
