// The public register as pages: for anyone, without a link or an account, over connections that cannot write.
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { publicEntries, publicEntry } from '#libs/ledger';
import type { PublicEntry } from '#libs/ledger';
import { inFullWords, keyInWords } from '#libs/web';
import { sendPage } from '../http/answers';
import { ReadOnlyLedger } from '../ledgers';

const PAGE = 20;
const PROJECT = /^prj_[a-z2-7]{16}$/;

@Controller('register')
export class RegisterController {
  constructor(private readonly opened: ReadOnlyLedger) {}

  @Get()
  async list(@Query('after') after: unknown, @Res() response: Response): Promise<void> {
    const from = typeof after === 'string' && PROJECT.test(after) ? after : '';
    const { ledger, dataSource } = this.opened;
    const { items, next } = await publicEntries(ledger, dataSource, { after: from, limit: PAGE });
    sendPage(response, 200, 'register', { title: 'Public register', service: SERVICE, items, next });
  }

  @Get(':project')
  async show(@Param('project') id: string, @Res() response: Response): Promise<void> {
    const entry = await publicEntry(this.opened.ledger, id);
    if (entry === null) {
      sendPage(response, 404, 'message', {
        title: 'There is no such entry',
        lines: ['Check the address. A project stands in the register from its first sign-off on.'],
        link: { href: '/register', label: 'All entries' },
      });
      return;
    }
    sendPage(response, 200, 'register-entry', pageOf(entry));
  }
}

/** The entry in words a person reads. */
const pageOf = (entry: PublicEntry) => ({
  ...{ title: entry.title ?? 'A project', service: SERVICE, entry },
  ...{ status: STATUS[entry.status], since: inFullWords(entry.since) },
  outputs: entry.outputs.map((each) => ({ ...each, publishedAt: inFullWords(each.publishedAt) })),
  unpublished: entry.unpublished.map(({ insight, why, reason, until }) => ({
    ...{ insight, why: WHY[why] ?? why, reason },
    until: until === undefined ? undefined : inFullWords(until),
  })),
  legal: Object.entries(entry.legalBasis ?? {}).map(([key, value]) => ({ key: keyInWords(key), value })),
});

const SERVICE = 'Public register of projects';
const STATUS = { ACTIVE: 'Under way', SUSPENDED: 'Suspended', CLOSED: 'Closed' } as const;
const WHY: Record<string, string> = {
  WITHHELD: 'Withheld',
  COMMENT_PERIOD: 'Partners are commenting on it',
  COMMENTS_UNANSWERED: 'Comments of partners are being answered',
  NOT_YET_PUBLISHED: 'Ready, and not published yet',
  NOT_PROPOSED: 'Not proposed for publication yet',
};
