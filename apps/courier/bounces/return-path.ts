// The address at which a mail comes back if it cannot be delivered: it names the mail, keyed, so that nobody can make one up (VERP).
import { createHmac, timingSafeEqual } from 'node:crypto';

/** A mail that went out: its row of the outbox, and the beginning of the commitment to the address it went to. */
export interface Sent {
  outbox: string;
  commitment: string;
}

/** So many hex digits of a commitment tell a person's few addresses apart. */
const COMMITMENT_DIGITS = 12;
const KEY_DIGITS = 20;

export class ReturnPaths {
  private readonly local: string;
  private readonly domain: string;

  /** `base`: such as `bounces@example.org`, whose mail, with anything after a plus, reaches the courier. `key`: hex. */
  constructor(
    base: string,
    private readonly key: string,
  ) {
    const at = base.lastIndexOf('@');
    [this.local, this.domain] = [base.slice(0, at), base.slice(at + 1)];
  }

  of({ outbox, commitment }: Sent): string {
    const named = `${outbox}-${commitment.slice(0, COMMITMENT_DIGITS)}`;
    return `${this.local}+${named}-${this.keyed(named)}@${this.domain}`;
  }

  /** What the address names; null for every other address, and for one that was not made here. */
  read(address: string): Sent | null {
    const parts = /\+(([0-9]{1,18})-([0-9a-f]{12}))-([0-9a-f]{20})@/.exec(address.toLowerCase());
    const [, named = '', outbox = '', commitment = '', given = ''] = parts ?? [];
    if (!parts || !timingSafeEqual(Buffer.from(given), Buffer.from(this.keyed(named)))) return null;
    return { outbox, commitment };
  }

  private keyed(named: string): string {
    return createHmac('sha256', Buffer.from(this.key, 'hex'))
      .update(named)
      .digest('hex')
      .slice(0, KEY_DIGITS);
  }
}
