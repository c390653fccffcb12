// Turns an access link into an API token that is shown once.
import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Refused } from '#libs/ledger';
import { evenOut, sendDeadLink, sendPage } from '../http/answers';
import { languageOf } from '../http/language';
import { fieldsOf } from '#libs/web/http';
import type { Fields } from '#libs/web/http';
import { Sessions } from '../http/session';
import { accessOf } from '../items';
import type { Session } from '../items';
import { WritingLedger } from '../ledgers';
import { Reading } from '../reading';
import { checkText } from '../signing/answer';
import type { Problem } from '../signing/answer';

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
    await this.showForm(response, 200, { session, token, values: {}, problems: [] });
  }

  @Post()
  async claim(@Req() request: AccessRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const token = this.sessions.token(request);
    const session = await this.open(request, token);
    if (session === null) return sendDeadLink(response, started, token);
    const values = fieldsOf(request);
    this.sessions.checkForm(request, token, accessOf(session), values.csrf);
    const problems: Problem[] = [];
    const { t } = languageOf(response);
    // T2: a machine that ticks every box and presses every button must not use up what is shown once.
    if ((values.name ?? '') === '') problems.push({ field: 'name', text: t('problem.name') });
    checkText(values, 'name', 200, problems, t);
    if (problems.length > 0) return this.showForm(response, 422, { session, token, values, problems });
    try {
      const secret = await this.writing.credentials.claim(token, DAYS);
      sendPage(response, 200, 'access', { title: t('access.tokenTitle'), token: secret, days: DAYS });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await evenOut(started);
      await sendDeadLink(response, started, token);
    }
  }

  private async showForm(
    response: Response,
    status: number,
    form: { session: Session; token: string; values: Fields; problems: Problem[] },
  ): Promise<void> {
    const { session, token, values, problems } = form;
    const { t } = languageOf(response);
    const side = await this.reading.side(session.stream);
    const names = await this.reading.names(side, session.person);
    sendPage(response, status, 'access', {
      title: t('access.title'),
      addressee: names(session.person) ?? t('page.colleague'),
      csrf: this.sessions.csrf(token, accessOf(session)),
      action: accessOf(session),
      ...{ values, problems },
    });
  }

  private async open(request: AccessRequest, token: string): Promise<Session | null> {
    const session = await this.reading.session(token);
    const { programme, person } = request.params;
    const isOwn = session?.purpose === 'ACCESS' && session.stream === programme && session.person === person;
    return isOwn && session.state === 'LIVE' ? session : null;
  }
}
