// What mails about a round of sign-off say; nobody is asked, reminded or sent a code for what is over or answered.
import type { LogReceipt } from '#libs/contracts/receipt';
import {
  askedSince,
  awaitedAsSeen,
  delegationOf,
  delegationTo,
  effectiveDecision,
  roundStatus,
  shifted,
  whyNotAnswer,
} from '#libs/domain';
import type { Checkpoint, Round } from '#libs/domain';
import { parseCheckpoint, parseNote, sha256Hex } from '#libs/log';
import type { TreeHead } from '#libs/log';
import { contentCode } from '#libs/web';
import type { Facts, Writing } from './facts';
import type { About } from './links';

/** A code that could not be sent within this time helps nobody any more. */
export const CODE_USEFUL_MS = 15 * 60_000;

export interface Place {
  checkpoint: Checkpoint;
  round: Round;
}

export function placeOf({ side, order }: Writing): Place | null {
  const checkpoint = (side.project ?? side.programme).checkpoints[order.about];
  const round = checkpoint?.rounds.find(({ round }) => round === order.round);
  return checkpoint && round ? { checkpoint, round } : null;
}

/** What every mail about a round says. */
type RoundFacts = Facts & { askedAbout: string };

export async function roundFacts(writing: Writing): Promise<RoundFacts | null> {
  const place = placeOf(writing);
  if (place === null) return null;
  const { side, order, reading, language } = writing;
  const { checkpoint, round } = place;
  const facts: RoundFacts = {
    about: order.about,
    askedAbout: language.t(`askedAbout.${checkpoint.kind}`),
    askedBy: reading.organisationOf(side, round.proposer, round.openedAt),
    deadline: deadlineOf(writing, round),
    contentCode: contentCode(round.content.core),
  };
  const more = await moreOf(writing, place);
  return more === null ? null : { ...facts, ...more };
}

function moreOf(writing: Writing, place: Place): Promise<Facts | null> | Facts | null {
  const { order, side, stream, language } = writing;
  const { t } = language;
  const { checkpoint, round } = place;
  switch (order.purpose) {
    case 'SIGN_REQUEST':
    case 'SIGN_REMINDER':
    case 'NEW_VERSION':
      return mayAnswer(writing, place) ? writing.links.sign(linkFor(writing, place)) : null;
    case 'SIGN_CODE':
      return codeFacts(writing, place);
    case 'FRESH_LINK':
      return freshFacts(writing, place, { answered: t('mail.seeOrWithdraw'), open: t('mail.readAndAnswer') });
    case 'COVER_CHANGED':
      return freshFacts(writing, place, {
        answered: t('mail.COVER_CHANGED.answered'),
        open: t('mail.COVER_CHANGED.open'),
      });
    case 'SIGN_ESCALATION':
      return waitingFacts(writing, place);
    case 'ROUND_OUTCOME':
      return {
        outcome: t(`round.${roundStatus(side.programme, checkpoint.kind, round, side.now)}`),
      };
    case 'DELEGATED':
      return delegatedFacts(writing, place);
    case 'DELEGATION_RECEIPT':
      return handedOnFacts(writing, place);
    case 'DISOWNED':
      return { position: `${stream}/${order.count}` };
    default:
      return {};
  }
}

/** One thing that waits for somebody, as a digest says it; null when it does not any more. */
export function openItem(writing: Writing): { askedAbout: string; deadline: string; link: About } | null {
  const place = placeOf(writing);
  if (place === null || !mayAnswer(writing, place)) return null;
  const askedAbout = writing.language.t(`askedAbout.${place.checkpoint.kind}`);
  return { askedAbout, deadline: deadlineOf(writing, place.round), link: linkFor(writing, place) };
}

/** A round that lapsed, as a day's mail says it. */
export function lapsedItem(writing: Writing): { askedAbout: string; deadline: string } | null {
  const place = placeOf(writing);
  if (place === null) return null;
  const askedAbout = writing.language.t(`askedAbout.${place.checkpoint.kind}`);
  return { askedAbout, deadline: deadlineOf(writing, place.round) };
}

/** Asked, entitled, not answered, and the round still open: what the answer itself would be refused for. */
function mayAnswer({ side, order }: Writing, { checkpoint, round }: Place): boolean {
  const answering = {
    programme: side.programme,
    checkpoints: (side.project ?? side.programme).checkpoints,
    actor: { person: order.person },
    now: side.now,
  };
  return whyNotAnswer(answering, { checkpoint: checkpoint.id, round: round.round }) === null;
}

export function linkFor({ stream, order }: Writing, { checkpoint, round }: Place) {
  return {
    stream,
    person: order.person,
    checkpoint: checkpoint.id,
    round: round.round,
    core: round.content.core,
  };
}

async function codeFacts(writing: Writing, place: Place): Promise<Facts | null> {
  const isTooLate = Date.parse(writing.side.now) - Date.parse(writing.orderedAt) > CODE_USEFUL_MS;
  if (isTooLate || !mayAnswer(writing, place)) return null;
  return { oneTimeCode: await writing.links.code(linkFor(writing, place)) };
}

/** What the person can do now: take back what they said in this round, or else answer the newest one. */
async function freshFacts(
  writing: Writing,
  place: Place,
  label: { answered: string; open: string },
): Promise<Facts | null> {
  const newest = { checkpoint: place.checkpoint, round: place.checkpoint.rounds.at(-1) ?? place.round };
  for (const at of [place, newest]) {
    if (effectiveDecision(at.round, writing.order.person) !== null) {
      const made = await writing.links.withdraw(linkFor(writing, at));
      return {
        ...made,
        linkLabel: label.answered,
        contentCode: contentCode(at.round.content.core),
      };
    }
  }
  // Who handed it on can take it back by the same page.
  const isHandedOn = delegationOf(newest.round, writing.order.person, writing.side.now) !== null;
  if (!isHandedOn && !mayAnswer(writing, newest)) return null;
  const made = await writing.links.sign(linkFor(writing, newest));
  return {
    ...made,
    linkLabel: label.open,
    contentCode: contentCode(newest.round.content.core),
    deadline: deadlineOf(writing, newest.round),
  };
}

/** For whom is said on the page: a mail names nobody but the addressee. */
async function delegatedFacts(writing: Writing, place: Place): Promise<Facts | null> {
  const delegation = delegationTo(place.round, writing.order.person, writing.side.now);
  if (delegation === null || !mayAnswer(writing, place)) return null;
  return { ...(await writing.links.sign(linkFor(writing, place))), until: delegation.until };
}

function handedOnFacts(
  { order, side, stream, portalUrl }: Writing,
  { checkpoint, round }: Place,
): Facts | null {
  const delegation = delegationOf(round, order.person, side.now);
  if (delegation === null) return null;
  const again = `${portalUrl}/again/${stream}/${checkpoint.id}/${round.round}/${order.person}`;
  return { until: delegation.until, again };
}

/** Organisations, not people: nobody is named to anyone as the one who is late. */
function waitingFacts(
  { reading, side, order, language }: Writing,
  { checkpoint, round }: Place,
): Facts | null {
  // T5: of a blind round it says how many were asked, not how many have answered.
  const waiting = awaitedAsSeen(side.programme, checkpoint, round, order.person, side.now);
  if (waiting.length === 0 || round.lapsedAt !== null) return null;
  const organisations = new Set(
    round.asked.filter(({ person }) => waiting.includes(person)).map(({ organisation }) => organisation),
  );
  const names = [...organisations].map((organisation) => reading.organisationName(organisation));
  const waitingFor = language.t('mail.waitingFor', {
    ...{ count: waiting.length, organisations: language.list(names) },
  });
  return { waitingFor, isDeputy: order.person !== round.proposer };
}

function deadlineOf({ side }: Writing, round: Round): string {
  return side.project === null
    ? round.deadline
    : shifted(side.project, askedSince(round), round.deadline, side.now);
}

/** `count` says which of the person's answers in this round the receipt is for. */
export async function receiptFacts(writing: Writing): Promise<Facts | null> {
  const place = placeOf(writing);
  if (place === null) return null;
  const { order, stream, reading, portalUrl, language } = writing;
  const { t } = language;
  const { checkpoint, round } = place;
  const decision = round.decisions.filter(({ person }) => person === order.person)[order.count - 1];
  if (decision === undefined) return null;
  const receipt = await reading.receipt(decision.version);
  return {
    about: order.about,
    askedAbout: t(`askedAbout.${checkpoint.kind}`),
    contentCode: contentCode(decision.core),
    choice: t(`did.${decision.choice}`),
    recordedAt: decision.at,
    position: `${stream}/${decision.version}`,
    logPosition: t('mail.ofEntries', { index: String(receipt.index), size: String(headOf(receipt).size) }),
    attachments: [
      { filename: 'receipt.json', contentType: 'application/json', content: JSON.stringify(receipt) },
    ],
    entryHash: sha256Hex(receipt.entry),
    verifier: `${portalUrl}/verify`,
    again: `${portalUrl}/again/${stream}/${checkpoint.id}/${round.round}/${order.person}`,
  };
}

function headOf({ checkpoint }: LogReceipt): TreeHead {
  const head = parseCheckpoint(parseNote(checkpoint)?.text ?? '');
  if (head === null) throw new Error('The log gave no checkpoint.');
  return head;
}
