// Answers to a data request by link: GET shows what is asked, POST records the holder's answer once the mailed code is given.
import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { DataRequest } from '#libs/domain';
import { Refused } from '#libs/ledger';
import { contentCode } from '#libs/web';
import { fieldsOf } from '#libs/web/http';
import type { Fields } from '#libs/web/http';
import { refusalIn, sendNoSession, sendPage, sendRefusal } from '../http/answers';
import { languageOf } from '../http/language';
import { Sessions } from '../http/session';
import { requestAt } from '../items';
import { WritingLedger } from '../ledgers';
import { Reading } from '../reading';
import type { Problem } from '../signing/answer';
import { codeProblem, codeStatus } from '../http/code';
import type { CodeProblem } from '../http/code';
import { answerDraft, keptOf, parseRequestAnswer } from './answer';
import type { RequestAnswer } from './answer';
import { isAnswerable, requestPage } from './page';
import type { RequestSide } from './page';
import { parseTalk } from './talk';

type RequestRequest = Request<{ stream: string; request: string; person: string }>;

interface Opened {
  token: string;
  stream: string;
  person: string;
  address: string;
  side: RequestSide;
  request: DataRequest;
}

@Controller('request/:stream/:request/:person')
export class RequestsController {
  constructor(
    private readonly reading: Reading,
    private readonly sessions: Sessions,
    private readonly writing: WritingLedger,
  ) {}

  @Get()
  async show(@Req() request: RequestRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await this.open(request);
    if (opened === null) return sendNoSession(response, started, null);
    await this.showPage(response, 200, opened, {}, []);
  }

  @Post()
  async answer(@Req() request: RequestRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await this.open(request);
    if (opened === null) return sendNoSession(response, started, null);
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
    const opened = await this.open(request);
    if (opened === null) return sendNoSession(response, started, null);
    const fields = fieldsOf(request);
    this.sessions.checkForm(request, opened.token, opened.address, fields.csrf);
    const parsed = parseTalk(opened.request.id, fields, languageOf(response).t);
    if (!parsed.ok) return this.showPage(response, 422, opened, fields, parsed.problems);
    try {
      const { token, stream } = opened;
      await this.writing.ledger.byLink({ token, code: null, stream }, () => parsed.draft);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return sendRefusal(response, error.refusal);
    }
    response.redirect(303, opened.address);
  }

  private async record(
    response: Response,
    opened: Opened,
    fields: Fields,
    answer: RequestAnswer,
  ): Promise<void> {
    const { token, stream, request, address } = opened;
    try {
      if (answer.code === null) {
        await this.writing.links.askCode(token);
        return this.showCodeForm(response, opened, fields, null);
      }
      await this.writing.ledger.byLink({ token, code: answer.code, stream }, () =>
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
    opened: Opened,
    fields: Fields,
    { refusal }: Refused,
  ): Promise<void> {
    const text = refusalIn(languageOf(response), refusal);
    return this.showPage(response, 422, opened, fields, [{ field: 'outcome', text }]);
  }

  private async open(request: RequestRequest): Promise<Opened | null> {
    const token = this.sessions.token(request);
    const session = await this.reading.session(token);
    const { stream, request: id, person } = request.params;
    const isOwn =
      session?.purpose === 'ANSWER' &&
      session.stream === stream &&
      session.checkpoint === id &&
      session.person === person;
    if (!isOwn || session.state === 'VOID') return null;
    const side = await this.reading.side(stream);
    const found = side.project?.requests[id];
    if (side.project === null || found === undefined) return null;
    return {
      ...{ token, stream, person, request: found, address: requestAt(session) },
      side: { ...side, project: side.project },
    };
  }

  private async showPage(
    response: Response,
    status: number,
    opened: Opened,
    values: Fields,
    problems: Problem[],
  ): Promise<void> {
    const { side, request, person, token, address } = opened;
    const language = languageOf(response);
    if (!isAnswerable(request)) return this.showAnswered(response, opened);
    sendPage(response, status, 'request', {
      ...(await requestPage(this.reading, side, request, person, language)),
      ...{ values, problems, action: address, talk: `${address}/talk` },
      csrf: this.sessions.csrf(token, address),
    });
  }

  /** Answered, by this person or a colleague; lapsed; or withdrawn: what stands, and where it stands. */
  private async showAnswered(response: Response, { side, request, stream, person }: Opened): Promise<void> {
    const { t, moment } = languageOf(response);
    const project = await this.reading.title(side, t);
    const entry = await this.reading.answerEntry(stream, request.id);
    if (request.answer === null || entry === null)
      return sendPage(response, 410, 'message', {
        ...{ title: t('closed.lapsed'), project, lines: [t('request.lapsed'), t('page.nothingRecorded')] },
      });
    const { outcome } = request.answer;
    const isOwn = request.answer.person === person;
    sendPage(response, 200, 'receipt', {
      ...{ title: t(isOwn ? 'request.recorded' : 'request.answeredByColleague'), project },
      summary: t(`outcome.${outcome}`),
      ...{
        what: t('request.about', { number: request.id }),
        stream,
        version: entry.version,
        hash: entry.hash,
      },
      ...{ at: moment(request.answer.at), code: contentCode(request.content.core) },
      next: [t(`outcomeEffect.${outcome}`), t('request.withdrawLater')],
    });
  }

  private async showCodeForm(
    response: Response,
    { side, request, address }: Opened,
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
      action: address,
    });
  }
}
