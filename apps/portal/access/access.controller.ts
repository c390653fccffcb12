// Turns an access link into an API token that is shown once.
import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Refused } from '#libs/ledger';
import { evenOut, sendDeadLink, sendPage } from '../http/answers';
import { languageOf } from '../http/language';
import { fieldsOf } from '#libs/web/http';
import { Sessions } from '../http/session';
import { accessOf } from '../items';
import type { Session } from '../items';
import { WritingLedger } from '../ledgers';
import { Reading } from '../reading';

type AccessRequest = Request<{ programme: string; person: string }>;

const DAYS = 90;

@Controller('access/:programme/:person')
export class AccessController {
  constructor(
    private readonly reading: Reading,
    private readonly sessions: Sessions,
    private readonly writing: WritingLedger,
  ) {}

  @Get()
  async show(@Req() request: AccessRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const token = this.sessions.token(request);
    const session = await this.open(request, token);
    if (session === null) return sendDeadLink(response, started, token);
    const side = await this.reading.side(session.stream);
    const names = await this.reading.names(side, session.person);
    const { t } = languageOf(response);
    sendPage(response, 200, 'access', {
      title: t('access.title'),
      addressee: names(session.person) ?? t('page.colleague'),
      csrf: this.sessions.csrf(token, accessOf(session)),
      action: accessOf(session),
    });
  }

  @Post()
  async claim(@Req() request: AccessRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const token = this.sessions.token(request);
    const session = await this.open(request, token);
    if (session === null) return sendDeadLink(response, started, token);
    this.sessions.checkForm(request, token, accessOf(session), fieldsOf(request).csrf);
    try {
      const secret = await this.writing.credentials.claim(token, DAYS);
      const title = languageOf(response).t('access.tokenTitle');
      sendPage(response, 200, 'access', { title, token: secret, days: DAYS });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await evenOut(started);
      await sendDeadLink(response, started, token);
    }
  }

  private async open(request: AccessRequest, token: string): Promise<Session | null> {
    const session = await this.reading.session(token);
    const { programme, person } = request.params;
    const isOwn = session?.purpose === 'ACCESS' && session.stream === programme && session.person === person;
    return isOwn && session.state === 'LIVE' ? session : null;
  }
}
