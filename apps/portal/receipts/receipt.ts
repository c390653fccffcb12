// The receipt of what a person did in a round: position, digest, what happens next. The same however often it is asked for.
import { roundStatus } from '#libs/domain';
import type { Choice } from '#libs/domain';
import type { Language, Say } from '#libs/language';
import { contentCode } from '#libs/web';
import type { Context } from '../http/answers';
import { againOf, waitingOf, withdrawalOf } from '../items';
import type { Item } from '../items';
import type { OwnEntry, Reading, Side } from '../reading';
import { findRound } from '../signing/page';

export async function receiptPage(
  reading: Reading,
  side: Side,
  item: Item,
  entry: OwnEntry,
  portalUrl: string,
  language: Language,
): Promise<Context> {
  const { t, moment } = language;
  const found = findRound(side, item);
  const isWithdrawal = entry.type === 'DecisionWithdrawn';
  return {
    title: t(isWithdrawal ? 'receipt.withdrawal' : 'receipt.decision'),
    summary: summaryOf(entry, t),
    project: await reading.title(side, t),
    what: found && t(`askedAbout.${found.checkpoint.kind}`),
    stream: item.stream,
    version: entry.version,
    hash: entry.hash,
    at: moment(entry.at),
    code: found && contentCode(found.round.content.core),
    next: isWithdrawal ? afterWithdrawal(entry, t) : afterDecision(side, found, t),
    // This very link can still take the answer back; what was taken back needs a fresh one.
    withdrawal: isWithdrawal ? undefined : { href: withdrawalOf(item), label: t('receipt.withdraw') },
    keepAddress: t(isWithdrawal ? 'receipt.answerAnew' : 'receipt.keepAddress'),
    again: `${portalUrl}${againOf(item)}`,
    waiting: waitingOf(item),
  };
}

function summaryOf({ type, data }: OwnEntry, t: Say): string {
  if (type === 'DecisionWithdrawn') {
    return t(data.disowned === true ? 'youDid.disowned' : 'youDid.withdrew');
  }
  return t(`youDid.${data.choice as Choice}`);
}

const afterWithdrawal = ({ data }: OwnEntry, t: Say): string[] => [
  t('receipt.atOnce'),
  ...(data.disowned === true ? [t('receipt.told')] : []),
  t('receipt.published'),
];

function afterDecision(side: Side, found: ReturnType<typeof findRound>, t: Say): string[] {
  if (found === null) return [];
  const { checkpoint, round } = found;
  const status = roundStatus(side.programme, checkpoint.kind, round, side.now);
  const now = t('receipt.now', { status: t(`round.${status}`) });
  const whenSettled = t(`whenSettled.${checkpoint.kind}`);
  if (status === 'OPEN') return [now, t('receipt.whenSettled', { whenSettled })];
  if (status === 'SETTLED') return [now, t('receipt.settled', { whenSettled })];
  return [now, t('receipt.toldProposer')];
}
