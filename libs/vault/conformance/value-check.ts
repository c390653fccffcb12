// What a file is checked with: the loaded rows, what is known of them already, and one question about a value.
import type { Engine } from '../engine/engine';
import type { FileColumn } from '../grant/columns';
import type { DataSpec } from '../grant/spec';
import type { Findings } from './findings';
import type { FindingCode } from './report';

/** The rows of `deposit` with what they are held to, and where what is wrong is noted. */
export interface Checking {
  readonly engine: Engine;
  readonly spec: DataSpec;
  readonly columns: readonly FileColumn[];
  /** For each column whether the reader saw nothing but plain values, which only a range can fault. */
  readonly plain: readonly boolean[];
  readonly findings: Findings;
}

export interface ValueCheck {
  readonly code: FindingCode;
  /** Holds for a wrong value; an SQL condition on `v`, and on `codes` where the field lists them. */
  readonly wrong: string;
  readonly detail?: string;
  /** When even a plain value is wrong; without it none is. */
  readonly ofPlain?: string;
}
