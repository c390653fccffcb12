// A refusal as an exception: what the domain or the database answered, carried to the edge that shows it.
import type { Refusal } from '#libs/domain';

export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(readonly refusal: Refusal) {
    super(`${refusal.rule}: ${refusal.reason}`);
  }
}

/** What the ledger's SQL functions answer. */
export type Answer =
  | { ok: true; entries: { version: number; hash: string; type: string; at: string }[] }
  | { ok: false; refusal: Refusal };

export const noSuchStream = (stream: string): Refused =>
  new Refused({
    kind: 'NOT_FOUND',
    rule: 'NO_SUCH_STREAM',
    reason: `${stream} is unknown.`,
    remedy: 'Check the id.',
  });

export const deadLink = (): Refused =>
  new Refused({
    kind: 'NOT_FOUND',
    rule: 'LINK_DEAD',
    reason: 'This link is not live.',
    remedy: 'Ask for a fresh link.',
  });
