// A person's open items on one page with a choice each and one code for all (B57), from any link of theirs that is not void.
import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Language } from '#libs/language';
import { contentCode } from '#libs/web';
import { fieldsOf } from '#libs/web/http';
import type { Fields } from '#libs/web/http';
import { refusalIn, sendNoSession, sendPage, sendSealedPage } from '../http/answers';
import { languageOf } from '../http/language';
import { openedByAnyLink } from '../http/opened';
import type { ItemRequest, Opened } from '../http/opened';
import { Sessions } from '../http/session';
import { addressOf, againOf, isRecorded, itemOf, recordedAt, waitingOf } from '../items';
import type { Item } from '../items';
import { WritingLedger } from '../ledgers';
import { Reading } from '../reading';
import { PortalSettings } from '../settings';
import { checkText, hasWords } from '../signing/answer';
import type { Problem } from '../signing/answer';
import { findRound, signPage } from '../signing/page';
import { codeStatus } from '../http/code';
import { keptOf, parseAnswers } from './answers';
import type { Answered } from './answers';
import { Deciding, isStillAsked } from './deciding';
import type { Decided } from './deciding';
import { keyOf, openItems } from './list';

/** For one mail a day; which zone's clocks is the installation's. */
const HOURS = ['07:00', '08:00', '12:00', '17:00'] as const;

@Controller('sign/:stream/:checkpoint/:round/:person/all')
export class WaitingController {
  constructor(
    private readonly reading: Reading,
    private readonly sessions: Sessions,
    private readonly deciding: Deciding,
    private readonly writing: WritingLedger,
    private readonly settings: PortalSettings,
  ) {}

  @Get()
  async show(@Req() request: ItemRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await this.open(request);
    if (opened === null) return sendNoSession(response, started, itemOf(request.params));
    await this.showForm(response, 200, opened, {}, [], isRecorded(request));
  }

  @Post()
  async answer(@Req() request: ItemRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await this.open(request);
    if (opened === null) return sendNoSession(response, started, itemOf(request.params));
    const { item, token } = opened;
    const fields = fieldsOf(request);
    this.sessions.checkForm(request, token, waitingOf(item), fields.csrf);
    if (fields.act === 'mail') return this.wish(response, opened, fields);
    const parsed = parseAnswers(fields, item.person, new Date(), languageOf(response).t);
    if (!parsed.ok) return this.askAgain(response, opened, fields, parsed.problems);
    const code = fields.code?.replace(/[\s-]/g, '');
    if (code === undefined) return this.askCode(response, opened, fields, parsed.answered);
    const page = this.sessions.shownPage(token, fields.page);
    const decided = await this.deciding.decide({ token, answered: parsed.answered, code, page });
    if (decided.problem !== null)
      return this.showCodeForm(response, opened, fields, { ...decided, answered: parsed.answered });
    await this.showOutcomes(response, opened, decided.outcomes);
  }

  /** How requests reach the person by mail: nothing is decided, but scanners choose and press, so a name is typed (T2). */
  private async wish(response: Response, opened: Opened, fields: Fields): Promise<void> {
    const { t, timeZone } = languageOf(response);
    const at = HOURS.find((hour) => hour === fields.mail);
    const problems: Problem[] = [];
    if (at === undefined && fields.mail !== 'each') problems.push({ field: 'mail', text: t('problem.mail') });
    if ((fields.wishName ?? '') === '') problems.push({ field: 'wishName', text: t('problem.name') });
    checkText(fields, 'wishName', 200, problems, t);
    if (problems.length > 0) return this.showForm(response, 422, opened, fields, problems);
    await this.writing.links.wishMail(opened.token, at === undefined ? null : { at, timeZone });
    response.redirect(303, recordedAt(waitingOf(opened.item)));
  }

  private async askAgain(
    response: Response,
    opened: Opened,
    fields: Fields,
    problems: Problem[],
  ): Promise<void> {
    // Without its digits the second form is shown again, with the answers it keeps.
    if (fields.code !== undefined && problems.every(({ field }) => field === 'code')) {
      const kept = parseAnswers(
        { ...fields, code: '00000000' },
        opened.item.person,
        new Date(),
        languageOf(response).t,
      );
      if (kept.ok)
        return this.showCodeForm(response, opened, fields, {
          ...{ outcomes: [], problem: 'problem.digits', answered: kept.answered },
        });
    }
    return this.showForm(response, 422, opened, fields, problems);
  }

  private async askCode(
    response: Response,
    opened: Opened,
    fields: Fields,
    answered: Answered[],
  ): Promise<void> {
    const { shown } = await openItems(this.reading, opened.token, opened.item.person);
    const asked = answered.filter((each) => isStillAsked(shown, each));
    const outcomes = answered
      .filter((each) => !asked.includes(each))
      .map((each) => ({ answered: each, outcome: { is: 'CHANGED' as const } }));
    if (asked.length === 0) {
      // Nothing of it is asked any more: perhaps because exactly this was recorded before.
      const page = this.sessions.shownPage(opened.token, fields.page);
      const again = await this.deciding.decide({ token: opened.token, answered, code: '', page });
      return this.showOutcomes(response, opened, again.problem === null ? again.outcomes : outcomes);
    }
    const problem = await this.deciding.askCode(opened.token, asked);
    return this.showCodeForm(response, opened, fields, { outcomes, problem, answered: asked });
  }

  private open(request: ItemRequest): Promise<Opened | null> {
    return openedByAnyLink(request, this.sessions, this.reading);
  }

  private async showForm(
    response: Response,
    status: number,
    { item, token }: Opened,
    values: Fields,
    problems: Problem[],
    isWishRecorded = false,
  ): Promise<void> {
    const language = languageOf(response);
    const { t } = language;
    const { shown, more } = await openItems(this.reading, token, item.person);
    if (shown.length === 0) {
      const side = await this.reading.side(item.stream);
      return sendPage(response, 200, 'message', {
        title: t('items.nothing'),
        project: await this.reading.title(side, t),
        lines: [t('items.nothingLead')],
        link: { href: addressOf(item), label: t('items.back') },
      });
    }
    const items = await Promise.all(
      shown.map(async (one) => ({
        ...(await signPage(this.reading, one.side, one.item, one.found, language)),
        suffix: `-${keyOf(one.item)}`,
        isOpen: hasWords(values, `-${keyOf(one.item)}`),
      })),
    );
    const wish = await this.wishOf(token, language);
    const page = {
      ...{ title: t('items.title'), addressee: items[0]?.addressee, items, values },
      problems: problems.map((problem) =>
        problem.field === 'items' ? { ...problem, field: `choice${items[0]?.suffix ?? ''}` } : problem,
      ),
      more: more === 0 ? null : t('items.more', { count: more }),
      ...{ action: waitingOf(item), back: addressOf(item), hours: HOURS },
      wish,
      done: isWishRecorded ? wish : null,
    };
    sendSealedPage(response, status, 'items', page, (digested) =>
      this.sessions.sealed(token, waitingOf(item), digested),
    );
  }

  private async wishOf(token: string, { t }: Language): Promise<string | null> {
    const wish = await this.reading.mailWish(token);
    return wish && (wish.daily === null ? t('items.mailNowEach') : t('items.mailNowDaily', wish.daily));
  }

  private async showCodeForm(
    response: Response,
    { item }: Opened,
    fields: Fields,
    { answered, outcomes, problem }: Decided & { answered: Answered[] },
  ): Promise<void> {
    const { t } = languageOf(response);
    const isSent = problem === null;
    sendPage(response, isSent ? 200 : codeStatus(problem), 'items-code', {
      title: t('code.title'),
      sent: t(isSent ? 'items.codeSent' : 'items.codeNotYet'),
      chosen: await Promise.all(
        answered.map(async (each) => ({
          ...(await this.called(response, each.item)),
          choice: t(`choice.${each.answer.choice}`),
          digest: contentCode(each.answer.core),
        })),
      ),
      outcomes: await this.shownOutcomes(response, outcomes),
      kept: keptOf(fields, answered),
      values: fields,
      problems: problem === null ? [] : [{ field: 'code', text: t(problem) }],
      action: waitingOf(item),
    });
  }

  private async showOutcomes(
    response: Response,
    { item }: Opened,
    outcomes: Decided['outcomes'],
  ): Promise<void> {
    const { t } = languageOf(response);
    const recorded = outcomes.filter(({ outcome }) => outcome.is === 'RECORDED').length;
    sendPage(response, recorded > 0 ? 200 : 409, 'items-done', {
      title: recorded > 0 ? t('items.recorded', { count: recorded }) : t('refusal.title'),
      isRecorded: recorded > 0,
      outcomes: await this.shownOutcomes(response, outcomes),
      action: waitingOf(item),
    });
  }

  private shownOutcomes(response: Response, outcomes: Decided['outcomes']) {
    const language = languageOf(response);
    const { t, moment } = language;
    return Promise.all(
      outcomes.map(async ({ answered: { item, answer }, outcome }) => {
        const called = await this.called(response, item);
        const entry = outcome.is === 'RECORDED' ? await this.reading.ownEntry(item) : null;
        if (entry === null || entry.type !== 'DecisionRecorded') {
          const why = outcome.is === 'REFUSED' ? refusalIn(language, outcome.refusal) : t('items.changed');
          return { ...called, why };
        }
        return {
          ...called,
          summary: t(`did.${answer.choice}`),
          ...{ position: `${item.stream}/${entry.version}`, hash: entry.hash, at: moment(entry.at) },
          ...{ code: contentCode(answer.core), again: `${this.settings.url}${againOf(item)}` },
        };
      }),
    );
  }

  /** What an item is called on a page. */
  private async called(response: Response, item: Item) {
    const { t } = languageOf(response);
    const side = await this.reading.side(item.stream);
    const found = findRound(side, item);
    return {
      title: found ? t(`kind.${found.checkpoint.kind}`) : item.checkpoint,
      project: await this.reading.title(side, t),
    };
  }
}
