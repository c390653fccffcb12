// Parameters of `linear`, `logistic` and `poisson`.
import { z } from 'zod';
import { fieldsOfTerms, Terms } from '../design/terms';
import { Imputation } from '../imputation';

const shared = {
  outcome: z.string().min(1).describe('field that is explained'),
  terms: Terms.describe('what explains it; an intercept is always added').min(1),
  weights: z
    .string()
    .optional()
    .describe('field with a positive weight per record; all count the same if not given'),
  errors: z
    .enum(['classical', 'HC1', 'HC3', 'cluster'])
    .default('HC1')
    .describe(
      'standard errors: classical, robust to unequal variances (HC1, or HC3 for small samples), or robust to dependence within clusters',
    ),
  cluster: z
    .string()
    .optional()
    .describe(
      'field whose codes are the clusters; with "errors": "cluster", and whose record it is if not given',
    ),
  level: z.number().min(0.5).max(0.999).default(0.95).describe('level of the confidence intervals'),
  imputation: Imputation.optional(),
};

const event = z
  .string()
  .optional()
  .describe('code of the outcome that counts as 1; needed unless the outcome is 0 or 1');
const exposure = z
  .string()
  .optional()
  .describe('field with the time or people at risk behind each count; its logarithm is an offset');

/** What all three methods read; `event` is of `logistic`, `exposure` of `poisson`. */
export interface RegressionParams extends z.infer<z.ZodObject<typeof shared>> {
  event?: string | undefined;
  exposure?: string | undefined;
}

export const LinearParams: z.ZodType<RegressionParams> = checked(z.strictObject(shared));
export const LogisticParams: z.ZodType<RegressionParams> = checked(z.strictObject({ ...shared, event }));
export const PoissonParams: z.ZodType<RegressionParams> = checked(z.strictObject({ ...shared, exposure }));

function checked<P extends RegressionParams>(schema: z.ZodType<P>): z.ZodType<P> {
  return schema
    .refine(({ outcome, terms }) => !fieldsOfTerms(terms).includes(outcome), {
      path: ['terms'],
      message: 'The outcome cannot explain itself. Leave it out of the terms.',
    })
    .refine(({ errors, cluster }) => errors === 'cluster' || cluster === undefined, {
      path: ['cluster'],
      message: 'A cluster is used with "errors": "cluster" only. Set that, or leave the cluster out.',
    });
}

/** Every field the parameters name, once. */
export function fieldsOfRegression({
  outcome,
  terms,
  weights,
  cluster,
  exposure,
  imputation,
}: RegressionParams): string[] {
  const others = [weights, cluster, exposure].filter(isGiven);
  return [...new Set([outcome, ...fieldsOfTerms(terms), ...others, ...(imputation?.with ?? [])])];
}

function isGiven(field: string | undefined): field is string {
  return field !== undefined;
}
