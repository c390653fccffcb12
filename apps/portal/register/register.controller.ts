// The public register as pages: for anyone, without a link or an account, over connections that cannot write.
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { publicEntries, publicEntry } from '#libs/ledger';
import type { PublicEntry } from '#libs/ledger';
import type { Language } from '#libs/language';
import { sendPage } from '../http/answers';
import { languageOf } from '../http/language';
import { ReadOnlyLedger } from '../ledgers';

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
    sendPage(response, 200, 'register-entry', pageOf(entry, language));
  }
}

/** The entry in words a person reads. */
function pageOf(entry: PublicEntry, language: Language) {
  const { t, known, moment } = language;
  return {
    ...{ title: entry.title ?? t('register.someProject'), service: t('register.service'), entry },
    ...{ status: t(`register.status.${entry.status}`), since: moment(entry.since) },
    sources: entry.sources.map((each) => ({ ...each, tier: known(`tier.${each.tier}`) ?? each.tier })),
    outputs: entry.outputs.map((each) => ({ ...each, publishedAt: moment(each.publishedAt) })),
    unpublished: entry.unpublished.map((each) => whyUnpublished(each, language)),
    legal: Object.entries(entry.legalBasis ?? {}).map(([key, value]) => ({
      ...{ label: known(`register.legal.${key}`) ?? key, value },
    })),
    actions: entry.actions.map((each) => ({
      ...{ ...each, due: moment(each.due), status: known(`register.action.${each.status}`) ?? each.status },
    })),
  };
}

function whyUnpublished(
  { insight, why: rule, reason, until }: PublicEntry['unpublished'][number],
  { t, known, moment }: Language,
): string {
  const why = known(`register.why.${rule}`) ?? rule;
  if (reason) return t('register.unpublishedBecause', { insight, why, reason });
  if (until !== undefined) return t('register.unpublishedUntil', { insight, why, until: moment(until) });
  return t('register.unpublished', { insight, why });
}
