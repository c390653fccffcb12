// What mails about confirming a recorded approval say (T15); nobody is asked for what was confirmed or taken back meanwhile, or is over.
import { awaitsCountersignature, countersigners } from '#libs/domain';
import type { Facts, Writing } from './facts';
import { CODE_USEFUL_MS, linkFor, placeOf, roundFacts } from './round-facts';
import type { Place } from './round-facts';

/** Whether something in the round awaits the addressee. */
function awaits({ side, order }: Writing, { round }: Place): boolean {
  if (round.lapsedAt !== null || round.voidedAt !== null) return false;
  return round.decisions.some(
    (decision) =>
      awaitsCountersignature(decision) &&
      countersigners(side.programme, round, decision, side.now).includes(order.person),
  );
}

export async function countersignFacts(writing: Writing): Promise<Facts | null> {
  const place = placeOf(writing);
  if (place === null || !awaits(writing, place)) return null;
  const facts = await roundFacts(writing);
  return facts && { ...facts, ...(await writing.links.countersign(linkFor(writing, place))) };
}

export async function countersignCodeFacts(writing: Writing): Promise<Facts | null> {
  const place = placeOf(writing);
  const isTooLate = Date.parse(writing.side.now) - Date.parse(writing.orderedAt) > CODE_USEFUL_MS;
  if (place === null || isTooLate || !awaits(writing, place)) return null;
  const facts = await roundFacts(writing);
  return facts && { ...facts, oneTimeCode: await writing.links.countersignCode(linkFor(writing, place)) };
}

/** `count` is the version of the entry. */
export async function countersignReceiptFacts(writing: Writing): Promise<Facts | null> {
  const { reading, order, stream } = writing;
  const [facts, event] = await Promise.all([roundFacts(writing), reading.event(order.count)]);
  if (facts === null || event === null) return null;
  const position = `${stream}/${order.count}`;
  return { ...facts, position, recordedAt: event.at, entryHash: event.hash };
}
