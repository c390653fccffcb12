// What the page of an answered request says: the answer, or its withdrawal; where it stands; and how a grant is taken back later.
import { contentCode } from '#libs/web';
import { isGranted } from '#libs/domain';
import type { Language } from '#libs/language';
import { endsOf, whereabouts } from '../deposits/whereabouts';
import type { Context } from '../http/answers';
import { againOf, grantWithdrawalOf } from '../items';
import type { Reading } from '../reading';
import type { OpenedRequest } from './opened';

/** Null where nobody answered in time. */
export async function answeredPage(
  reading: Reading,
  { side, request, item }: OpenedRequest,
  portalUrl: string,
  language: Language,
): Promise<Context | null> {
  const { t, moment } = language;
  const { answer, withdrawn, id } = request;
  const type = withdrawn ? 'GrantWithdrawn' : 'RequestAnswered';
  const entry = await reading.answerEntry(item.stream, id, type);
  if (answer === null || entry === null) return null;
  const deposits = Object.values(side.project.deposits).filter(
    (each) => each.request === id && each.received,
  );
  const isOwn = (withdrawn ?? answer).person === item.person;
  const said = withdrawn
    ? {
        title: t(isOwn ? 'receipt.withdrawal' : 'request.withdrawnByColleague'),
        summary: t('request.withdrewGrant'),
        next: [t('request.withdrawnAtOnce'), t(`modeEffect.${withdrawn.mode}`), t('receipt.published')],
      }
    : {
        title: t(isOwn ? 'request.recorded' : 'request.answeredByColleague'),
        summary: t(`outcomeGiven.${answer.outcome}`),
        next:
          answer.outcome === 'REFUSED'
            ? [t('request.declined')]
            : [t(`outcomeEffect.${answer.outcome}`), t('request.withdrawLater')],
      };
  return {
    ...said,
    project: await reading.title(side, t),
    what: t('request.about', { number: id }),
    ...{ stream: item.stream, version: entry.version, hash: entry.hash },
    ...{ at: moment((withdrawn ?? answer).at), code: contentCode(request.content.core) },
    ...(isGranted(request)
      ? {
          withdrawal: { href: grantWithdrawalOf(item), label: t('request.withdrawNow') },
          keepAddress: t('request.keepAddress'),
          ends: await endsOf(reading, deposits, language),
          releases: await whereabouts(reading, { side, deposits: deposits.map((each) => each.id) }, language),
          again: `${portalUrl}${againOf(item)}`,
        }
      : {}),
  };
}
