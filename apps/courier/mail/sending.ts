// One sending attempt: look the order up, resolve name and address, mint the link or code, write the mail, hand it over, mark it done.
import type { Logger } from 'pino';
import type { MailOrder } from '#libs/domain';
import type { BatchRow, Letter, OpenedLedger } from '#libs/ledger';
import type { Language } from '#libs/language';
import { compose, isPermanent, refusedRecipient, renderMail, UnusableAddress } from '#libs/mail';
import type { MailFacts, MailTransport, RenderedMail, Subject } from '#libs/mail';
import type { ReturnPaths } from '../bounces/return-path';
import { dayOf, digestFacts, lapsedFacts } from './digest';
import type { LapsedItem } from './digest';
import { gatherFacts } from './facts';
import { LinkMaker } from './links';
import type { MailJob } from './queue';
import { MailReading, Sides } from './reading';

/** RFC 3463: bad destination mailbox address syntax. */
const BAD_SYNTAX = '5.1.3';

export interface SendingParts {
  opened: OpenedLedger;
  transport: MailTransport;
  from: string;
  replyTo?: string | undefined;
  portalUrl: string;
  language: Language;
  /** Where mails come back; to the sender where there is none. */
  returnPaths?: ReturnPaths;
  log: Logger;
}

export class Sending {
  private readonly links: LinkMaker;

  constructor(private readonly parts: SendingParts) {
    this.links = new LinkMaker(parts.opened.links, parts.portalUrl);
  }

  /**
   * Sends the mails of a job's outbox rows, but for those that were sent already or have nothing to say any more. One that nobody
   * can make arrive is given up; where others fail the job is tried again, and finds the rest done. A crash before the last step
   * causes at most one extra mail of each, with the same Message-ID; its link works too.
   */
  readonly send = async ({ outbox: ids }: MailJob): Promise<void> => {
    const failed = new Set<string>();
    try {
      const letters = await this.parts.opened.outbox.letters(ids);
      const sides = new Sides(this.parts.opened.ledger);
      await Promise.all(
        [...letters].map(async ([outbox, letter]) => {
          const reason = await this.carryOut(outbox, letter, sides);
          if (reason !== null) failed.add(reason);
        }),
      );
    } catch (error) {
      failed.add(reasonOf(error));
    }
    if (failed.size > 0) throw new Error([...failed].join('; '));
  };

  /** Why it was not sent, where it may be yet; null when nothing is left to do. */
  private async carryOut(outbox: string, letter: Letter | null, sides: Sides): Promise<string | null> {
    const { opened, log } = this.parts;
    let together = [outbox];
    try {
      if (letter === null) throw new Error('There is no address: none was attested, or it was erased.');
      const batch = letter.isDaily ? await opened.outbox.batch(outbox) : [];
      // The first of a day's orders carries the others; they are looked at again, and are done by then.
      if (batch[0] !== undefined && batch[0].id !== outbox) return null;
      if (batch.length > 0) together = batch.map(({ id }) => id);
      const isSent = await this.attempt(outbox, letter, batch, sides);
      const { purpose, about, round } = letter.mail;
      const said = isSent ? 'mail sent' : 'mail no longer needed';
      log.info({ outbox, stream: letter.stream, purpose, about, round }, said);
      await opened.outbox.done(together);
      return null;
    } catch (error) {
      const reason = reasonOf(error);
      if (!(error instanceof UnusableAddress) && !isPermanent(error)) return reason;
      log.warn({ outbox, reason }, 'a mail was given up');
      await opened.outbox.giveUp(together, reason);
      return null;
    }
  }

  private async attempt(outbox: string, letter: Letter, batch: BatchRow[], sides: Sides): Promise<boolean> {
    const { opened, from, replyTo, transport } = this.parts;
    const written = await this.write(outbox, letter, batch, sides);
    if (written === null) return false;
    const { stream, order, about, mail } = written;
    const { to } = letter;
    const { commitment } = letter;
    const returnPath = this.parts.returnPaths?.of({ outbox, commitment });
    try {
      await transport.send(
        compose({ stream, order, ...(about && { about }), to, from, replyTo, returnPath }, mail),
      );
    } catch (error) {
      const status = error instanceof UnusableAddress ? BAD_SYNTAX : refusedRecipient(error);
      if (status !== null) await opened.outbox.bounced(outbox, commitment, status);
      throw error;
    }
    return true;
  }

  /** An ordinary mail, or one for all that waits for somebody today; null where nothing does any more. */
  private async write(
    outbox: string,
    letter: Letter,
    batch: BatchRow[],
    sides: Sides,
  ): Promise<Written | null> {
    if (batch.length < 2)
      return (await this.ordinary(outbox, letter, sides)) ?? this.elsewhere(outbox, letter, sides);
    const digesting = { ...this.parts, links: this.links, sides };
    const { open, lapsed } = await dayOf(digesting, letter, batch);
    const [first, ...others] = open;
    if (first === undefined) return this.lapsed(outbox, lapsed, sides);
    if (others.length + lapsed.length === 0) return this.ordinary(outbox, first.letter, sides);
    const facts = await digestFacts(digesting, [first, ...others], lapsed);
    const mail = renderMail('DAILY_DIGEST', { ...facts, addressee: letter.to.name }, this.parts.language);
    const { person } = letter.mail;
    const order = { purpose: 'DAILY_DIGEST', person, about: 'day', round: 0, count: Number(outbox) } as const;
    return { stream: letter.stream, order, mail };
  }

  /** What lapsed on a day on which nothing waits: told as the first would be alone, with the others beside it. */
  private lapsed(outbox: string, [first, ...others]: LapsedItem[], sides: Sides): Promise<Written | null> {
    return first === undefined
      ? Promise.resolve(null)
      : this.ordinary(outbox, first.letter, sides, lapsedFacts(others, this.parts.language));
  }

  /** A fresh link for what is over leads to what waits now: the one link of a day's mail was for all of it. */
  private async elsewhere(outbox: string, letter: Letter, sides: Sides): Promise<Written | null> {
    const { stream, mail: order } = letter;
    if (order.purpose !== 'FRESH_LINK') return null;
    const refs = await this.parts.opened.links.openItemsOf(stream, order.person);
    const batch = refs.map((ref) => ({
      ...{ id: outbox, stream: ref.stream },
      mail: { ...order, about: ref.checkpoint, round: ref.round },
    }));
    const [next] = (await dayOf({ ...this.parts, links: this.links, sides }, letter, batch)).open;
    const written = next ? await this.ordinary(outbox, next.letter, sides) : null;
    // Its Message-ID stays that of the order, which no other mail can have; its thread is that of what it leads to.
    const about = written && { ...written.order, stream: written.stream };
    return written && about && { ...written, stream, order, about };
  }

  private async ordinary(
    outbox: string,
    letter: Letter,
    sides: Sides,
    more: Partial<MailFacts> = {},
  ): Promise<Written | null> {
    const { links } = this;
    const { opened, portalUrl, language } = this.parts;
    const { stream, mail: order, orderedAt } = letter;
    const reading = new MailReading(opened, letter, language);
    const writing = { reading, links, portalUrl, language, stream, order, orderedAt };
    const facts = await gatherFacts(writing, sides);
    if (facts === null) return null;
    const said = { ...facts, ...more, addressee: letter.to.name, project: letter.title ?? 'Parley' };
    const mail = renderMail(order.purpose, said, language);
    // Invitations are all "the first": the row tells them apart, or a second one would look like a copy.
    const numbered = order.purpose === 'ACCESS' ? { ...order, count: Number(outbox) } : order;
    return { stream, order: numbered, mail };
  }
}

/** A mail ready to be put into its envelope. */
interface Written {
  stream: string;
  order: MailOrder;
  about?: Subject;
  mail: RenderedMail;
}

interface Failure {
  name: string;
  message: string;
  code?: string;
  responseCode?: number;
  command?: string;
}

/** SMTP servers repeat addresses in their answers; logs and job records get the kind of failure only (T12). */
function reasonOf(error: unknown): string {
  const { code, responseCode, command, name, message } = error as Failure;
  if (responseCode !== undefined || command !== undefined) {
    return ['SMTP', code, command, responseCode?.toString()].filter((part) => part !== undefined).join(' ');
  }
  return code === undefined ? `${name}: ${withoutAddresses(message)}` : `${name} ${code}`;
}

function withoutAddresses(message: string): string {
  return message.replace(/[^\s<>"']+@[^\s<>"']+/g, '(address)').slice(0, 300);
}
