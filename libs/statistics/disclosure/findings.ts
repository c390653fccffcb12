// What the disclosure check found, one line per cell and rule, for the person who checks the output.
import { z } from 'zod';
import { SuppressionReason } from '../table';

export const Finding = z.strictObject({
  rule: SuppressionReason,
  table: z.string(),
  cell: z.record(z.string(), z.string()).optional(),
  /** `fail` was acted on: the cell is suppressed. `review` needs a person's decision with a reason. */
  verdict: z.enum(['pass', 'fail', 'review']),
  message: z.string(),
  /** How many people the cell rests on: for the checker's eyes only, never part of a released file. */
  people: z.number().int().nonnegative().optional(),
  /** The cell's own labels stand for too few people to be named outside the checker's report. */
  unnamed: z.literal(true).optional(),
});
export type Finding = z.infer<typeof Finding>;

/** Findings without the counts and labels behind what is hidden, fit to travel with the result. */
export function publicFindings(findings: readonly Finding[]): Finding[] {
  return findings.map(({ people: _people, unnamed, cell, ...rest }) =>
    unnamed || cell === undefined ? rest : { ...rest, cell },
  );
}
