// Makes the one link or code a mail carries, in the sending attempt: the digest is stored and committed, then the mail goes out.
import type { LinkPurpose } from '#libs/contracts';
import type { ItemRef, Links } from '#libs/ledger';

export interface MadeLink {
  link: string;
  linkExpires: string;
}

export interface About {
  stream: string;
  person: string;
  checkpoint: string;
  round: number;
  core: string;
}

export class LinkMaker {
  constructor(
    private readonly links: Links,
    private readonly portalUrl: string,
  ) {}

  sign(about: About): Promise<MadeLink> {
    return this.make('SIGN', about);
  }

  withdraw(about: About): Promise<MadeLink> {
    return this.make('WITHDRAW', about);
  }

  access(programme: string, person: string): Promise<MadeLink> {
    return this.make('ACCESS', { stream: programme, person, checkpoint: '', round: 0, core: '' });
  }

  code({ stream, person, checkpoint, round }: About): Promise<string> {
    return this.links.mintCode(stream, person, checkpoint, round);
  }

  /** For whoever answers a request for its holder. */
  answer(stream: string, person: string, request: string, core: string): Promise<MadeLink> {
    return this.make('ANSWER', { stream, person, checkpoint: request, round: 0, core });
  }

  answerCode(stream: string, person: string, request: string): Promise<string> {
    return this.links.mintAnswerCode(stream, person, request);
  }

  /** T15: for a colleague of somebody whose approval was written down. */
  countersign(about: About): Promise<MadeLink> {
    return this.make('COUNTERSIGN', about);
  }

  countersignCode({ stream, person, checkpoint, round }: About): Promise<string> {
    return this.links.mintCountersignCode(stream, person, checkpoint, round);
  }

  /** For whoever hands a file over: its page; the file itself takes a code. */
  deposit(stream: string, person: string, deposit: string, core: string): Promise<MadeLink> {
    return this.make('DEPOSIT', { stream, person, checkpoint: deposit, round: 0, core });
  }

  depositCode(stream: string, person: string, deposit: string): Promise<string> {
    return this.links.mintDepositCode(stream, person, deposit);
  }

  itemsCode(stream: string, person: string, items: ItemRef[]): Promise<string> {
    return this.links.mintItemsCode(stream, person, items);
  }

  private async make(purpose: LinkPurpose, about: About): Promise<MadeLink> {
    const { token, expires } = await this.links.mint({ ...about, purpose });
    return { link: `${this.portalUrl}/s/${token}`, linkExpires: expires };
  }
}
