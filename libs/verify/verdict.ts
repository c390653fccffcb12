// What a check comes to: a plain verdict first, then what was proved, what is only asserted, and what failed.
import type { Say } from '#libs/language';
import { inWords, told } from './told';
import type { Telling, Told, VerdictKey } from './told';

/**
 * VALID: everything holds, and a key or head given from outside vouches for it. UNPROVEN: it holds together, but nothing
 * outside it vouches for it. INVALID: something does not hold. UNKNOWN: it holds what this version cannot judge.
 */
export type Outcome = 'VALID' | 'UNPROVEN' | 'INVALID' | 'UNKNOWN';

/** A verdict as its messages, or in the words of a language. */
export interface Verdict<Message = Told> {
  outcome: Outcome;
  /** One sentence for anyone. */
  sentence: Message;
  /** What does not hold, each with where. */
  failed: Message[];
  proved: Message[];
  asserted: Message[];
  /** What the record says about itself: counts, erasures, what is withheld. */
  noted: Message[];
}

export function verdictInWords(verdict: Verdict, say: Say): Verdict<string> {
  const all = (messages: readonly Told[]) => messages.map((message) => inWords(message, say));
  const { outcome, sentence, failed, proved, asserted, noted } = verdict;
  return {
    ...{ outcome, sentence: inWords(sentence, say), failed: all(failed) },
    ...{ proved: all(proved), asserted: all(asserted), noted: all(noted) },
  };
}

/** 0, 1 and 2 as exit codes go: fine, not fine, cannot be said. */
export const EXIT_CODE: Record<Outcome, number> = { VALID: 0, INVALID: 1, UNPROVEN: 2, UNKNOWN: 2 };

/** Something that does not hold; what was being checked ends there. */
export class Failed extends Error {
  constructor(readonly what: Told) {
    super(what.key);
  }
}
/** Something this version does not know: fail closed, and say so. */
export class Unknown extends Error {
  constructor(readonly what: Told) {
    super(what.key);
  }
}

export const failing = <Key extends VerdictKey>(key: Key, ...values: Telling<Key>): Failed =>
  new Failed(told(key, ...values));

/** Findings as they come in; the first failure of many of a kind is enough to see. */
export class Findings {
  readonly failed: Told[] = [];
  readonly unknown: Told[] = [];
  readonly unproven: Told[] = [];
  readonly proved: Told[] = [];
  readonly asserted: Told[] = [];
  readonly noted: Told[] = [];
  private static readonly MOST = 50;

  fail(what: Told): void {
    if (this.failed.length < Findings.MOST) this.failed.push(what);
  }

  /** Runs a check: what it throws is a finding, and never ends the whole. */
  async check(what: Told, work: () => Promise<void> | void): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof Unknown) this.unknown.push(error.what);
      else if (error instanceof Failed) this.fail(error.what);
      else this.fail(told('verifier.unreadable', { what, reason: reasonOf(error) }));
    }
  }

  verdict(of: 'EXPORT' | 'RECEIPT'): Verdict {
    const { failed, proved, asserted, noted, unknown, unproven } = this;
    const [failure] = failed;
    if (failure !== undefined) {
      const sentence = told('verifier.INVALID', { of, why: failure });
      return { outcome: 'INVALID', sentence, failed, proved: [], asserted, noted };
    }
    const [unjudged] = unknown;
    if (unjudged !== undefined) {
      const sentence = told('verifier.UNKNOWN', { of, why: unjudged });
      return { outcome: 'UNKNOWN', sentence, failed: unknown, proved: [], asserted, noted };
    }
    const rest = { failed: [], proved, asserted, noted };
    if (unproven.length > 0) {
      const why = unproven.reduce((before, next) => told('verifier.and', { before, next }));
      return { outcome: 'UNPROVEN', sentence: told('verifier.UNPROVEN', { of, why }), ...rest };
    }
    return { outcome: 'VALID', sentence: told('verifier.VALID', { of }), ...rest };
  }
}

/** Never a stack trace, and never longer than a line. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 200) ?? '';
