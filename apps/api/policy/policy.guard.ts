// Stands before every route: finds out who calls, loads the state the route is about, and asks `can`.
import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Actor } from '#libs/domain';
import type { Account } from '#libs/ledger';
import type { Request } from 'express';
import { attachCall } from '../ledger/call';
import type { Call } from '../ledger/call';
import { LedgerHandle } from '../ledger/handle';
import { isPage, PageSessions, SignInFirst } from '../pages/session';
import { fail } from '../problems/problem';
import { can } from './can';
import { POLICY } from './does';
import type { Policy } from './does';

const STREAM = { programme: /^pgm_[a-z2-7]{16}$/, project: /^prj_[a-z2-7]{16}$/ } as const;

@Injectable()
export class PolicyGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly handle: LedgerHandle,
    private readonly sessions: PageSessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const policy = this.reflector.get<Policy | undefined>(POLICY, context.getHandler());
    if (policy === 'public') return true;
    if (policy === undefined)
      fail(403, 'NO_POLICY', 'This route has no policy, so nobody may use it.', 'Tell the operator.');
    const request = context.switchToHttp().getRequest<Request>();
    const secret = isPage(request) ? this.sessions.secret(request) : bearerOf(request);
    const account = await this.handle.credentials.check(secret);
    if (account === null) return isPage(request) ? signInFirst() : unknownToken();
    // A cookie comes along with whatever a browser is made to send; what a token does, a program meant.
    if (isPage(request) && request.method !== 'GET') this.sessions.check(request, secret);
    onlyIds(request.params as Record<string, string>);
    const call = await this.callOf(request, secret, account);
    const standing = { programme: programmeIn(call), project: call.world?.project ?? null, now: call.now };
    const { deposit, analysis } = request.params as Record<string, string>;
    const answer = can(
      account,
      policy,
      { ...(deposit ? { deposit } : {}), ...(analysis ? { analysis } : {}) },
      standing,
    );
    if (!answer.allowed)
      fail(
        403,
        'NOT_ALLOWED',
        `You may not do this: ${answer.reason}.`,
        'GET /accounts/me shows your roles and scopes.',
      );
    attachCall(request, call);
    return true;
  }

  private async callOf(request: Request, secret: string, account: Account): Promise<Call> {
    const { programme, project } = request.params as Record<string, string>;
    const call: Call = {
      ...{ account, secret, actor: actorOf(account), programme: null, world: null },
      ...{ now: new Date().toISOString(), expected: expectedOf(request), once: null },
    };
    if (project !== undefined) {
      if (!STREAM.project.test(project)) unknown('project', project);
      const { world, now } = await this.handle.ledger.world(project);
      if (account.programme !== world.project.programme) unknown('project', project);
      return { ...call, world, now };
    }
    if (programme !== undefined) {
      if (!STREAM.programme.test(programme)) unknown('programme', programme);
      if (account.administrator === null && account.programme !== programme) unknown('programme', programme);
      const { state, now } = await this.handle.ledger.programme(programme);
      return { ...call, programme: state, now };
    }
    return account.programme === null ? call : this.inOwnProgramme(call, account.programme);
  }

  /** Routes that name no stream are judged by the roles a person holds in their own programme. */
  private async inOwnProgramme(call: Call, programme: string): Promise<Call> {
    const { state, now } = await this.handle.ledger.programme(programme);
    return { ...call, programme: state, now };
  }
}

/** What stands in an address as the id of something is one: nothing else is ever looked up. */
const LOCAL = /^(?:[a-z]{1,5}[0-9]{1,9}|per_[a-z2-7]{16})$/;
const NO_IDS = new Set([...Object.keys(STREAM), 'stage', 'file', 'form', 'template', 'version']);

function onlyIds(params: Record<string, string>): void {
  for (const [noun, id] of Object.entries(params))
    if (!NO_IDS.has(noun) && !LOCAL.test(id)) unknown(noun, id);
}

const programmeIn = (call: Call) => call.programme ?? call.world?.programme ?? null;

const actorOf = (account: Account): Actor =>
  account.person === null ? { administrator: account.administrator ?? '' } : { person: account.person };

function bearerOf(request: Request): string {
  const match = /^Bearer ([\x21-\x7e]{16,512})$/i.exec(request.headers.authorization ?? '');
  return match?.[1] ?? unknownToken();
}

function unknownToken(): never {
  fail(
    401,
    'TOKEN',
    'No valid access token came with the request.',
    'Send "Authorization: Bearer <token>"; your registrar can mail you an access link.',
  );
}

function signInFirst(): never {
  throw new SignInFirst('nobody is signed in');
}

/** Somebody else's stream and one that does not exist look alike. */
function unknown(noun: string, id: string): never {
  fail(
    404,
    'NOT_FOUND',
    `There is no ${noun} ${id.slice(0, 40)} that you can see.`,
    'Check the id; GET /programmes and GET /projects list yours.',
  );
}

function expectedOf(request: Request): number | null {
  const header = request.headers['if-match'];
  if (header === undefined || header === '*') return null;
  const match = /^(?:W\/)?"(\d{1,9})"$/.exec(header);
  if (!match)
    fail(
      422,
      'IF_MATCH',
      'If-Match does not hold an ETag of this API.',
      'Send the ETag of the last GET, such as "17".',
    );
  return Number(match[1]);
}
