// What the guard found out about a request, handed to the handler: who calls, and the state it was judged by.
import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { Actor, Instant, ProgrammeState, ProjectState, World } from '#libs/domain';
import type { Account } from '#libs/ledger';
import type { Request } from 'express';
import { fail } from '../problems/problem';

export interface Call {
  account: Account;
  /** The token itself: decisions by account are written only on showing it. */
  secret: string;
  actor: Actor;
  programme: ProgrammeState | null;
  world: World | null;
  now: Instant;
  /** The version an `If-Match` header names, or null. */
  expected: number | null;
  /** Where the answer is kept, if the request came with an Idempotency-Key. */
  once: Once | null;
}

/** The row of parley.idempotency that a request holds until its answer is kept. */
export interface Once {
  actor: string;
  key: string;
}

const calls = new WeakMap<Request, Call>();

export function attachCall(request: Request, call: Call): void {
  calls.set(request, call);
}

export const callOf = (request: Request): Call | undefined => calls.get(request);

/** The handler's parameter that holds the call. */
export const Calling = createParamDecorator((_: unknown, context: ExecutionContext): Call => {
  const call = calls.get(context.switchToHttp().getRequest<Request>());
  if (call === undefined) throw new Error('a public route asked who calls');
  return call;
});

/** The person who calls; administrators have none. */
export function personOf(call: Call): string {
  return (
    call.account.person ??
    fail(403, 'PERSON_NEEDED', 'An administrator decides nothing.', 'Use a person’s own token.')
  );
}

/** The world a project route was judged by. */
export function worldOf(call: Call): World {
  if (call.world === null) throw new Error('a route without a project asked for its world');
  return call.world;
}

/** The programme a programme or project route was judged by. */
export function programmeOf(call: Call): ProgrammeState {
  const programme = call.programme ?? call.world?.programme;
  if (!programme) throw new Error('a route without a programme asked for its state');
  return programme;
}

/** The state of the stream the address names: a project's, or else the programme's. */
export const streamOf = (call: Call): ProjectState | ProgrammeState =>
  call.world?.project ?? programmeOf(call);

export function notFound(noun: string, id: string): never {
  return fail(404, 'NOT_FOUND', `There is no ${noun} ${id} here.`, 'Check the id in the address.');
}
