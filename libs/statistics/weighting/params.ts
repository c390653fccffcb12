// Parameters of `weighting`: inverse probability weights, or weights by subclasses of the score.
import { z } from 'zod';
import { fieldsOfTerms, Terms } from '../design/terms';
import { Timing } from '../matching/params';

export const WeightingParams = z
  .strictObject({
    treatment: z.string().min(1).describe('field that says who was treated: 1 and 0, or two codes'),
    treated: z.string().optional().describe('code of the treated; needed unless the field holds 1 and 0'),
    covariates: Terms.min(1).describe('what the groups are made alike in; known before treatment'),
    outcome: z.string().min(1).describe('numeric field on which the effect is estimated'),
    estimand: z
      .enum(['ATE', 'ATT', 'ATC'])
      .default('ATE')
      .describe('average effect on everybody, on the treated, or on the controls (the untreated)'),
    scheme: z
      .enum(['inverse_probability', 'subclasses'])
      .default('inverse_probability')
      .describe(
        'weights from each person’s own score, or from how many of each group share a class of scores',
      ),
    subclasses: z
      .number()
      .int()
      .min(2)
      .max(20)
      .default(5)
      .describe('classes of equally many of those the effect is on; with "scheme": "subclasses"'),
    trim: z
      .strictObject({
        from: z.number().min(0).max(1).describe('the lowest score that is used'),
        to: z.number().min(0).max(1).describe('the highest'),
      })
      .optional()
      .describe('people with scores outside are left out, which changes whom the effect is on'),
    level: z.number().min(0.5).max(0.999).default(0.95).describe('level of the confidence intervals'),
    timing: Timing.optional().describe('index date and windows; required where the data has dates'),
  })
  .refine(({ treatment, outcome, covariates }) => {
    const named = [treatment, outcome, ...fieldsOfTerms(covariates)];
    return new Set(named).size === named.length;
  }, 'Treatment, outcome and covariates must be different fields.');
export type WeightingParams = z.infer<typeof WeightingParams>;

/** Every field the parameters name, once. */
export function fieldsOfWeighting({ treatment, outcome, covariates, timing }: WeightingParams): string[] {
  const own = [treatment, outcome, ...fieldsOfTerms(covariates)];
  return [...new Set([...own, ...(timing ? [timing.index, timing.date] : [])])];
}
