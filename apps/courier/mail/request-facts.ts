// What mails about a data request say; nobody is asked, reminded or sent a code for what was answered meanwhile.
import { holds, isGranted, requestStatus, tenureOf } from '#libs/domain';
import type { DataRequest } from '#libs/domain';
import { contentCode } from '#libs/web';
import type { Facts, Writing } from './facts';
import { CODE_USEFUL_MS } from './round-facts';

/** The request while it still waits for an answer. */
function waiting({ side, order }: Writing): DataRequest | null {
  const request = side.project?.requests[order.about];
  return request !== undefined && requestStatus(request) === 'SENT' ? request : null;
}

/** Whether the addressee answers for the holder or, once it has granted, for its risk: only then a link leads anywhere. */
const answersFor = ({ side, order }: Writing, request: DataRequest): boolean =>
  holds(
    side.programme,
    order.person,
    isGranted(request) ? ['dataHolder', 'informationRiskOwner'] : ['dataHolder'],
    side.now,
  ) && tenureOf(side.programme, order.person, side.now)?.organisation === request.holder;

export async function requestFacts(writing: Writing): Promise<Facts | null> {
  const { reading, side, order, stream, links } = writing;
  const request = waiting(writing);
  if (request === null || !answersFor(writing, request)) return null;
  return {
    about: order.about,
    askedBy: reading.organisationOf(side, request.sender, request.sentAt),
    deadline: request.deadline,
    contentCode: contentCode(request.content.core),
    ...(await links.answer(stream, order.person, request.id, request.content.core)),
  };
}

/** The words stay in the ledger: a mail only says that there are some, and about which request. */
export async function clarificationFacts(writing: Writing): Promise<Facts | null> {
  const { order, stream, links } = writing;
  const request = waiting(writing);
  if (request === null) return null;
  if (!answersFor(writing, request)) return { about: order.about };
  return {
    about: order.about,
    ...(await links.answer(stream, order.person, request.id, request.content.core)),
  };
}

export async function answerCodeFacts(writing: Writing): Promise<Facts | null> {
  const { side, order, orderedAt, stream, links } = writing;
  const request = waiting(writing);
  const isTooLate = Date.parse(side.now) - Date.parse(orderedAt) > CODE_USEFUL_MS;
  if (request === null || isTooLate || !answersFor(writing, request)) return null;
  return {
    about: order.about,
    contentCode: contentCode(request.content.core),
    oneTimeCode: await links.answerCode(stream, order.person, request.id),
  };
}

/** To whoever answers for the risk, when somebody has granted. */
export async function grantNoticeFacts(writing: Writing): Promise<Facts | null> {
  const { side, order, stream, portalUrl, language } = writing;
  const request = side.project?.requests[order.about];
  const facts = request ? await grantLinkFacts(writing, request) : null;
  if (!request?.answer || facts === null) return null;
  const outcome = language.t(`outcome.${request.answer.outcome}`);
  return { ...facts, outcome, again: `${portalUrl}/again/${stream}/${request.id}/0/${order.person}` };
}

/** A fresh link to what was granted, for as long as it can be taken back. */
export async function grantLinkFacts(writing: Writing, request: DataRequest): Promise<Facts | null> {
  const { order, stream, links, language } = writing;
  if (!isGranted(request) || !answersFor(writing, request)) return null;
  return {
    about: order.about,
    askedAbout: language.t('request.about', { number: request.id }),
    contentCode: contentCode(request.content.core),
    linkLabel: language.t('mail.seeOrWithdraw'),
    ...(await links.answer(stream, order.person, request.id, request.content.core)),
  };
}

/** `count` is the version of the entry: an answer, or the withdrawal of what it granted. */
export async function answerReceiptFacts(writing: Writing): Promise<Facts | null> {
  const { side, order, stream, reading, language, portalUrl } = writing;
  const request = side.project?.requests[order.about];
  const event = await reading.event(order.count);
  if (!request?.answer || event === null) return null;
  const isWithdrawal = event.type === 'GrantWithdrawn';
  return {
    about: order.about,
    contentCode: contentCode(request.content.core),
    outcome: language.t(isWithdrawal ? 'request.withdrewGrant' : `outcome.${request.answer.outcome}`),
    position: `${stream}/${order.count}`,
    entryHash: event.hash,
    ...(isGranted(request) ? { again: `${portalUrl}/again/${stream}/${request.id}/0/${order.person}` } : {}),
  };
}
