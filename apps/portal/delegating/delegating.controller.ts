// The delegation page: hands a sign-off to a named colleague, and takes it back while they have not answered.
import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { colleagues as colleaguesOf, delegationOf, longestUntil } from '#libs/domain';
import type { PersonId } from '#libs/domain';
import { contentCode } from '#libs/web';
import { fieldsOf } from '#libs/web/http';
import type { Fields } from '#libs/web/http';
import { refusalIn, sendNoSession, sendPage } from '../http/answers';
import { languageOf } from '../http/language';
import { openedItem } from '../http/opened';
import type { ItemRequest, Opened } from '../http/opened';
import { Sessions } from '../http/session';
import { addressOf, delegationAt, itemOf, recordedAt, waitingOf } from '../items';
import type { Item } from '../items';
import { Reading } from '../reading';
import type { Side } from '../reading';
import { coverChange } from '../signing/changes';
import type { Problem } from '../signing/answer';
import { findRound } from '../signing/page';
import type { Found } from '../signing/page';
import { codeStatus } from '../http/code';
import type { CodeProblem } from '../http/code';
import { KEPT, parseHanding, parseTakingBack } from './delegation';
import { HandingOn } from './handing';
import type { Outcome } from './handing';

/** Colleagues a person may hand this to now; none where the agreement or their part in it allows none. */
export const colleaguesFor = ({ programme, project, now }: Side, item: Item, found: Found): PersonId[] =>
  colleaguesOf({ programme, project, now }, { ...found, person: item.person });

@Controller('sign/:stream/:checkpoint/:round/:person/delegate')
export class DelegatingController {
  constructor(
    private readonly reading: Reading,
    private readonly sessions: Sessions,
    private readonly handing: HandingOn,
  ) {}

  @Get()
  async show(@Req() request: ItemRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await this.open(request);
    if (opened === null) return sendNoSession(response, started, itemOf(request.params));
    await this.showForm(response, 200, opened, {}, []);
  }

  @Post()
  async give(@Req() request: ItemRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await this.open(request);
    if (opened === null) return sendNoSession(response, started, itemOf(request.params));
    const { item, token } = opened;
    const fields = fieldsOf(request);
    this.sessions.checkForm(request, token, delegationAt(item), fields.csrf);
    const { t } = languageOf(response);
    if (fields.isTakingBack === 'yes') {
      const parsed = parseTakingBack(fields, t);
      if (!parsed.ok) return this.showForm(response, 422, opened, fields, parsed.problems);
      return this.reply(response, await this.handing.takeBack(item, token, parsed.given), opened, fields);
    }
    const parsed = parseHanding(fields, new Date(), t);
    if (parsed.ok)
      return this.reply(response, await this.handing.hand(item, token, parsed.given), opened, fields);
    if (fields.code !== undefined && parsed.problems.every(({ field }) => field === 'code'))
      return this.showCodeForm(response, opened, fields, 'problem.digits');
    return this.showForm(response, 422, opened, fields, parsed.problems);
  }

  private async reply(response: Response, outcome: Outcome, opened: Opened, fields: Fields): Promise<void> {
    if (outcome.is === 'DONE') {
      const { item } = opened;
      return response.redirect(
        303,
        fields.isTakingBack === 'yes' ? recordedAt(addressOf(item)) : delegationAt(item),
      );
    }
    if (outcome.is === 'CODE') return this.showCodeForm(response, opened, fields, outcome.problem);
    const language = languageOf(response);
    const { rule } = outcome.refusal;
    const field =
      rule === 'UNTIL' ? 'until' : rule === 'DELEGATE' || rule === 'QUORUM_IMPOSSIBLE' ? 'to' : null;
    const text = refusalIn(language, outcome.refusal);
    if (field !== null) return this.showForm(response, 422, opened, fields, [{ field, text }]);
    const side = await this.reading.side(opened.item.stream);
    sendPage(response, 409, 'message', {
      title: language.t('refusal.title'),
      project: await this.reading.title(side, language.t),
      lines: [text],
      link: { href: addressOf(opened.item), label: language.t('items.back') },
    });
  }

  /** A used or void link hands nothing on; a live one takes back, too. */
  private async open(request: ItemRequest): Promise<Opened | null> {
    const opened = await openedItem(request, this.sessions, this.reading);
    return opened?.session.purpose === 'SIGN' && opened.session.state === 'LIVE' ? opened : null;
  }

  private async showForm(
    response: Response,
    status: number,
    { item, token }: Opened,
    values: Fields,
    problems: Problem[],
  ): Promise<void> {
    const language = languageOf(response);
    const { t, moment } = language;
    const side = await this.reading.side(item.stream);
    const found = findRound(side, item);
    const project = await this.reading.title(side, t);
    const standing = found && delegationOf(found.round, item.person, side.now);
    const colleagues = found ? colleaguesFor(side, item, found) : [];
    const names = await this.reading.names(side, item.person, colleagues, standing?.person);
    const form = {
      ...{ project, values, problems, action: delegationAt(item), back: addressOf(item) },
      csrf: this.sessions.csrf(token, delegationAt(item)),
      addressee: names(item.person) ?? t('page.colleague'),
    };
    if (found && standing) {
      const name = names(standing.person) ?? t('page.somebody');
      const hasAnswered = found.round.decisions.some((d) => d.person === standing.person && !d.withdrawn);
      return sendPage(response, status, 'take-back', {
        ...{ ...form, title: t('delegate.standing'), hasAnswered, waiting: waitingOf(item) },
        coverChanged: await coverChange(this.reading, side, found.round, item.person, language),
        lead: t('delegate.handed', { name, until: moment(standing.until) }),
      });
    }
    if (!found || colleagues.length === 0)
      return sendPage(response, 409, 'message', {
        ...{ title: t('delegate.nobody'), project, lines: [t('delegate.nobodyLead')] },
        link: { href: addressOf(item), label: t('items.back') },
      });
    sendPage(response, status, 'delegate', {
      ...{ ...form, title: t('delegate.title'), needsCode: found.round.needsCode },
      askedAbout: t(`askedAbout.${found.checkpoint.kind}`),
      colleagues: colleagues.map((value) => ({ value, label: names(value) ?? t('page.somebody') })),
      longest: moment(longestUntil(side.programme, found.round, side.now)),
    });
  }

  private async showCodeForm(
    response: Response,
    { item }: Opened,
    fields: Fields,
    problem: CodeProblem | null,
  ): Promise<void> {
    const { t } = languageOf(response);
    const side = await this.reading.side(item.stream);
    const found = findRound(side, item);
    const names = await this.reading.names(side, fields.to);
    sendPage(response, codeStatus(problem), 'code', {
      title: t('code.title'),
      project: await this.reading.title(side, t),
      sent: t(problem === null ? 'code.sent' : 'code.notYet'),
      choiceLabel: t('delegate.handingTo', { name: names(fields.to ?? '') ?? t('page.somebody') }),
      askedAbout: found ? t(`askedAbout.${found.checkpoint.kind}`) : '',
      code: contentCode(found?.round.content.core ?? ''),
      kept: KEPT.map((name) => ({ name, value: fields[name] ?? '' })),
      values: fields,
      problems: problem === null ? [] : [{ field: 'code', text: t(problem) }],
      ...{ action: delegationAt(item), record: t('delegate.hand') },
    });
  }
}
