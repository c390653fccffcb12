// What a check comes to: a plain verdict first, then what was proved, what is only asserted, and what failed.

/**
 * VALID: everything holds, and a key or head given from outside vouches for it. UNPROVEN: it holds together, but nothing
 * outside it vouches for it. INVALID: something does not hold. UNKNOWN: it holds what this version cannot judge.
 */
export type Outcome = 'VALID' | 'UNPROVEN' | 'INVALID' | 'UNKNOWN';

export interface Verdict {
  outcome: Outcome;
  /** One sentence for anyone. */
  sentence: string;
  /** What does not hold, each with where. */
  failed: string[];
  proved: string[];
  asserted: string[];
  /** What the record says about itself: counts, erasures, what is withheld. */
  noted: string[];
}

/** 0, 1 and 2 as exit codes go: fine, not fine, cannot be said. */
export const EXIT_CODE: Record<Outcome, number> = { VALID: 0, INVALID: 1, UNPROVEN: 2, UNKNOWN: 2 };

/** Something that does not hold; what was being checked ends there. */
export class Failed extends Error {}
/** Something this version does not know: fail closed, and say so. */
export class Unknown extends Error {}

/** Findings as they come in; the first failure of many of a kind is enough to see. */
export class Findings {
  readonly failed: string[] = [];
  readonly unknown: string[] = [];
  readonly unproven: string[] = [];
  readonly proved: string[] = [];
  readonly asserted: string[] = [];
  readonly noted: string[] = [];
  private static readonly MOST = 50;

  fail(what: string): void {
    if (this.failed.length < Findings.MOST) this.failed.push(what);
  }

  /** Runs a check: what it throws is a finding, and never ends the whole. */
  async check(what: string, work: () => Promise<void> | void): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof Unknown) this.unknown.push(error.message);
      else if (error instanceof Failed) this.fail(error.message);
      else this.fail(`${what} cannot be read: ${reasonOf(error)}`);
    }
  }

  verdict(of: string): Verdict {
    const { failed, proved, asserted, noted, unknown, unproven } = this;
    if (failed.length > 0)
      return {
        ...{ outcome: 'INVALID', sentence: `INVALID: this ${of} is not what was recorded. ${failed[0]}` },
        ...{ failed, proved: [], asserted, noted },
      };
    if (unknown.length > 0)
      return {
        ...{ outcome: 'UNKNOWN', sentence: `UNKNOWN: this version cannot judge this ${of}. ${unknown[0]}` },
        ...{ failed: unknown, proved: [], asserted, noted },
      };
    const rest = { failed: [], proved, asserted, noted };
    if (unproven.length > 0)
      return {
        outcome: 'UNPROVEN',
        sentence: `UNPROVEN: this ${of} holds together, but ${unproven.join('; and ')}.`,
        ...rest,
      };
    return { outcome: 'VALID', sentence: `VALID: this ${of} is what the operator's log recorded.`, ...rest };
  }
}

/** Never a stack trace, and never longer than a line. */
const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 200) ?? '';
