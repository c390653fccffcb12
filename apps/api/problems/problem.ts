// RFC 9457 problem details: the one shape in which the API says no.
import type { Missing, Refusal } from '#libs/domain';
import { z } from 'zod';

export const Problem = z
  .object({
    type: z.string().describe('A stable identifier of the rule, as a URI reference.'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What was wrong, and where.'),
    rule: z.string().describe('The stable name of the rule, such as SELF_APPROVAL.'),
    remedy: z.string().describe('What to do next.'),
    missing: z
      .array(
        z.object({
          rule: z.string(),
          reason: z.string(),
          waitingFor: z.array(z.string()),
          names: z.array(z.string()).optional(),
          since: z.string().nullable(),
        }),
      )
      .optional()
      .describe('Everything that is still missing, and whose move it is.'),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ description: 'Problem details (RFC 9457).' });
export type Problem = z.infer<typeof Problem>;

export const TITLES: Record<number, string> = {
  400: 'The request cannot be read',
  401: 'Who is asking is not known',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not possible here',
  408: 'The request took too long',
  409: 'Not in this state',
  412: 'Somebody was faster',
  413: 'Too large',
  415: 'Not in this format',
  422: 'The content does not fit',
  429: 'Too many requests',
  500: 'Something failed here',
  503: 'Not ready',
};

/** A problem under its rule's name. */
export function problem(
  status: number,
  rule: string,
  detail: string,
  remedy: string,
  more: ProblemExtras = {},
): Problem {
  return {
    type: `/problems/${rule.toLowerCase().replaceAll('_', '-')}`,
    title: TITLES[status] ?? 'Refused',
    status,
    detail,
    rule,
    remedy,
    ...more,
  };
}

export interface ProblemExtras {
  missing?: (Missing & { names?: string[] })[];
  errors?: { path: string; message: string }[];
}

const STATUS_OF: Record<Refusal['kind'], number> = {
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  STALE: 409,
  INVALID: 422,
};

/** The domain's refusal as a problem; what a person sees is the same reason everywhere. */
export function refusalProblem(refusal: Refusal): Problem {
  const { kind, rule, reason, remedy, missing } = refusal;
  return problem(STATUS_OF[kind], rule, reason, remedy, missing ? { missing } : {});
}

/** Thrown by the API's own edges; carries the finished problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/** Shorthand for throwing a problem under its rule's name. */
export function fail(
  status: number,
  rule: string,
  detail: string,
  remedy: string,
  more?: ProblemExtras,
): never {
  throw new ProblemError(problem(status, rule, detail, remedy, more));
}
