// What every method of the catalogue declares: parameters, accepted inputs, and how it runs.
import { z } from 'zod';
import type { WeightsUse } from './design/weights';
import { Finding } from './disclosure/findings';
import { Thresholds } from './disclosure/thresholds';
import type { MethodInput } from './input';
import { ResultPlot } from './plot';
import { CheckedTable } from './table';
import type { RawTable, Rule } from './table';

/** Told how far a run is, from 0 to 1; throwing from it ends the run (a lost lease, a cancelled analysis). */
export type Progress = (done: number, step: string) => void;

/** What a method computes, before the disclosure check. `plots` are made from the checked tables. */
export interface MethodOutput {
  readonly tables: readonly RawTable[];
  readonly plots: (checked: readonly CheckedTable[]) => ResultPlot[];
  readonly diagnostics: Readonly<Record<string, string | number | boolean>>;
}

export interface Method<P> {
  readonly name: string;
  readonly version: string;
  readonly title: string;
  /** What it does, from whom it comes, and what it assumes. */
  readonly description: string;
  readonly reports: string;
  /** Which other programs or worked examples its numbers are held to in the tests. */
  readonly reference: string;
  readonly accepts: readonly MethodInput['shape'][];
  readonly rules: readonly Rule[];
  /** What it makes of weights, or why it takes none. */
  readonly weights: WeightsUse;
  readonly params: z.ZodType<P>;
  /** The names of the fields these parameters read: what the gate's inclusion check and the reader need. */
  fieldsOf(params: P): string[];
  run(input: MethodInput, params: P, progress: Progress): MethodOutput;
}

/** A result as it is stored, checked and signed: checked tables, plots of them, findings, and what was run. */
export const MethodResult = z.strictObject({
  format: z.literal(1),
  method: z.string(),
  version: z.string(),
  params: z.record(z.string(), z.unknown()),
  thresholds: Thresholds,
  tables: z.array(CheckedTable),
  plots: z.array(ResultPlot),
  findings: z.array(Finding),
});
export type MethodResult = z.infer<typeof MethodResult>;
