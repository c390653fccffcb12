// The receipt of what a person did in a round: position, digest, what happens next. The same however often it is asked for.
import { roundStatus } from '#libs/domain';
import type { Choice } from '#libs/domain';
import { ASKED_ABOUT, CHOICE_DONE, contentCode, inFullWords, ROUND_WORDS, WHEN_SETTLED } from '#libs/web';
import type { Context } from '../http/answers';
import { againOf } from '../items';
import type { Item } from '../items';
import type { OwnEntry, Reading, Side } from '../reading';
import { findRound } from '../signing/page';

export async function receiptPage(
  reading: Reading,
  side: Side,
  item: Item,
  entry: OwnEntry,
  portalUrl: string,
): Promise<Context> {
  const found = findRound(side, item);
  const isWithdrawal = entry.type === 'DecisionWithdrawn';
  return {
    title: isWithdrawal ? 'Your withdrawal is recorded' : 'Your decision is recorded',
    summary: summaryOf(entry),
    project: await reading.title(side),
    what: found && ASKED_ABOUT[found.checkpoint.kind],
    stream: item.stream,
    version: entry.version,
    hash: entry.hash,
    at: inFullWords(entry.at),
    code: found && contentCode(found.round.content.core),
    next: isWithdrawal ? AFTER_WITHDRAWAL : afterDecision(side, found),
    again: `${portalUrl}${againOf(item)}`,
  };
}

const AFTER_WITHDRAWAL = [
  'It took effect at once: your answer no longer counts, nothing new opens because of it, and analyses that relied on it are being ended.',
  'What had already been published cannot be called back. Everybody concerned is told by mail.',
];

function summaryOf({ type, data }: OwnEntry): string {
  if (type === 'DecisionWithdrawn') {
    return data.disowned === true
      ? 'You said that the answer in your name was not yours.'
      : 'You withdrew your answer.';
  }
  return `You ${CHOICE_DONE[data.choice as Choice]}.`;
}

function afterDecision(side: Side, found: ReturnType<typeof findRound>): string[] {
  if (found === null) return [];
  const { checkpoint, round } = found;
  const status = roundStatus(side.programme, checkpoint.kind, round, side.now);
  const now = `This round is now ${ROUND_WORDS[status]}.`;
  if (status === 'OPEN') return [now, `When everybody needed has approved, ${WHEN_SETTLED[checkpoint.kind]}`];
  if (status === 'SETTLED') return [now, `That means: ${WHEN_SETTLED[checkpoint.kind]}`];
  return [now, 'The person who asked is told and decides whether to bring a new version.'];
}
