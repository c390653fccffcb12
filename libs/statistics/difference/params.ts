// Parameters of `difference`: two groups, periods before and after, and what was decided about breaks.
import { z } from 'zod';
import { Break, Point } from '../segmented/params';

export const DifferenceParams = z
  .strictObject({
    outcome: z.string().min(1).describe('numeric field that is compared'),
    group: z.string().min(1).describe('field that says who is in the group that something changed for'),
    changed: z.string().optional().describe('code of that group; needed unless the field holds 1 and 0'),
    time: z.string().min(1).describe('field with the period: a number, or YYYY, YYYY-MM or YYYY-MM-DD'),
    interruption: Point.describe('the first period after the change'),
    cluster: z
      .string()
      .optional()
      .describe('field within whose codes records depend on each other; whose record it is if not given'),
    breaks: z
      .array(Break)
      .default([])
      .describe('periods over which a field was judged inadmissible for comparison over time'),
    level: z.number().min(0.5).max(0.999).default(0.95).describe('level of the confidence intervals'),
  })
  .refine(({ outcome, group, time }) => new Set([outcome, group, time]).size === 3, {
    message: 'Outcome, group and time must be different fields.',
  });
export type DifferenceParams = z.infer<typeof DifferenceParams>;

/** Every field the parameters name, once. */
export function fieldsOfDifference({ outcome, group, time, cluster }: DifferenceParams): string[] {
  return [...new Set([outcome, group, time, ...(cluster === undefined ? [] : [cluster])])];
}
