// An entry of the public register in words a person reads.
import type { PublicEntry } from '#libs/ledger';
import type { Language } from '#libs/language';

export function entryPage(entry: PublicEntry, language: Language) {
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
