// Parameters of `descriptive`: an outcome compared between groups, overall and within strata.
import { z } from 'zod';
import { Weights } from '../design/weights';

/** A stratum is a field's own codes, or a numeric field split into zero and not zero. */
export const Stratum = z.union([
  z.string().min(1),
  z.strictObject({
    field: z.string().min(1).describe('numeric field that is split'),
    split: z.literal('zero').describe('into zero and not zero'),
  }),
]);
export type Stratum = z.infer<typeof Stratum>;

export const DescriptiveParams = z
  .strictObject({
    outcome: z.string().min(1).describe('numeric field whose mean is compared'),
    groups: z.string().min(1).describe('field whose values are the groups'),
    strata: z.array(Stratum).max(4).default([]).describe('fields that are crossed within each group'),
    reference: z
      .string()
      .optional()
      .describe('group the others are compared with; the first in order if not given'),
    sd: z.boolean().default(false).describe('also report standard deviations'),
    weights: Weights,
  })
  .refine((p) => new Set(fieldsOfParams(p)).size === fieldsOfParams(p).length, {
    message: 'Outcome, groups, strata and weights must be different fields.',
  });
export type DescriptiveParams = z.infer<typeof DescriptiveParams>;

/** The field a stratum is made from. */
export function fieldOf(stratum: Stratum): string {
  return typeof stratum === 'string' ? stratum : stratum.field;
}

/** Every field the parameters name. */
export function fieldsOfParams(params: {
  outcome: string;
  groups: string;
  strata: Stratum[];
  weights?: string | undefined;
}): string[] {
  const { groups, strata, outcome, weights } = params;
  return [groups, ...strata.map(fieldOf), outcome, ...(weights === undefined ? [] : [weights])];
}
