// Puts a rendered mail into an envelope: deterministic Message-ID, one thread per checkpoint, no header a value can forge.
import type { SendMailOptions } from 'nodemailer';
import type { MailOrder } from '#libs/domain';
import { calendarPart } from './calendar';
import { oneLine } from './text';
import type { RenderedMail } from './render';

export interface Envelope {
  stream: string;
  order: MailOrder;
  to: { name: string; address: string };
  from: string;
  /** Where it comes back if it cannot be delivered; to the sender where nothing is said. */
  returnPath?: string;
}

/** The mail as nodemailer takes it. The same order always gives the same Message-ID, so a repeat is seen as one. */
export function compose(envelope: Envelope, mail: RenderedMail): SendMailOptions {
  const thread = threadId(envelope);
  return {
    from: envelope.from,
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
    inReplyTo: thread,
    references: [thread],
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

function threadId({ stream, order, from }: Pick<Envelope, 'stream' | 'order' | 'from'>): string {
  return `<${[stream, order.about, order.person].map(atom).join('.')}@${domainOf(from)}>`;
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
