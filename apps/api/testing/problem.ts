// What every refusal and error of the API looks like, expected in one place.
import type { Answer } from './client';

/** Every error is one of these: RFC 9457, with rule and remedy, without a trace of the inside. */
export function expectProblem(answer: Answer<unknown>, status: number, rule?: string): void {
  const body = answer.body as Record<string, unknown>;
  expect({ status: answer.status, rule: rule === undefined ? undefined : body['rule'] }).toEqual({
    status,
    rule,
  });
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(body['status']).toBe(status);
  for (const member of ['type', 'title', 'detail', 'rule', 'remedy'])
    expect(typeof body[member]).toBe('string');
  expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts:\d|at async|select |parley\./);
}
