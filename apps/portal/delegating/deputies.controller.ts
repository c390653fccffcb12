// The page on which a person names their deputy: who hears when they do not answer, and decides nothing. By any live or used link of theirs.
import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { deputiesFor } from '#libs/domain';
import { commitText, Refused } from '#libs/ledger';
import { fieldsOf } from '#libs/web/http';
import type { Fields } from '#libs/web/http';
import { refusalIn, sendNoSession, sendPage } from '../http/answers';
import { languageOf } from '../http/language';
import { openedByAnyLink } from '../http/opened';
import type { ItemRequest, Opened } from '../http/opened';
import { Sessions } from '../http/session';
import { addressOf, deputyAt, isRecorded, itemOf, recordedAt } from '../items';
import { WritingLedger } from '../ledgers';
import { Reading } from '../reading';
import type { Problem } from '../signing/answer';
import { parseDeputy } from './delegation';

@Controller('sign/:stream/:checkpoint/:round/:person/deputy')
export class DeputiesController {
  constructor(
    private readonly reading: Reading,
    private readonly sessions: Sessions,
    private readonly writing: WritingLedger,
  ) {}

  @Get()
  async show(@Req() request: ItemRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await this.open(request);
    if (opened === null) return sendNoSession(response, started, itemOf(request.params));
    await this.showForm(response, 200, opened, {}, [], isRecorded(request));
  }

  @Post()
  async name(@Req() request: ItemRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await this.open(request);
    if (opened === null) return sendNoSession(response, started, itemOf(request.params));
    const { item, token, session } = opened;
    const fields = fieldsOf(request);
    this.sessions.checkForm(request, token, deputyAt(item), fields.csrf);
    const language = languageOf(response);
    const parsed = parseDeputy(fields, language.t);
    if (!parsed.ok) return this.showForm(response, 422, opened, fields, parsed.problems);
    const signedAs = commitText(parsed.given.name);
    const { deputy } = parsed.given;
    const said = { deputy, assurance: 'LINK', signedAs: signedAs.commitment } as const;
    const draft = { command: { type: 'NameDeputy' as const, ...said }, texts: [signedAs] };
    try {
      await this.writing.ledger.byCode({ token, code: null, stream: session.programme }, () => draft);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const text = refusalIn(language, error.refusal);
      return this.showForm(response, 422, opened, fields, [{ field: 'deputy', text }]);
    }
    response.redirect(303, recordedAt(deputyAt(item)));
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
    isNamed = false,
  ): Promise<void> {
    const { t } = languageOf(response);
    const side = await this.reading.side(item.stream);
    const colleagues = deputiesFor(side.programme, item.person, side.now);
    const present = side.programme.people[item.person]?.deputy ?? null;
    const names = await this.reading.names(side, item.person, colleagues, present);
    const called = (id: string) => names(id) ?? t('page.somebody');
    const stands = present === null ? t('deputy.nobody') : t('deputy.present', { name: called(present) });
    sendPage(response, status, 'deputy', {
      title: t('deputy.title'),
      project: await this.reading.title(side, t),
      lead: t('deputy.lead', { addressee: names(item.person) ?? t('page.colleague') }),
      present: isNamed ? null : stands,
      done: isNamed ? stands : null,
      choices: [
        ...colleagues.map((value) => ({ value, label: called(value) })),
        { value: 'nobody', label: t('deputy.none') },
      ],
      ...{ values, problems, action: deputyAt(item), back: addressOf(item) },
      csrf: this.sessions.csrf(token, deputyAt(item)),
    });
  }
}
