// What the disclosure check found, one line per place and rule, for the person who checks the output.
import { z } from 'zod';
import { Rule, SuppressionReason, keyText } from '../table';

export const Finding = z.strictObject({
  /** The rule of DOMAIN § 5; `protected` where saying which rule would tell of what is hidden. */
  rule: SuppressionReason,
  table: z.string(),
  /** Without a cell the finding is about the whole table; without a measure about all numbers there. */
  cell: z.record(z.string(), z.string()).optional(),
  measure: z.string().optional(),
  /** `fail` was acted on: it is not shown. `review` needs a person's decision with a reason. */
  verdict: z.enum(['pass', 'fail', 'review']),
  message: z.string(),
  /** How many people the cell rests on: for the checker's eyes only, never part of a released file. */
  people: z.number().int().nonnegative().optional(),
  /** The cell's own labels stand for too few people to be named outside the checker's report. */
  unnamed: z.literal(true).optional(),
});
export type Finding = z.infer<typeof Finding>;

const PROTECTED = 'Not shown: this number, or one that could be worked out from it, is protected.';

/**
 * Findings fit to travel with the result: without counts, and without saying of a hidden cell which rule hid it. Whoever
 * could tell the small cells from those hidden to protect them would know more about each than the numbers around it say.
 */
export function publicFindings(findings: readonly Finding[]): Finding[] {
  const hidden = new Map<string, Finding>();
  for (const finding of findings) if (hidesCell(finding)) hidden.set(placeOf(finding), finding);
  const open = findings.filter((finding) => finding.cell === undefined || !hidden.has(placeOf(finding)));
  const closed = [...hidden].sort(([a], [b]) => (a < b ? -1 : 1));
  const told = new Map(open.map(withoutCounts).map((finding) => [JSON.stringify(finding), finding]));
  return [
    ...told.values(),
    ...closed.map(([, finding]) => ({
      ...withoutCounts(finding),
      rule: SuppressionReason.enum.protected,
      message: PROTECTED,
    })),
  ];
}

/** `derived` hides a number for what it is computed from, which the table shows to be hidden anyway. */
function hidesCell({ cell, measure, verdict, rule }: Finding): boolean {
  return cell !== undefined && measure === undefined && verdict === 'fail' && rule !== Rule.enum.derived;
}

function placeOf({ table, cell }: Finding): string {
  return JSON.stringify([table, keyText(cell ?? {})]);
}

/** A count that a person has to decide on is not tied to its cell: that would say more than the number shown there. */
function withoutCounts({ people, unnamed, cell, ...rest }: Finding): Finding {
  const isTelling = unnamed === true || (rest.verdict === 'review' && people !== undefined);
  return isTelling || cell === undefined ? rest : { ...rest, cell };
}
