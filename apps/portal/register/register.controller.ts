// The public register as pages: for anyone, without a link or an account, over connections that cannot write.
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { publicEntries, publicEntry } from '#libs/ledger';
import { sendPage } from '../http/answers';
import { languageOf } from '../http/language';
import { ReadOnlyLedger } from '../ledgers';
import { entryPage } from './entry';

const PAGE = 20;
const PROJECT = /^prj_[a-z2-7]{16}$/;

@Controller('register')
export class RegisterController {
  constructor(private readonly opened: ReadOnlyLedger) {}

  @Get()
  async list(@Query('after') after: unknown, @Res() response: Response): Promise<void> {
    const { t } = languageOf(response);
    const from = typeof after === 'string' && PROJECT.test(after) ? after : '';
    const { ledger, dataSource } = this.opened;
    const { items, next } = await publicEntries(ledger, dataSource, { after: from, limit: PAGE });
    sendPage(response, 200, 'register', {
      title: t('register.title'),
      service: t('register.service'),
      items,
      next,
    });
  }

  @Get(':project')
  async show(@Param('project') id: string, @Res() response: Response): Promise<void> {
    const language = languageOf(response);
    const { t } = language;
    const entry = await publicEntry(this.opened.ledger, id);
    if (entry === null) {
      sendPage(response, 404, 'message', {
        title: t('register.noEntry'),
        lines: [t('register.noEntryLead')],
        link: { href: '/register', label: t('register.all') },
      });
      return;
    }
    sendPage(response, 200, 'register-entry', entryPage(entry, language));
  }
}
