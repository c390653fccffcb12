// Answers to a data request by link: GET shows what is asked, POST records the holder's answer once the mailed code is given.
import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Refused } from '#libs/ledger';
import { contentCode } from '#libs/web';
import { fieldsOf } from '#libs/web/http';
import type { Fields } from '#libs/web/http';
import { refusalIn, sendNoSession, sendPage, sendRefusal } from '../http/answers';
import { languageOf } from '../http/language';
import { Sessions } from '../http/session';
import { requestItemOf } from '../items';
import { WritingLedger } from '../ledgers';
import { Reading } from '../reading';
import { PortalSettings } from '../settings';
import type { Problem } from '../signing/answer';
import { codeProblem, codeStatus } from '../http/code';
import type { CodeProblem } from '../http/code';
import { answerDraft, keptOf, parseRequestAnswer } from './answer';
import type { RequestAnswer } from './answer';
import { answeredPage } from './answered';
import { isAnswerable, openedRequest } from './opened';
import type { OpenedRequest, RequestRequest } from './opened';
import { requestPage } from './page';
import { parseTalk } from './talk';

@Controller('request/:stream/:request/:person')
export class RequestsController {
  constructor(
    private readonly reading: Reading,
    private readonly sessions: Sessions,
    private readonly writing: WritingLedger,
    private readonly settings: PortalSettings,
  ) {}

  @Get()
  async show(@Req() request: RequestRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await openedRequest(request, this.sessions, this.reading);
    if (opened === null) return sendNoSession(response, started, requestItemOf(request.params));
    await this.showPage(response, 200, opened, {}, []);
  }

  @Post()
  async answer(@Req() request: RequestRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await openedRequest(request, this.sessions, this.reading);
    if (opened === null) return sendNoSession(response, started, requestItemOf(request.params));
    const fields = fieldsOf(request);
    this.sessions.checkForm(request, opened.token, opened.address, fields.csrf);
    if (!isAnswerable(opened.request)) return this.showPage(response, 200, opened, {}, []);
    const { t } = languageOf(response);
    const parsed = parseRequestAnswer(opened.request, fields, new Date(opened.side.now), t);
    if (!parsed.ok) {
      const isCode = fields.code !== undefined && parsed.problems.every(({ field }) => field === 'code');
      return isCode
        ? this.showCodeForm(response, opened, fields, 'problem.digits')
        : this.showPage(response, 422, opened, fields, parsed.problems);
    }
    await this.record(response, opened, fields, parsed.answer);
  }

  /** Questions and replies decide nothing, so they need the link, words and a name, and no code. */
  @Post('talk')
  async talk(@Req() request: RequestRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await openedRequest(request, this.sessions, this.reading);
    if (opened === null) return sendNoSession(response, started, requestItemOf(request.params));
    const fields = fieldsOf(request);
    this.sessions.checkForm(request, opened.token, opened.address, fields.csrf);
    const parsed = parseTalk(opened.request.id, fields, languageOf(response).t);
    if (!parsed.ok) return this.showPage(response, 422, opened, fields, parsed.problems);
    try {
      const { token, item } = opened;
      await this.writing.ledger.byLink({ token, code: null, stream: item.stream }, () => parsed.draft);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return sendRefusal(response, error.refusal);
    }
    response.redirect(303, opened.address);
  }

  private async record(
    response: Response,
    opened: OpenedRequest,
    fields: Fields,
    answer: RequestAnswer,
  ): Promise<void> {
    const { token, item, request, address } = opened;
    try {
      if (answer.code === null) {
        await this.writing.links.askCode(token);
        return this.showCodeForm(response, opened, fields, null);
      }
      await this.writing.ledger.byLink({ token, code: answer.code, stream: item.stream }, () =>
        answerDraft(request, answer),
      );
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const problem = codeProblem(error.refusal);
      if (problem !== null) return this.showCodeForm(response, opened, fields, problem);
      // Pressed twice, or answered by a colleague meanwhile: the page shows the answer that stands.
      if (error.refusal.rule !== 'ALREADY_ANSWERED') return this.showRefused(response, opened, fields, error);
    }
    response.redirect(303, address);
  }

  private showRefused(
    response: Response,
    opened: OpenedRequest,
    fields: Fields,
    { refusal }: Refused,
  ): Promise<void> {
    const text = refusalIn(languageOf(response), refusal);
    return this.showPage(response, 422, opened, fields, [{ field: 'outcome', text }]);
  }

  private async showPage(
    response: Response,
    status: number,
    opened: OpenedRequest,
    values: Fields,
    problems: Problem[],
  ): Promise<void> {
    const { side, request, item, token, address } = opened;
    const language = languageOf(response);
    if (!isAnswerable(request)) return this.showAnswered(response, opened);
    sendPage(response, status, 'request', {
      ...(await requestPage(this.reading, side, request, item.person, language)),
      ...{ values, problems, action: address, talk: `${address}/talk` },
      csrf: this.sessions.csrf(token, address),
    });
  }

  /** Answered, by this person or a colleague; lapsed; or withdrawn: what stands, and where it stands. */
  private async showAnswered(response: Response, opened: OpenedRequest): Promise<void> {
    const language = languageOf(response);
    const { t } = language;
    const page = await answeredPage(this.reading, opened, this.settings.url, language);
    if (page !== null) return sendPage(response, 200, 'receipt', page);
    sendPage(response, 410, 'message', {
      title: t('closed.lapsed'),
      project: await this.reading.title(opened.side, t),
      lines: [t('request.lapsed'), t('page.nothingRecorded')],
    });
  }

  private async showCodeForm(
    response: Response,
    { side, request, address }: OpenedRequest,
    fields: Fields,
    problem: CodeProblem | null,
  ): Promise<void> {
    const { t } = languageOf(response);
    sendPage(response, codeStatus(problem), 'code', {
      title: t('code.title'),
      project: await this.reading.title(side, t),
      sent: t(problem === null ? 'code.sent' : 'code.notYet'),
      choiceLabel: t(
        `outcome.${fields.outcome === 'GRANTED' || fields.outcome === 'PARTLY_GRANTED' ? fields.outcome : 'REFUSED'}`,
      ),
      askedAbout: t('request.about', { number: request.id }),
      code: contentCode(request.content.core),
      kept: keptOf(fields),
      values: fields,
      problems: problem === null ? [] : [{ field: 'code', text: t(problem) }],
      ...{ action: address, record: t('request.record') },
    });
  }
}
