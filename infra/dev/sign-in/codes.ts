// The proof that an address is somebody's: a code mailed to it, good for ten minutes and five tries.
import { createHash, randomInt, timingSafeEqual } from 'node:crypto';

const LIFE_MS = 600_000;
const TRIES = 5;
const MAILS = 3;

interface Asked {
  address: string;
  hash: Buffer;
  expires: number;
  tries: number;
  mails: number;
}

export type Outcome = { proved: string } | { proved: null; again: boolean };

/** What waits for a code, by the sign-in it belongs to. */
export class MailedCodes {
  private readonly asked = new Map<string, Asked>();

  /** A new code for this sign-in, or null when it has had its mails. */
  mint(signIn: string, address: string, now = Date.now()): string | null {
    for (const [key, { expires }] of this.asked) if (expires < now) this.asked.delete(key);
    const mails = (this.asked.get(signIn)?.mails ?? 0) + 1;
    if (mails > MAILS) return null;
    const code = String(randomInt(0, 100_000_000)).padStart(8, '0');
    this.asked.set(signIn, { address, hash: digestOf(code), expires: now + LIFE_MS, tries: 0, mails });
    return code;
  }

  /** The address, once, for the right code; `again` while another try is left. */
  prove(signIn: string, code: string, now = Date.now()): Outcome {
    const asked = this.asked.get(signIn);
    if (asked === undefined || asked.expires < now || asked.tries >= TRIES)
      return { proved: null, again: false };
    asked.tries += 1;
    if (!timingSafeEqual(digestOf(code.replaceAll(/\s/g, '')), asked.hash))
      return { proved: null, again: asked.tries < TRIES };
    this.asked.delete(signIn);
    return { proved: asked.address };
  }
}

const digestOf = (code: string): Buffer => createHash('sha256').update(code).digest();
