// Puts a rendered mail into an envelope: deterministic Message-ID, one thread per checkpoint, no header a value can forge.
import type { SendMailOptions } from 'nodemailer';
import type { MailOrder, MailPurpose } from '#libs/domain';
import { calendarPart } from './calendar';
import { oneLine } from './text';
import type { RenderedMail } from './render';

export interface Envelope {
  stream: string;
  order: MailOrder;
  /** What the mail turned out to be about, where that is not what was ordered: it belongs to that thread. */
  about?: Subject;
  to: { name: string; address: string };
  from: string;
  /** Where people's answers to mails go; to the sender where nothing is said. */
  replyTo?: string | undefined;
  /** Where it comes back if it cannot be delivered; to the sender where nothing is said. */
  returnPath?: string | undefined;
}

/** What a mail is about: in which stream, which checkpoint or request, which round of it. */
export type Subject = Pick<Envelope, 'stream'> & Pick<MailOrder, 'about' | 'round'>;

/** The mail as nodemailer takes it. The same order always gives the same Message-ID, so a repeat is seen as one. */
export function compose(envelope: Envelope, mail: RenderedMail): SendMailOptions {
  const references = threadOf(envelope);
  return {
    from: envelope.from,
    ...(envelope.replyTo === undefined ? {} : { replyTo: envelope.replyTo }),
    // An object, so that nothing in a name can add another recipient.
    to: { name: oneLine(envelope.to.name), address: oneAddress(envelope.to.address) },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    ...(envelope.returnPath === undefined
      ? {}
      : { envelope: { from: envelope.returnPath, to: oneAddress(envelope.to.address) } }),
    ...(mail.calendar ? { icalEvent: calendarPart(envelope, mail.calendar) } : {}),
    ...(mail.attachments === undefined ? {} : { attachments: mail.attachments }),
    messageId: messageId(envelope),
    inReplyTo: references.at(-1),
    references,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    // Nothing may be read from files or addresses, whatever a value looks like.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Derived from checkpoint (or whatever it is about), round, purpose, count and person only. */
export function messageId({ stream, order, from }: Pick<Envelope, 'stream' | 'order' | 'from'>): string {
  const parts = [stream, order.about, order.round, order.purpose.toLowerCase(), order.count, order.person];
  return `<${parts.map(atom).join('.')}@${domainOf(from)}>`;
}

/** Everything about a round or a request answers to the mail that asked. */
const ANSWERING: ReadonlySet<MailPurpose> = new Set([
  ...(['SIGN_REMINDER', 'SIGN_ESCALATION', 'SIGN_CODE', 'SIGN_RECEIPT', 'CONTENT_VOIDED'] as const),
  ...(['COVER_CHANGED', 'ROUND_LAPSED', 'ROUND_OUTCOME', 'DISOWNED', 'ANSWER_RECEIPT'] as const),
  ...(['FRESH_LINK', 'WITHDRAWAL_NOTICE', 'DATA_REQUEST_REMINDER', 'CLARIFICATION'] as const),
]);

/** What asks about a thing, by how its id begins: a checkpoint, a request. */
function askingAbout(about: string): MailPurpose | null {
  if (/^k\d+$/.test(about)) return 'SIGN_REQUEST';
  return /^r\d+$/.test(about) ? 'DATA_REQUEST' : null;
}

/** One thread per person and thing: a root that no mail is, then the mail that asked, where this one follows it. */
function threadOf({ stream, order, about, from }: Envelope): string[] {
  const subject = about ?? { stream, about: order.about, round: order.round };
  const root = `<${[subject.stream, subject.about, order.person].map(atom).join('.')}@${domainOf(from)}>`;
  const purpose = ANSWERING.has(order.purpose) ? askingAbout(subject.about) : null;
  if (purpose === null) return [root];
  const { person } = order;
  const asking = { purpose, person, about: subject.about, round: subject.round, count: 1 };
  return [root, messageId({ stream: subject.stream, from, order: asking })];
}

function atom(part: string | number): string {
  return String(part).replace(/[^A-Za-z0-9_-]/g, '-');
}

function domainOf(from: string): string {
  return /@([A-Za-z0-9.-]+)>?\s*$/.exec(from)?.[1] ?? 'parley.invalid';
}

function oneAddress(address: string): string {
  if (!/^[^\s<>,;:"()[\]\\@]+@[^\s<>,;:"()[\]\\@]+$/u.test(address)) {
    throw new UnusableAddress(
      'The address on record is not one plain mail address; its registrar has to correct it.',
    );
  }
  return address;
}

/** Trying again cannot help; a registrar has to act. */
export class UnusableAddress extends Error {
  override readonly name = 'UnusableAddress';
}
