// Gathers what one mail says, from the ledger as it stands in the sending attempt; `null` when there is nothing to say any more.
import { publicationStatus } from '#libs/domain';
import { WITHDRAWAL_MODES } from '#libs/domain';
import type { DataRequest, MailOrder, MailPurpose } from '#libs/domain';
import type { MailFacts } from '#libs/mail';
import type { Language } from '#libs/language';
import type { LinkMaker } from './links';
import type { MailReading, Side, Sides } from './reading';
import { meetingFacts, notesFacts } from './meeting-facts';
import { gatesClosedFacts, gatesOpenFacts, logHeadFacts } from './log-facts';
import { certificateFacts } from './certificate-facts';
import { depositCodeFacts, depositFacts, depositReceiptFacts } from './deposit-facts';
import { countersignCodeFacts, countersignFacts, countersignReceiptFacts } from './countersign-facts';
import { itemsCodeFacts } from './items-facts';
import { answerCodeFacts, answerReceiptFacts, clarificationFacts } from './request-facts';
import { grantLinkFacts, grantNoticeFacts, requestFacts, requestLapsedFacts } from './request-facts';
import { receiptFacts, roundFacts } from './round-facts';

export interface Writing {
  reading: MailReading;
  links: LinkMaker;
  portalUrl: string;
  language: Language;
  side: Side;
  stream: string;
  order: MailOrder;
  /** When the mail was ordered. */
  orderedAt: string;
}

export type Facts = Omit<MailFacts, 'addressee' | 'project'>;
type Gather = (writing: Writing) => Promise<Facts | null> | Facts | null;

/** What is said of gates that closed must not wait for entries which nobody here can read. */
const OF_THE_LOG = { GATES_CLOSED: gatesClosedFacts, GATES_OPEN: gatesOpenFacts } as const;

/** One line per purpose; what concerns a round of sign-off is gathered in round-facts. */
const GATHER: Record<Exclude<MailPurpose, keyof typeof OF_THE_LOG>, Gather> = {
  SIGN_REQUEST: roundFacts,
  SIGN_REMINDER: roundFacts,
  SIGN_ESCALATION: roundFacts,
  SIGN_CODE: roundFacts,
  SIGN_RECEIPT: receiptFacts,
  FRESH_LINK: freshLinkFacts,
  CONTENT_VOIDED: roundFacts,
  COVER_CHANGED: roundFacts,
  ROUND_LAPSED: roundFacts,
  ROUND_OUTCOME: roundFacts,
  DISOWNED: roundFacts,
  DATA_REQUEST: requestFacts,
  DATA_REQUEST_REMINDER: requestFacts,
  DATA_REQUEST_LAPSED: requestLapsedFacts,
  DEPOSIT_INVITED: depositFacts,
  DEPOSIT_REFUSED: depositFacts,
  DEPOSIT_ACCEPTED: depositFacts,
  STAGE_OPEN: stageFacts,
  WITHDRAWAL_NOTICE: withdrawalFacts,
  DESTRUCTION_CERTIFICATE: certificateFacts,
  EXPIRY_WARNING: expiryFacts,
  ADDRESS_CHANGED: addressFacts,
  NEW_VERSION: roundFacts,
  DATA_REQUEST_NEW_VERSION: requestFacts,
  CLARIFICATION: clarificationFacts,
  ADVICE_SOUGHT: ({ order }) => Promise.resolve({ about: order.about }),
  INCIDENT: incidentFacts,
  INCIDENT_REMINDER: incidentFacts,
  COMMENT_INVITED: commentFacts,
  MEETING_INVITATION: meetingFacts,
  MEETING_MOVED: meetingFacts,
  MEETING_CANCELLED: meetingFacts,
  MEETING_PACK: meetingFacts,
  NOTES_TO_AGREE: notesFacts,
  LEGAL_CHECK_ASKED: legalCheckFacts,
  ADDRESS_BOUNCED: ({ reading, side, order }) => ({
    ...{ about: order.about, waitingFor: reading.organisationOf(side, order.about, side.now) },
  }),
  ADDRESS_CHANGE_NOTICE: async (writing) => {
    const { reading, side, order } = writing;
    const facts = await addressFacts(writing);
    return facts && { ...facts, waitingFor: reading.organisationOf(side, order.about, side.now) };
  },
  // Written by digest.ts out of several orders, and never ordered itself.
  DAILY_DIGEST: () => null,
  COUNTERSIGN_ASKED: countersignFacts,
  COUNTERSIGN_CODE: countersignCodeFacts,
  COUNTERSIGN_RECEIPT: countersignReceiptFacts,
  LOG_HEAD: logHeadFacts,
  ITEMS_CODE: itemsCodeFacts,
  DELEGATED: roundFacts,
  DELEGATION_RECEIPT: roundFacts,
  DELEGATION_TAKEN_BACK: roundFacts,
  ANSWER_CODE: answerCodeFacts,
  ANSWER_RECEIPT: answerReceiptFacts,
  DEPOSIT_CODE: depositCodeFacts,
  DEPOSIT_RECEIPT: depositReceiptFacts,
  GRANT_NOTICE: grantNoticeFacts,
  DEPUTY_RECEIPT: deputyFacts,
  ACCESS: ({ links, stream, order }) => links.access(stream, order.person),
  SUFFICIENCY_REVOKED: ({ side, order }) => {
    const revoked = side.project?.revocations.find(({ id }) => id === order.about);
    return Promise.resolve(revoked ? { about: revoked.id, question: revoked.question } : null);
  },
};

export async function gatherFacts(writing: Omit<Writing, 'side'>, sides: Sides): Promise<Facts | null> {
  const { purpose } = writing.order;
  if (purpose === 'GATES_CLOSED' || purpose === 'GATES_OPEN') return OF_THE_LOG[purpose](writing);
  return GATHER[purpose]({ ...writing, side: await sides.of(writing.stream) });
}

/** About a round, or about a request for data that was answered. */
function freshLinkFacts(writing: Writing): Promise<Facts | null> {
  const request = writing.side.project?.requests[writing.order.about];
  return request === undefined ? roundFacts(writing) : grantLinkFacts(writing, request);
}

/** Nobody is hurried about what has been reported meanwhile. */
function incidentFacts({ side, order }: Writing): Promise<Facts | null> {
  const incident = side.project?.incidents.find(({ id }) => id === order.about);
  const isOpen = incident !== undefined && incident.reported === null;
  return Promise.resolve(
    isOpen ? { about: order.about, deadline: incident.due, isOverdue: incident.due <= side.now } : null,
  );
}

/** Nobody is asked for a check that was made meanwhile. */
function legalCheckFacts({ reading, side, order }: Writing): Facts | null {
  const found = side.project?.imports[order.about];
  return found?.checks.length === 0
    ? { about: order.about, askedBy: reading.organisationName(found.organisation) }
    : null;
}

/** `about` is `<cycle>.<stage>`. */
function stageFacts({ order, language }: Writing): Facts | null {
  const [cycle = '', name = ''] = order.about.split('.');
  const stage = language.known(`stage.${name}`);
  return stage === undefined ? null : { about: cycle, stage };
}

/** What was withdrawn is a sign-off (a checkpoint), a grant (a request), people who object, or leave to use what is published. */
async function withdrawalFacts(writing: Writing): Promise<Facts | null> {
  const { reading, side, order } = writing;
  const { t } = writing.language;
  const request: DataRequest | undefined = side.project?.requests[order.about];
  if (request) {
    const mode = request.withdrawn?.mode ?? 'STOP';
    const holder = reading.organisationName(request.holder);
    return {
      about: order.about,
      withdrawn: t('mail.withdrawn.grant', { holder, request: order.about }),
      mode: t(`mode.${mode}`),
    };
  }
  const objection = side.project?.objections.find(({ id }) => id === order.about);
  if (objection) {
    const withdrawn = t('mail.withdrawn.objection', { deposit: objection.deposit });
    return { about: order.about, withdrawn, mode: t('mode.STOP') };
  }
  if (side.project?.imports[order.about]) {
    const withdrawn = t('mail.withdrawn.import', { import: order.about });
    return { about: order.about, withdrawn, mode: t('mode.STOP_AND_DESTROY') };
  }
  const facts = await roundFacts(writing);
  const event = await reading.event(order.count);
  if (facts === null || event === null) return null;
  const mode = WITHDRAWAL_MODES.find((each) => each === event.data.mode) ?? 'STOP';
  const withdrawn = t('mail.withdrawn.answer', { askedAbout: facts.askedAbout });
  return { ...facts, withdrawn, mode: t(`mode.${mode}`) };
}

/** Nobody is warned of what has ended, or been given another end, meanwhile. */
function expiryFacts({ side, order }: Writing): Facts | null {
  const warned = side.project?.expiryWarnings.findLast(({ id }) => id === order.about);
  const { project } = side;
  const isGone =
    (project?.releases[order.about] ?? project?.deposits[order.about])?.destroyed !== null || !warned;
  return isGone ? null : { about: order.about, deadline: warned.ends };
}

/** Nobody is invited to comment on what was replaced, withheld or published meanwhile. */
function commentFacts({ reading, side, order }: Writing): Facts | null {
  const publication = side.project?.publications[order.about];
  if (!side.project || !publication) return null;
  const { at, person } = publication;
  if (publicationStatus(side.project, publication, at) !== 'COMMENTING') return null;
  return {
    about: order.about,
    askedBy: reading.organisationOf(side, person, at),
    deadline: publication.commentsUntil,
  };
}

async function addressFacts({ reading, order }: Writing): Promise<Facts | null> {
  const event = await reading.event(order.count);
  return event === null ? null : { effectiveAt: String(event.data.effectiveAt) };
}

async function deputyFacts({ reading, stream, order }: Writing): Promise<Facts | null> {
  const event = await reading.event(order.count);
  if (event === null) return null;
  return {
    ...{ hasDeputy: event.data.deputy !== null, recordedAt: event.at },
    ...{ position: `${stream}/${order.count}`, entryHash: event.hash },
  };
}
