// Turns whatever was thrown into a problem: rules by name, broken requests by their cause, everything else without detail.
import { HttpException } from '@nestjs/common';
import { ThrottlerException } from '@nestjs/throttler';
import { InputRefused } from '#libs/statistics';
import { VaultRefusal } from '#libs/vault/deposit';
import { ForeignForm } from '#libs/web/http';
import type { Refusal } from '#libs/domain';
import { problem, ProblemError, refusalProblem } from './problem';
import type { Problem } from './problem';

type Mapper = (thrown: unknown) => Problem | null;

/** The problem of anything thrown; an unforeseen error says nothing about itself. */
export function problemOf(thrown: unknown): Problem {
  for (const map of MAPPERS) {
    const found = map(thrown);
    if (found !== null) return found;
  }
  return UNFORESEEN;
}

const UNFORESEEN = problem(
  500,
  'UNFORESEEN',
  'The request could not be carried out because of a fault on this side.',
  'Try again with the same Idempotency-Key; if it goes on, tell the operator the time of the request.',
);

const carried: Mapper = (thrown) => (thrown instanceof ProblemError ? thrown.problem : null);

/** `Refused` of the ledger, known by what it carries. */
const refused: Mapper = (thrown) =>
  thrown instanceof Error && 'refusal' in thrown ? refusalProblem(thrown.refusal as Refusal) : null;

const VAULT_STATUS: Partial<Record<VaultRefusal['code'], number>> = {
  TOO_LARGE: 413,
  WRONG_TYPE: 415,
  UPLOAD_BROKEN: 400,
  DISK_FULL: 503,
};

const vault: Mapper = (thrown) =>
  thrown instanceof VaultRefusal
    ? problem(
        VAULT_STATUS[thrown.code] ?? 409,
        thrown.code,
        thrown.message,
        thrown.code === 'DISK_FULL'
          ? 'Tell the operator; once there is room, send it again.'
          : 'Nothing was kept; correct the cause and send it again.',
      )
    : null;

const statistics: Mapper = (thrown) =>
  thrown instanceof InputRefused
    ? problem(422, 'METHOD_PARAMETERS', thrown.message, 'GET /methods shows each method and its parameters.')
    : null;

/** What the body parser says, by its stable `type`. */
const BODY: Record<string, [number, string, string, string]> = {
  'entity.parse.failed': [
    400,
    'MALFORMED_JSON',
    'The body is not JSON',
    'Send one JSON object, encoded as UTF-8.',
  ],
  'entity.too.large': [
    413,
    'TOO_LARGE',
    'The body is larger than this route accepts',
    'Send less; files go to …/file.',
  ],
  'charset.unsupported': [
    415,
    'CHARSET',
    'The body is not declared as UTF-8',
    'Send application/json; charset=utf-8.',
  ],
  'encoding.unsupported': [
    415,
    'ENCODING',
    'The content encoding is not known',
    'Send the body as it is, or gzip.',
  ],
  'request.aborted': [400, 'ABORTED', 'The request broke off before its end', 'Send it again.'],
  'request.size.invalid': [
    400,
    'LENGTH',
    'The body is not as long as its Content-Length says',
    'Send it again.',
  ],
};

const body: Mapper = (thrown) => {
  const cause = thrown instanceof HttpException ? thrown.cause : thrown;
  const type = cause instanceof Error && 'type' in cause ? String(cause.type) : '';
  const known = BODY[type];
  if (!known) return null;
  const [status, rule, what, remedy] = known;
  const where = type === 'entity.parse.failed' ? `: ${positionOf(cause as Error)}` : '.';
  return problem(status, rule, `${what}${where}`, remedy);
};

/** Where parsing stopped, without repeating what was sent. */
function positionOf(error: Error): string {
  const at = /position (\d+)(?: \(line (\d+) column (\d+)\))?/.exec(error.message);
  if (!at) return 'it ends too early.';
  return at[2]
    ? `it stops being JSON at line ${at[2]}, column ${at[3]}.`
    : `it stops being JSON at character ${at[1]}.`;
}

const throttled: Mapper = (thrown) =>
  thrown instanceof ThrottlerException
    ? problem(
        429,
        'TOO_MANY_REQUESTS',
        'Too many requests in a short time.',
        'Wait as long as Retry-After says.',
      )
    : null;

const HTTP_RULE: Record<number, [string, string]> = {
  400: ['BAD_REQUEST', 'Compare the request with /openapi.json.'],
  404: ['NO_SUCH_ROUTE', 'GET /openapi.json lists every route.'],
  405: ['NO_SUCH_METHOD', 'GET /openapi.json lists every route.'],
  413: ['TOO_LARGE', 'Send less.'],
  415: ['MEDIA_TYPE', 'Send application/json; charset=utf-8.'],
};

const http: Mapper = (thrown) => {
  if (!(thrown instanceof HttpException)) return malformedUrl(thrown);
  const status = thrown.getStatus();
  const [rule, remedy] = HTTP_RULE[status] ?? ['REFUSED', 'Compare the request with /openapi.json.'];
  if (status >= 500) return UNFORESEEN;
  const detail = status === 404 ? 'There is nothing at this address.' : `${thrown.message}.`;
  return problem(status, rule, detail, remedy);
};

const malformedUrl: Mapper = (thrown) =>
  thrown instanceof URIError
    ? problem(
        400,
        'MALFORMED_ADDRESS',
        'The address holds an escape that stands for nothing.',
        'Correct the % escapes.',
      )
    : null;

const CONNECTION_CODE = /^(08\d{3}|57P0[123]|ECONNREFUSED|ECONNRESET|EPIPE)$/;
const CONNECTION_WORDS =
  /Connection terminated|connection timeout|timeout exceeded when trying to connect|query runner already released/i;

/** The database restarts, or cannot be reached: the same request, sent again in a moment, is carried out once. */
const away: Mapper = (thrown) => {
  if (!(thrown instanceof Error)) return null;
  const code = 'code' in thrown ? String(thrown.code) : '';
  if (!CONNECTION_CODE.test(code) && !CONNECTION_WORDS.test(thrown.message)) return away(thrown.cause);
  return problem(
    503,
    'DATABASE_AWAY',
    'The database cannot be reached just now.',
    'Try again in a moment, with the same Idempotency-Key.',
  );
};

const foreign: Mapper = (thrown) =>
  thrown instanceof ForeignForm
    ? problem(
        403,
        'FOREIGN_FORM',
        'This form did not come from our own page, or its session is over.',
        'Nothing was recorded. Open the page again, and send the form from there.',
      )
    : null;

const MAPPERS: Mapper[] = [carried, foreign, refused, vault, statistics, body, throttled, away, http];
