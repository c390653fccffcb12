// The sign-off page: GET shows exactly what is signed; POST records the answer, once, or says plainly why not.
import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { delegationOf, whyNotAnswer } from '#libs/domain';
import type { Round } from '#libs/domain';
import { Refused } from '#libs/ledger';
import type { Language, Say } from '#libs/language';
import { refusalIn, sendNoSession, sendPage, sendSealedPage } from '../http/answers';
import { languageOf } from '../http/language';
import { fieldsOf } from '#libs/web/http';
import type { Fields } from '#libs/web/http';
import { openedItem } from '../http/opened';
import type { ItemRequest } from '../http/opened';
import { Sessions } from '../http/session';
import { addressOf, delegationAt, isFor, isRecorded, itemOf, receiptOf, withdrawalOf } from '../items';
import type { Item, Session } from '../items';
import { Reading } from '../reading';
import type { Side } from '../reading';
import { PortalSettings } from '../settings';
import { colleaguesFor } from '../delegating/delegating.controller';
import { receiptPage } from '../receipts/receipt';
import { hasConditions, parseAnswer } from './answer';
import type { Problem } from './answer';
import { findRound, signPage } from './page';
import { Recording } from './recording';
import type { Outcome } from './recording';

@Controller('sign/:stream/:checkpoint/:round/:person')
export class SigningController {
  constructor(
    private readonly reading: Reading,
    private readonly sessions: Sessions,
    private readonly recording: Recording,
    private readonly settings: PortalSettings,
  ) {}

  @Get()
  async show(@Req() request: ItemRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await openedItem(request, this.sessions, this.reading);
    if (opened === null) return sendNoSession(response, started, itemOf(request.params));
    const { item, token, session } = opened;
    if (session.purpose === 'WITHDRAW') return response.redirect(303, withdrawalOf(item));
    if (session.state === 'USED') return response.redirect(303, receiptOf(item));
    const side = await this.reading.side(item.stream);
    await this.showForm(response, 200, {
      ...{ item, token, side, values: {}, problems: [] },
      isBack: isRecorded(request),
    });
  }

  @Get('receipt')
  async receipt(@Req() request: ItemRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await openedItem(request, this.sessions, this.reading);
    if (opened === null) return sendNoSession(response, started, itemOf(request.params));
    const entry = await this.reading.ownEntry(opened.item);
    if (entry === null && opened.session.state !== 'LIVE')
      return sendNoSession(response, started, opened.item);
    // Nothing is answered yet: that page is where it is done.
    if (entry === null) return response.redirect(303, addressOf(opened.item));
    const side = await this.reading.side(opened.item.stream);
    sendPage(
      response,
      200,
      'receipt',
      await receiptPage(this.reading, side, opened.item, entry, this.settings.url, languageOf(response)),
    );
  }

  @Post()
  async answer(@Req() request: ItemRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const item = itemOf(request.params);
    const token = this.sessions.token(request);
    if (item === null || token === NO_TOKEN) return sendNoSession(response, started, item);
    const fields = fieldsOf(request);
    this.sessions.checkForm(request, token, addressOf(item), fields.csrf);
    const parsed = parseAnswer(fields, new Date(), languageOf(response).t);
    const outcome: Outcome = parsed.ok
      ? await this.recording.record(item, token, parsed.answer, this.sessions.shownPage(token, fields.page))
      : { is: 'INCOMPLETE', problems: parsed.problems };
    await this.reply(response, outcome, { item, token, fields, started });
  }

  private async reply(
    response: Response,
    outcome: Outcome,
    given: { item: Item; token: string; fields: Fields; started: number },
  ): Promise<void> {
    const { item, token, fields, started } = given;
    if (outcome.is === 'RECORDED') return response.redirect(303, receiptOf(item));
    const session = await this.reading.session(token);
    if (session === null || !isFor(session, item) || session.purpose === 'ACCESS')
      return sendNoSession(response, started, item);
    const side = await this.reading.side(item.stream);
    switch (outcome.is) {
      case 'INCOMPLETE':
        // Without its digits the second form is shown again, with the answers it keeps.
        if (fields.code !== undefined && outcome.problems.every(({ field }) => field === 'code')) {
          return this.recording.showCodeForm(response, 422, {
            item,
            side,
            fields,
            problems: outcome.problems,
            isSent: false,
          });
        }
        return this.showForm(response, 422, {
          item,
          token,
          side,
          values: fields,
          problems: outcome.problems,
        });
      case 'CODE_NEEDED':
        return this.recording.showCodeForm(response, outcome.status, {
          item,
          side,
          fields,
          problems:
            outcome.problem === null
              ? []
              : [{ field: 'code', text: languageOf(response).t(outcome.problem) }],
          isSent: outcome.isSent,
        });
      case 'CHANGED':
        return this.recording.showChanged(response, { item, side, fields });
      case 'REFUSED':
        return this.showRefusal(response, outcome.refusal, { item, token, session, side, fields });
    }
  }

  /** With everything that was typed, as long as it could still be answered otherwise. */
  private async showRefusal(
    response: Response,
    refusal: Refused['refusal'],
    given: { item: Item; token: string; session: Session; side: Side; fields: Fields },
  ): Promise<void> {
    const { item, token, session, side, fields } = given;
    const hasAnswered = (await this.reading.ownEntry(item)) !== null || session.state === 'USED';
    const language = languageOf(response);
    const { t } = language;
    const status = refusal.kind === 'FORBIDDEN' ? 403 : 409;
    const text = refusalIn(language, refusal);
    const found = findRound(side, item);
    if (!hasAnswered && found !== null && closedBecause(side, item, found, language) === null) {
      const field = refusal.rule === 'NOT_NEUTRAL' ? 'confidant' : 'choice';
      const problems = [{ field, text }];
      return this.showForm(response, status, { item, token, side, values: fields, problems });
    }
    sendPage(response, status, 'message', {
      title: t(hasAnswered ? 'closed.answered' : 'refusal.title'),
      project: await this.reading.title(side, t),
      lines: hasAnswered ? [t('closed.answeredLead'), t('closed.withdrawFirst')] : [text],
      link: hasAnswered ? { href: receiptOf(item), label: t('closed.seeReceipt') } : undefined,
    });
  }

  private async showForm(
    response: Response,
    status: number,
    form: { item: Item; token: string; side: Side; values: Fields; problems: Problem[]; isBack?: boolean },
  ): Promise<void> {
    const { item, token, side, values, problems, isBack = false } = form;
    const found = findRound(side, item);
    const language = languageOf(response);
    const { t } = language;
    if (found && delegationOf(found.round, item.person, side.now))
      return response.redirect(303, delegationAt(item));
    const obstacle = found === null ? null : closedBecause(side, item, found, language);
    if (found === null || obstacle !== null) {
      const hasAnswered = found?.round.decisions.some(({ person }) => person === item.person) ?? false;
      if (hasAnswered) return response.redirect(303, receiptOf(item));
      return sendPage(response, 410, 'message', {
        ...(obstacle ?? replaced(t)),
        project: await this.reading.title(side, t),
      });
    }
    const context = await signPage(this.reading, side, item, found, language);
    const page = {
      ...{ ...context, values, problems, openConditions: hasConditions(values) },
      done: isBack && wasHandedOn(found.round, item.person) ? t('delegate.isTakenBack') : null,
      delegation: colleaguesFor(side, item, found).length > 0 ? delegationAt(item) : null,
    };
    sendSealedPage(response, status, 'sign', page, (digested) =>
      this.sessions.sealed(token, addressOf(item), digested),
    );
  }
}

const NO_TOKEN = '';

const wasHandedOn = ({ asked }: Round, person: string): boolean =>
  asked.some(({ onBehalfOf }) => onBehalfOf === person);

interface Closed {
  title: string;
  lines: string[];
}

const replaced = (t: Say): Closed => ({
  title: t('closed.replaced'),
  lines: [t('closed.replacedLead'), t('page.nothingRecorded')],
});

/** Why a person who holds a live link cannot answer now, or `null`. */
function closedBecause(
  side: Side,
  item: Item,
  { checkpoint, round }: NonNullable<ReturnType<typeof findRound>>,
  language: Language,
): Closed | null {
  const { t } = language;
  const nothing = t('page.nothingRecorded');
  if (side.project?.closedAt)
    return { title: t('closed.project'), lines: [t('closed.projectLead'), nothing] };
  if (round.lapsedAt !== null)
    return { title: t('closed.lapsed'), lines: [t('closed.lapsedLead'), t('closed.lapsedAgain'), nothing] };
  if (checkpoint.rounds.at(-1) !== round) return replaced(t);
  const { programme, project, now } = side;
  const { checkpoints } = project ?? programme;
  const answering = { programme, checkpoints, actor: { person: item.person }, now };
  const why = whyNotAnswer(answering, { checkpoint: checkpoint.id, round: round.round });
  if (why === null) return null;
  if (why.rule === 'ALREADY_DECIDED') return { title: t('closed.answered'), lines: [] };
  if (NO_LONGER_ASKED.includes(why.rule))
    return {
      title: t('closed.notAsked'),
      lines: [t('closed.notAskedLead'), t('closed.notAskedWrong'), nothing],
    };
  return { title: t('closed.notNow'), lines: [refusalIn(language, why), nothing] };
}

const NO_LONGER_ASKED: readonly string[] = ['NOT_ASKED', 'ROLE_LOST', 'DELEGATOR_LEFT', 'SELF_APPROVAL'];
