// The deposit page behind a mail link: GET shows what was granted, a code opens the way, one POST takes the file as a stream.
import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Refused } from '#libs/ledger';
import { fieldsOf } from '#libs/web/http';
import type { Fields } from '#libs/web/http';
import { refusalIn, sendNoSession, sendPage } from '../http/answers';
import { languageOf } from '../http/language';
import { Sessions } from '../http/session';
import { depositAt } from '../items';
import { WritingLedger } from '../ledgers';
import { Reading } from '../reading';
import { checkText, codeOf } from '../signing/answer';
import type { Problem } from '../signing/answer';
import { codeProblem, codeStatus } from '../http/code';
import { Depositing } from './depositing';
import { depositPage, stateOf } from './page';
import type { DepositPlace } from './page';

type DepositRequest = Request<{ stream: string; deposit: string; person: string }>;

interface Opened extends DepositPlace {
  token: string;
  address: string;
  /** Whether the code was given: only then a file is taken. */
  mayHand: boolean;
}

@Controller('deposit/:stream/:deposit/:person')
export class DepositsController {
  constructor(
    private readonly reading: Reading,
    private readonly sessions: Sessions,
    private readonly writing: WritingLedger,
    private readonly depositing: Depositing,
  ) {}

  @Get()
  async show(@Req() request: DepositRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await this.open(request);
    if (opened === null) return sendNoSession(response, started, null);
    await this.showPage(response, 200, opened);
  }

  /** With a code the way is open for a file; with a name typed, which no scanner does (T2), a code is mailed. */
  @Post('code')
  async code(@Req() request: DepositRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await this.open(request);
    if (opened === null) return sendNoSession(response, started, null);
    const fields = fieldsOf(request);
    this.sessions.checkForm(request, opened.token, opened.address, fields.csrf);
    if (stateOf(opened) !== 'OPEN') return response.redirect(303, opened.address);
    const { t } = languageOf(response);
    const problems: Problem[] = [];
    const code = codeOf(fields, problems, t);
    if (code === null && (fields.name ?? '') === '')
      problems.push({ field: 'name', text: t('problem.name') });
    checkText(fields, 'name', 200, problems, t);
    if (problems.length > 0) return this.showPage(response, 422, opened, { problems, values: fields });
    try {
      if (code === null) {
        await this.writing.links.askCode(opened.token);
        return await this.showPage(response, 200, opened, { asked: true, values: fields });
      }
      const { token, expires } = await this.writing.links.beginDeposit(opened.token, code);
      this.sessions.begin(response, token, opened.address, expires);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const problem = codeProblem(error.refusal);
      const text = problem === null ? refusalIn(languageOf(response), error.refusal) : t(problem);
      return this.showPage(response, problem === null ? 422 : codeStatus(problem), opened, {
        ...{ problems: [{ field: 'code', text }], values: fields },
      });
    }
    response.redirect(303, opened.address);
  }

  @Post('file')
  async file(@Req() request: DepositRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await this.open(request);
    if (opened === null) return sendNoSession(response, started, null);
    // The page says what to do: give the code, or read what has become of the file.
    if (!opened.mayHand) return this.showPage(response, 403, opened);
    const { token, address, deposit, side } = opened;
    const proves = (csrf: string | undefined) => this.sessions.checkForm(request, token, address, csrf);
    const handing = { ...{ token, deposit, proves }, project: side.project.id };
    const language = languageOf(response);
    const handed = await this.depositing.take(request, handing, language.t);
    if (handed.is === 'WRONG') {
      const { status, problems, fields: values } = handed;
      return this.showPage(response, status, opened, { problems, values });
    }
    if (handed.is === 'REFUSED') {
      const lines = [refusalIn(language, handed.refused.refusal)];
      const link = { href: address, label: language.t('deposit.see') };
      return sendPage(response, 409, 'message', { title: language.t('refusal.title'), lines, link });
    }
    response.redirect(303, address);
  }

  private async open(request: DepositRequest): Promise<Opened | null> {
    const token = this.sessions.token(request);
    const session = await this.reading.session(token);
    const { stream, deposit: id, person } = request.params;
    if (session?.purpose !== 'DEPOSIT' && session?.purpose !== 'DEPOSIT_FILE') return null;
    const isOwn = session.stream === stream && session.checkpoint === id && session.person === person;
    if (!isOwn || session.state !== 'LIVE') return null;
    const side = await this.reading.side(stream);
    const deposit = side.project?.deposits[id];
    const asked = deposit && side.project?.requests[deposit.request];
    if (side.project === null || deposit === undefined || asked === undefined) return null;
    return {
      ...{ token, person, deposit, request: asked, address: depositAt(session) },
      ...{ side: { ...side, project: side.project }, mayHand: session.purpose === 'DEPOSIT_FILE' },
    };
  }

  private async showPage(
    response: Response,
    status: number,
    opened: Opened,
    {
      asked = false,
      problems = [],
      values = {},
    }: { asked?: boolean; problems?: Problem[]; values?: Fields } = {},
  ): Promise<void> {
    const { token, address, mayHand } = opened;
    sendPage(response, status, 'deposit', {
      ...(await depositPage(this.reading, opened, languageOf(response))),
      ...{ asked, problems, values, mayHand, action: address, csrf: this.sessions.csrf(token, address) },
    });
  }
}
