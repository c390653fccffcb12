// Parameters of `segmented`: a series, when something changed, its season, and what was decided about its breaks.
import { z } from 'zod';

/** A point of time as the data writes it: a number of the period, or YYYY, YYYY-MM, YYYY-MM-DD. */
export const Point = z.union([
  z.number(),
  z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'YYYY, YYYY-MM or YYYY-MM-DD'),
]);
export type Point = z.infer<typeof Point>;

export const Break = z.strictObject({
  field: z.string().min(1).describe('the field that means something else'),
  from: Point.describe('the first period that cannot be compared'),
  to: Point.describe('the last one'),
  reason: z.string().min(1).describe('why values before and after cannot be compared'),
});
export type Break = z.infer<typeof Break>;

export const SegmentedParams = z
  .strictObject({
    outcome: z
      .string()
      .min(1)
      .describe('numeric field; with "measure": "people" only those with a value count'),
    time: z
      .string()
      .min(1)
      .describe(
        'field with the period: a number, or YYYY, YYYY-MM or YYYY-MM-DD; equally spaced, none missing',
      ),
    measure: z
      .enum(['mean', 'sum', 'people'])
      .default('mean')
      .describe('what is followed over time: mean or sum of the outcome, or the number of people'),
    interruption: Point.describe('the first period after the change'),
    window: z
      .strictObject({
        from: Point.optional().describe('the first period used'),
        to: Point.optional().describe('the last one'),
      })
      .default({})
      .describe('the periods used; all if not given'),
    season: z
      .strictObject({
        period: z.number().min(2).describe('periods per season: 12 for months, 52 for weeks of a year'),
        harmonics: z.number().int().min(1).max(6).default(1).describe('pairs of sine and cosine'),
      })
      .optional()
      .describe('a regular season; none if not given'),
    lag: z
      .number()
      .int()
      .min(0)
      .max(100)
      .optional()
      .describe('periods over which errors may be correlated; 4 (n/100)^(2/9), rounded down, if not given'),
    adjust: z
      .boolean()
      .default(true)
      .describe('whether errors are multiplied by n / (n − k) for small samples'),
    breaks: z
      .array(Break)
      .default([])
      .describe('periods over which a field was judged inadmissible for comparison over time'),
    level: z.number().min(0.5).max(0.999).default(0.95).describe('level of the confidence intervals'),
  })
  .refine(({ outcome, time }) => outcome !== time, { message: 'Outcome and time must be different fields.' });
export type SegmentedParams = z.infer<typeof SegmentedParams>;

/** Every field the parameters name. */
export function fieldsOfSegmented({ outcome, time }: SegmentedParams): string[] {
  return [time, outcome];
}
