// What mails about a deposit say; nobody is invited, or sent a code, for a file that has come meanwhile.
import { depositStatus, grantStands, holds, tenureOf } from '#libs/domain';
import type { DataRequest, Deposit } from '#libs/domain';
import type { Facts, Writing } from './facts';
import { CODE_USEFUL_MS } from './round-facts';

interface Place {
  deposit: Deposit;
  request: DataRequest;
}

/** The deposit, for somebody who hands files over for its holder: only for them a link leads anywhere. */
function placeOf({ side, order }: Writing): Place | null {
  const deposit = side.project?.deposits[order.about];
  const request = deposit && side.project?.requests[deposit.request];
  if (deposit === undefined || request === undefined) return null;
  const isTheirs =
    holds(side.programme, order.person, ['dataCustodian'], side.now) &&
    tenureOf(side.programme, order.person, side.now)?.organisation === request.holder;
  return isTheirs ? { deposit, request } : null;
}

const isOpen = ({ side }: Writing, { deposit, request }: Place): boolean =>
  depositStatus(deposit) === 'INVITED' && grantStands(request, side.now);

async function common({ stream, order, links }: Writing, { deposit, request }: Place) {
  const made = await links.deposit(stream, order.person, deposit.id, request.content.core);
  return { about: deposit.id, request: request.id, ...made };
}

export async function depositFacts(writing: Writing): Promise<Facts | null> {
  const place = placeOf(writing);
  if (place === null) return null;
  const { outcome } = place.deposit;
  const grant = place.request.answer?.grant;
  if (writing.order.purpose === 'DEPOSIT_INVITED')
    return isOpen(writing, place) && grant
      ? { ...(await common(writing, place)), deadline: grant.expires }
      : null;
  if (outcome === null) return null;
  return { ...(await common(writing, place)), report: outcome.report, rows: String(outcome.rows ?? 0) };
}

export async function depositCodeFacts(writing: Writing): Promise<Facts | null> {
  const place = placeOf(writing);
  const isTooLate = Date.parse(writing.side.now) - Date.parse(writing.orderedAt) > CODE_USEFUL_MS;
  if (place === null || isTooLate || !isOpen(writing, place)) return null;
  const { stream, order, links } = writing;
  const oneTimeCode = await links.depositCode(stream, order.person, place.deposit.id);
  return { about: place.deposit.id, request: place.request.id, oneTimeCode };
}

/** `count` is the version of the entry. */
export async function depositReceiptFacts(writing: Writing): Promise<Facts | null> {
  const place = placeOf(writing);
  const { reading, order, stream } = writing;
  const event = await reading.event(order.count);
  const received = place?.deposit.received;
  if (place === null || !received || event === null) return null;
  return {
    ...(await common(writing, place)),
    ...{ digest: received.digest, recordedAt: received.at },
    ...{ position: `${stream}/${order.count}`, entryHash: event.hash },
  };
}
