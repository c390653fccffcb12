// Taking a grant back by the link of its request: at once, in every state of the project, with a choice and a typed name and no code.
import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { isGranted, WITHDRAWAL_MODES } from '#libs/domain';
import { Refused } from '#libs/ledger';
import { contentCode } from '#libs/web';
import { fieldsOf } from '#libs/web/http';
import type { Fields } from '#libs/web/http';
import { sendNoSession, sendPage, sendRefusal } from '../http/answers';
import { languageOf } from '../http/language';
import { Sessions } from '../http/session';
import { grantWithdrawalOf, requestItemOf } from '../items';
import { WritingLedger } from '../ledgers';
import { Reading } from '../reading';
import { openedRequest } from '../requests/opened';
import type { OpenedRequest, RequestRequest } from '../requests/opened';
import type { Problem } from '../signing/answer';
import { neutralPeople } from '../signing/page';
import { grantWithdrawalDraft, modeChoices, parseGrantWithdrawal } from './withdrawal';

@Controller('request/:stream/:request/:person/withdraw')
export class GrantsController {
  constructor(
    private readonly reading: Reading,
    private readonly sessions: Sessions,
    private readonly writing: WritingLedger,
  ) {}

  @Get()
  async show(@Req() request: RequestRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await openedRequest(request, this.sessions, this.reading);
    if (opened === null) return sendNoSession(response, started, requestItemOf(request.params));
    await this.showForm(response, 200, opened, {}, []);
  }

  @Post()
  async withdraw(@Req() request: RequestRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await openedRequest(request, this.sessions, this.reading);
    if (opened === null) return sendNoSession(response, started, requestItemOf(request.params));
    const { token, item } = opened;
    const fields = fieldsOf(request);
    this.sessions.checkForm(request, token, grantWithdrawalOf(item), fields.csrf);
    const parsed = parseGrantWithdrawal(fields, languageOf(response).t);
    if (!parsed.ok) return this.showForm(response, 422, opened, fields, parsed.problems);
    try {
      const shown = { token, code: null, stream: item.stream };
      const draft = grantWithdrawalDraft(item.checkpoint, parsed.withdrawing);
      await this.writing.ledger.byLink(shown, () => draft);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // Pressed twice, or withdrawn by a colleague meanwhile: the request's page shows what stands.
      if (error.refusal.rule !== 'NOTHING_TO_WITHDRAW') return sendRefusal(response, error.refusal);
    }
    response.redirect(303, opened.address);
  }

  private async showForm(
    response: Response,
    status: number,
    { item, token, side, request, address }: OpenedRequest,
    values: Fields,
    problems: Problem[],
  ): Promise<void> {
    const { t, moment } = languageOf(response);
    const entry = await this.reading.answerEntry(item.stream, request.id, 'RequestAnswered');
    // What is asked, was declined or was withdrawn stands on the request's own page.
    if (request.answer === null || entry === null || !isGranted(request))
      return response.redirect(303, address);
    const names = await this.reading.names(side, item.person);
    const { outcome, at } = request.answer;
    sendPage(response, status, 'withdraw', {
      title: t('withdraw.grantTitle'),
      project: await this.reading.title(side, t),
      lead: t('withdraw.grantLead', {
        addressee: names(item.person) ?? t('page.colleague'),
        askedAbout: t('request.about', { number: request.id }),
      }),
      facts: [
        [t('withdraw.grant'), t(`outcomeGiven.${outcome}`)],
        [t('page.recorded'), moment(at)],
        [t('page.ledgerPosition'), `${item.stream}/${entry.version}`, 'code'],
        [t('page.contentCode'), contentCode(request.content.core), 'code'],
      ],
      closes: t('withdraw.grantCloses'),
      modes: modeChoices(WITHDRAWAL_MODES, t),
      neutral: await neutralPeople(this.reading, side, item.person, request.sender, t),
      csrf: this.sessions.csrf(token, grantWithdrawalOf(item)),
      action: grantWithdrawalOf(item),
      back: { href: address, label: t('withdraw.backToGrant') },
      ...{ values, problems },
    });
  }
}
