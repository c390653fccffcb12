// T15 by link: GET shows what was written down and the evidence of it; POST confirms it, once, with the mailed code.
import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { commitText, Refused } from '#libs/ledger';
import type { Draft } from '#libs/ledger';
import { contentCode } from '#libs/web';
import { fieldsOf } from '#libs/web/http';
import type { Fields } from '#libs/web/http';
import { refusalIn, sendNoSession, sendPage } from '../http/answers';
import { languageOf } from '../http/language';
import { openedItem } from '../http/opened';
import type { ItemRequest } from '../http/opened';
import { Sessions } from '../http/session';
import { confirmationOf } from '../items';
import type { Item } from '../items';
import { WritingLedger } from '../ledgers';
import { Reading } from '../reading';
import type { Side } from '../reading';
import { checkText, codeOf } from '../signing/answer';
import type { Problem } from '../signing/answer';
import { findRound } from '../signing/page';
import type { Found } from '../signing/page';
import { codeProblem, codeStatus } from '../http/code';
import { awaiting, confirmPage } from './page';

interface Opened {
  item: Item;
  token: string;
  side: Side;
  found: Found;
}

@Controller('confirm/:stream/:checkpoint/:round/:person')
export class ConfirmingController {
  constructor(
    private readonly reading: Reading,
    private readonly sessions: Sessions,
    private readonly writing: WritingLedger,
  ) {}

  @Get()
  async show(@Req() request: ItemRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await this.open(request);
    if (opened === null) return sendNoSession(response, started, null);
    await this.showPage(response, 200, opened, {}, []);
  }

  @Post()
  async confirm(@Req() request: ItemRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await this.open(request);
    if (opened === null) return sendNoSession(response, started, null);
    const fields = fieldsOf(request);
    this.sessions.checkForm(request, opened.token, confirmationOf(opened.item), fields.csrf);
    const { t } = languageOf(response);
    const pending = awaiting(opened.side, opened.item, opened.found);
    if (pending.length === 0) return this.showPage(response, 200, opened, {}, []);
    const problems: Problem[] = [];
    if (!pending.some(({ person }) => person === fields.whose))
      problems.push({ field: 'whose', text: t('problem.whose') });
    if ((fields.name ?? '') === '') problems.push({ field: 'name', text: t('problem.name') });
    checkText(fields, 'name', 200, problems, t);
    if (problems.length > 0) return this.showPage(response, 422, opened, fields, problems);
    const code = codeOf(fields, problems, t);
    if (problems.length > 0) return this.showCodeForm(response, 422, opened, fields, problems);
    await this.record(response, opened, fields, code);
  }

  private async record(
    response: Response,
    opened: Opened,
    fields: Fields,
    code: string | null,
  ): Promise<void> {
    const { token, item } = opened;
    const { t } = languageOf(response);
    try {
      if (code === null) {
        await this.writing.links.askCode(token);
        return await this.showCodeForm(response, 200, opened, fields, []);
      }
      const draft = draftOf(item, fields);
      await this.writing.ledger.byLink({ token, code, stream: item.stream }, () => draft);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const problem = codeProblem(error.refusal);
      if (problem !== null)
        return this.showCodeForm(response, codeStatus(problem), opened, fields, [
          { field: 'code', text: t(problem) },
        ]);
      // Pressed twice, or confirmed by somebody else meanwhile: the page says what stands.
      if (error.refusal.rule !== 'NOTHING_TO_COUNTERSIGN') {
        const text = refusalIn(languageOf(response), error.refusal);
        return this.showPage(response, 422, opened, fields, [{ field: 'whose', text }]);
      }
    }
    response.redirect(303, confirmationOf(item));
  }

  private async open(request: ItemRequest): Promise<Opened | null> {
    const opened = await openedItem(request, this.sessions, this.reading);
    if (opened === null || opened.session.purpose !== 'COUNTERSIGN' || opened.session.state !== 'LIVE')
      return null;
    const { item, token } = opened;
    const side = await this.reading.side(item.stream);
    const found = findRound(side, item);
    return found && { item, token, side, found };
  }

  private async showPage(
    response: Response,
    status: number,
    opened: Opened,
    values: Fields,
    problems: Problem[],
  ): Promise<void> {
    const { side, item, found, token } = opened;
    if (awaiting(side, item, found).length === 0) return this.showDone(response, opened);
    sendPage(response, status, 'confirm', {
      ...(await confirmPage(this.reading, side, item, found, languageOf(response))),
      ...{ values, problems, csrf: this.sessions.csrf(token, confirmationOf(item)) },
    });
  }

  /** What this person confirmed, or that there is nothing to confirm. */
  private async showDone(response: Response, { side, item, found }: Opened): Promise<void> {
    const { t, moment } = languageOf(response);
    const project = await this.reading.title(side, t);
    const entry = await this.reading.confirmedEntry(item);
    if (entry === null)
      return sendPage(response, 410, 'message', {
        ...{ title: t('confirm.over'), project, lines: [t('confirm.overLead'), t('page.nothingRecorded')] },
      });
    const names = await this.reading.names(side, entry.whose);
    const name = names(entry.whose) ?? t('page.somebody');
    sendPage(response, 200, 'receipt', {
      ...{ title: t('confirm.done'), project, summary: t('confirm.doneLead', { name }) },
      ...{ what: t(`askedAbout.${found.checkpoint.kind}`), stream: item.stream },
      ...{ version: entry.version, hash: entry.hash, at: moment(entry.at) },
      ...{ code: contentCode(found.round.content.core), next: [t('confirm.takenBack')] },
    });
  }

  private async showCodeForm(
    response: Response,
    status: number,
    { side, item, found }: Opened,
    fields: Fields,
    problems: Problem[],
  ): Promise<void> {
    const { t } = languageOf(response);
    const names = await this.reading.names(side, fields.whose);
    const kept = ['csrf', 'whose', 'name'].map((name) => ({ name, value: fields[name] ?? '' }));
    sendPage(response, status, 'code', {
      ...{ title: t('code.title'), project: await this.reading.title(side, t), kept, problems },
      sent: t(problems.length === 0 ? 'code.sent' : 'code.notYet'),
      choiceLabel: t('confirm.code', { name: names(fields.whose ?? '') ?? t('page.somebody') }),
      askedAbout: t(`askedAbout.${found.checkpoint.kind}`),
      ...{ code: contentCode(found.round.content.core), values: fields, action: confirmationOf(item) },
      record: t('confirm.record'),
    });
  }
}

function draftOf({ checkpoint, round }: Item, { whose = '', name = '' }: Fields): Draft {
  const signedAs = commitText(name);
  return {
    command: {
      ...({ type: 'CountersignDecision', checkpoint, round, person: whose } as const),
      ...({ assurance: 'LINK_CODE', signedAs: signedAs.commitment } as const),
    },
    texts: [signedAs],
  };
}
