// One question about a value: when it is wrong, and what kind of finding that is.
import type { FindingCode } from './report';

export interface ValueCheck {
  readonly code: FindingCode;
  /** Holds for a wrong value; an SQL condition on `v`, and on `codes` where the field lists them. */
  readonly wrong: string;
  readonly detail?: string;
  /** Whether plain values can be wrong in this way too: a range is for all of them. */
  readonly ofPlain?: true;
}
