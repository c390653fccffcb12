// One sending attempt: look the order up, resolve name and address, mint the link or code, write the mail, hand it over, mark it done.
import { UnrecoverableError } from 'bullmq';
import type { Logger } from 'pino';
import type { Letter, OpenedLedger } from '#libs/ledger';
import type { Language } from '#libs/language';
import { compose, isPermanent, renderMail, UnusableAddress } from '#libs/mail';
import type { MailTransport } from '#libs/mail';
import { gatherFacts } from './facts';
import { LinkMaker } from './links';
import type { MailJob } from './queue';
import { MailReading } from './reading';

export interface SendingParts {
  opened: OpenedLedger;
  transport: MailTransport;
  from: string;
  replyTo?: string | undefined;
  portalUrl: string;
  language: Language;
  log: Logger;
}

export class Sending {
  private readonly links: LinkMaker;

  constructor(private readonly parts: SendingParts) {
    this.links = new LinkMaker(parts.opened.links, parts.portalUrl);
  }

  /**
   * Sends the mail of one outbox row, unless it was sent already or there is nothing to say any more.
   * A crash before the last step causes at most one extra mail, with the same Message-ID; its link works too.
   */
  readonly send = async ({ outbox }: MailJob): Promise<void> => {
    try {
      const letter = await this.parts.opened.outbox.letter(outbox);
      if (letter === null) return;
      const isSent = await this.attempt(outbox, letter);
      const { purpose, about, round } = letter.mail;
      this.parts.log.info(
        { outbox, stream: letter.stream, purpose, about, round },
        isSent ? 'mail sent' : 'mail no longer needed',
      );
    } catch (error) {
      if (error instanceof UnusableAddress || isPermanent(error))
        throw new UnrecoverableError(reasonOf(error));
      throw new Error(reasonOf(error));
    }
    await this.parts.opened.outbox.done([outbox]);
  };

  private async attempt(outbox: string, letter: Letter): Promise<boolean> {
    const { links } = this;
    const { opened, portalUrl, from, replyTo, transport } = this.parts;
    const { stream, mail: order, orderedAt, to } = letter;
    const { language } = this.parts;
    const reading = new MailReading(opened, letter, language);
    const side = await reading.side();
    const facts = await gatherFacts({ reading, links, portalUrl, language, side, stream, order, orderedAt });
    if (facts === null) return false;
    const said = { ...facts, addressee: to.name, project: letter.title ?? 'Parley' };
    const mail = renderMail(order.purpose, said, language);
    // Invitations are all "the first": the row tells them apart, or a second one would look like a copy.
    const numbered = order.purpose === 'ACCESS' ? { ...order, count: Number(outbox) } : order;
    await transport.send(compose({ stream, order: numbered, to, from, replyTo }, mail));
    return true;
  }
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
