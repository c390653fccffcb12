// Parameters of `prediction`: what is predicted from what, how it is tried out, and between whom errors are compared.
import { z } from 'zod';
import { fieldsOfTerms, Terms } from '../design/terms';
import { FREQUENCY_FLOOR } from '../disclosure/thresholds';
import { Seed } from '../random';

export const PredictionParams = z
  .strictObject({
    outcome: z.string().min(1).describe('field of two codes that is predicted'),
    event: z
      .string()
      .optional()
      .describe('code of the outcome that counts as the event; needed unless the outcome is 0 or 1'),
    terms: Terms.min(1).describe('what it is predicted from'),
    penalty: z
      .number()
      .min(0)
      .max(1e6)
      .default(1)
      .describe('penalty λ·Σ(α·|β| + (1 − α)/2·β²) on standardised columns; 0 for plain logistic regression'),
    mixing: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .describe('α: 0 for ridge, 1 for the lasso, which leaves columns out, between them the elastic net'),
    folds: z
      .int()
      .min(2)
      .max(20)
      .default(5)
      .describe('cross-validation: each part of the people is predicted by a model that has not seen them'),
    testShare: z
      .number()
      .min(0.1)
      .max(0.9)
      .optional()
      .describe('instead of folds: the share of people held back once, on whom the model is tried out'),
    cutOff: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.5)
      .describe('predicted risk from which somebody counts as flagged, for error rates'),
    groups: z
      .array(z.string().min(1))
      .max(5)
      .default([])
      .describe('fields between whose codes performance and error rates are compared, one table each'),
    bins: z.int().min(2).max(20).default(10).describe('bins of predicted risk, at most'),
    binPeople: z
      .int()
      .min(FREQUENCY_FLOOR)
      .max(1000)
      .default(FREQUENCY_FLOOR)
      .describe('people with the event, and people without, that every bin holds at least'),
    importance: z
      .int()
      .min(0)
      .max(50)
      .default(10)
      .describe('times each field is shuffled to see how much worse predictions become; 0 for never'),
    level: z.number().min(0.5).max(0.999).default(0.95).describe('level of the confidence intervals'),
    seed: Seed,
  })
  .refine(({ outcome, terms }) => !fieldsOfTerms(terms).includes(outcome), {
    path: ['terms'],
    message: 'The outcome cannot predict itself. Leave it out of the terms.',
  })
  .refine(({ outcome, groups }) => !groups.includes(outcome) && new Set(groups).size === groups.length, {
    path: ['groups'],
    message: 'Groups are different fields, and none of them is the outcome.',
  });
export type PredictionParams = z.infer<typeof PredictionParams>;

/** Every field the parameters name, once. */
export function fieldsOfPrediction({ outcome, terms, groups }: PredictionParams): string[] {
  return [...new Set([outcome, ...fieldsOfTerms(terms), ...groups])];
}
