// Parameters of `matching`, among them the windows that data with dates cannot be matched without.
import { z } from 'zod';
import { fieldsOfTerms, Terms } from '../design/terms';
import type { Term } from '../design/terms';
import { Imputation } from '../imputation';

const Days = z.number().int().min(1).max(36_525);

/** Which of a person's dated records count as before, and which as after. */
export const Timing = z.strictObject({
  index: z
    .string()
    .min(1)
    .describe('field with the date (YYYY-MM-DD) from which a person counts as treated, or would have'),
  date: z.string().min(1).describe('field with the date (YYYY-MM-DD) of each record'),
  covariateDays: Days.describe('covariates come from records at most this many days before the index date'),
  outcomeDays: Days.describe('the outcome comes from records at most this many days after the index date'),
  covariates: z
    .enum(['last', 'mean'])
    .default('last')
    .describe('which value before the index date: the last recorded, or the mean (numbers only)'),
  outcome: z
    .enum(['mean', 'sum', 'last'])
    .default('mean')
    .describe('how outcomes recorded after the index date become one'),
  withoutRecord: z
    .enum(['missing', 'zero'])
    .default('missing')
    .describe(
      'what a person without a record in the outcome window has: no value, or 0 (for counts of events)',
    ),
});
export type Timing = z.infer<typeof Timing>;

export const Caliper = z.strictObject({
  width: z.number().positive().describe('greatest distance of scores within a pair'),
  unit: z
    .enum(['SD', 'score'])
    .default('SD')
    .describe('in standard deviations of the score over all people, or as it is'),
});

export const MatchingParams = z
  .strictObject({
    treatment: z.string().min(1).describe('field that says who was treated: 1 and 0, or two codes'),
    treated: z.string().optional().describe('code of the treated; needed unless the field holds 1 and 0'),
    covariates: Terms.min(1).describe('what the groups are made alike in; known before treatment'),
    outcome: z.string().min(1).describe('numeric field on which the effect is estimated'),
    estimand: z
      .enum(['ATT', 'ATC'])
      .default('ATT')
      .describe('average effect on the treated, or on the controls (the untreated)'),
    ratio: z.number().int().min(1).max(20).default(1).describe('matches per person'),
    replacement: z.boolean().default(false).describe('whether one person may be a match of several'),
    caliper: Caliper.optional().describe('pairs further apart than this are not made'),
    exact: z.array(z.string().min(1)).max(5).default([]).describe('fields in which pairs must be the same'),
    order: z
      .enum(['largest', 'smallest', 'closest', 'random', 'data'])
      .default('largest')
      .describe(
        'who chooses first: largest or smallest score, the closest pair, at random, or as in the data',
      ),
    seed: z.number().int().min(0).max(4_294_967_295).default(1).describe('of the random order'),
    level: z.number().min(0.5).max(0.999).default(0.95).describe('level of the confidence intervals'),
    gammas: z
      .array(z.number().min(1).max(100))
      .max(20)
      .default([1, 1.25, 1.5, 2, 3])
      .describe('how many times likelier treatment could be for one of a pair, in the sensitivity analysis'),
    timing: Timing.optional().describe('index date and windows; required where the data has dates'),
    imputation: Imputation.optional(),
  })
  .refine((params) => new Set(named(params)).size === named(params).length, {
    message: 'Treatment, outcome and covariates must be different fields.',
  });
export type MatchingParams = z.infer<typeof MatchingParams>;

function named(params: { treatment: string; outcome: string; covariates: readonly Term[] }): string[] {
  return [params.treatment, params.outcome, ...fieldsOfTerms(params.covariates)];
}

/** Every field the parameters name, once. */
export function fieldsOfMatching(params: MatchingParams): string[] {
  const { exact, timing, imputation } = params;
  const dates = timing ? [timing.index, timing.date] : [];
  return [...new Set([...named(params), ...exact, ...dates, ...(imputation?.with ?? [])])];
}
