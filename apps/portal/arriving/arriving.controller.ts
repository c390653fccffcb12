// The link in a mail: sets the cookie that is the token and goes on to the clean address. Changes nothing (T2).
import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { sendDeadLink, sendFreshAsked } from '../http/answers';
import { fieldsOf, wellFormed } from '#libs/web/http';
import { Sessions } from '../http/session';
import { accessOf, addressOf, confirmationOf, depositAt, requestAt, withdrawalOf } from '../items';
import type { Session } from '../items';
import { WritingLedger } from '../ledgers';
import { Reading } from '../reading';

@Controller()
export class ArrivingController {
  constructor(
    private readonly reading: Reading,
    private readonly sessions: Sessions,
    private readonly writing: WritingLedger,
  ) {}

  @Get('s/:token')
  async arrive(@Req() request: Request<{ token: string }>, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const token = wellFormed(request.params.token);
    const session = await this.reading.session(token);
    if (session?.state !== 'LIVE') return sendDeadLink(response, started, token);
    this.sessions.begin(response, token, cookiePath(session), session.expires);
    response.redirect(303, whereTo(session));
  }

  /** Asks for a fresh mail for whoever a dead link belonged to; the answer is the same if it was nobody's. */
  @Post('fresh')
  async fresh(@Req() request: Request, @Res() response: Response): Promise<void> {
    const started = performance.now();
    this.sessions.checkOrigin(request);
    await this.writing.links.askFresh(wellFormed(fieldsOf(request).token ?? ''));
    await sendFreshAsked(response, started);
  }
}

function cookiePath(session: Session): string {
  if (session.purpose === 'DEPOSIT') return depositAt(session);
  if (session.purpose === 'COUNTERSIGN') return confirmationOf(session);
  if (session.purpose === 'ANSWER') return requestAt(session);
  return session.purpose === 'ACCESS' ? accessOf(session) : addressOf(session);
}

/** A link to withdraw leads to a page below the one it shares its cookie with. */
const whereTo = (session: Session): string =>
  session.purpose === 'WITHDRAW' ? withdrawalOf(session) : cookiePath(session);
