// Whatever is thrown becomes a problem that names rule, reason and remedy, and never a stack trace.
import { HttpException, NotFoundException } from '@nestjs/common';
import { VaultRefusal } from '#libs/vault/deposit';
import type { Refusal } from '#libs/domain';
import { problemOf } from './mapping';
import { traceOf } from './problem.filter';

const refusedWith = (refusal: Refusal) => Object.assign(new Error(refusal.reason), { refusal });
const parserError = (type: string, message = 'x') => Object.assign(new Error(message), { type, status: 400 });

it.each<[Refusal['kind'], number]>([
  ['FORBIDDEN', 403],
  ['NOT_FOUND', 404],
  ['CONFLICT', 409],
  ['STALE', 409],
  ['INVALID', 422],
])('a refusal %s answers %i with its own words', (kind, status) => {
  const found = problemOf(refusedWith({ kind, rule: 'SELF_APPROVAL', reason: 'why', remedy: 'do that' }));
  expect(found).toMatchObject({
    status,
    rule: 'SELF_APPROVAL',
    detail: 'why',
    remedy: 'do that',
    type: '/problems/self-approval',
  });
});

it('carries everything that is missing', () => {
  const missing = [{ rule: 'TRUST', reason: 'not signed', waitingFor: ['per_a'], since: null }];
  expect(
    problemOf(refusedWith({ kind: 'CONFLICT', rule: 'GATE', reason: 'r', remedy: 'm', missing })).missing,
  ).toEqual(missing);
});

it.each([
  ['entity.parse.failed', 400, 'MALFORMED_JSON'],
  ['entity.too.large', 413, 'TOO_LARGE'],
  ['charset.unsupported', 415, 'CHARSET'],
  ['encoding.unsupported', 415, 'ENCODING'],
  ['request.aborted', 400, 'ABORTED'],
])('a body that is %s answers %i %s', (type, status, rule) => {
  expect(problemOf(parserError(type))).toMatchObject({ status, rule });
});

it('says where JSON broke, without repeating what was sent', () => {
  const error = parserError(
    'entity.parse.failed',
    'Unexpected token s, "secret" in JSON at position 7 (line 1 column 8)',
  );
  const { detail } = problemOf(error);
  expect(detail).toBe('The body is not JSON: it stops being JSON at line 1, column 8.');
});

it('a full file answers 413 in the vault’s words', () => {
  expect(problemOf(new VaultRefusal('TOO_LARGE', 'too large'))).toMatchObject({
    status: 413,
    detail: 'too large',
  });
});

it('an unknown route is named as such', () => {
  expect(problemOf(new NotFoundException('Cannot GET /x'))).toMatchObject({
    status: 404,
    rule: 'NO_SUCH_ROUTE',
  });
});

it.each([
  [new Error('password is hunter2')],
  [new HttpException('hunter2', 500)],
  ['hunter2'],
  [null],
  [{ hunter2: 1 }],
])('I13: an unforeseen error says nothing about itself (%#)', (thrown) => {
  const found = problemOf(thrown);
  expect(found.status).toBe(500);
  expect(JSON.stringify(found)).not.toMatch(/hunter2|at .*\.ts/);
});

it('T12: the log of a fault holds no parameters and no message of the database', () => {
  const fault = Object.assign(new Error('Key (address)=(ann@example.org) exists'), {
    parameters: ['Ann'],
    code: '23505',
  });
  const kept = JSON.stringify(traceOf(fault));
  expect(kept).toContain('23505');
  expect(kept).not.toMatch(/Ann|ann@/);
});

it.each([
  [Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' })],
  [new Error('wrapped', { cause: new Error('Connection terminated unexpectedly') })],
  [new Error('Query runner already released. Cannot run queries anymore.')],
])('I14: a database that is away is no fault of the request, which may be sent again (%#)', (thrown) => {
  expect(problemOf(thrown)).toMatchObject({ status: 503, rule: 'DATABASE_AWAY' });
});
