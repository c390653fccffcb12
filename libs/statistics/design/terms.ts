// A model's right-hand side as data: fields, factors with their reference, polynomials and interactions.
import { z } from 'zod';

export const MOST_LEVELS = 100;

/** One field as a column of numbers, or as one column of zeros and ones per code but the reference. */
export const Coding = z.strictObject({
  field: z.string().min(1).describe('field of the data'),
  as: z
    .enum(['number', 'factor'])
    .optional()
    .describe('how the field enters; numbers as numbers and text as a factor if not given'),
  reference: z
    .string()
    .optional()
    .describe('code of a factor that the others are compared with; the first in order if not given'),
});

export const Polynomial = z.strictObject({
  field: z.string().min(1).describe('numeric field of the data'),
  degree: z.number().int().min(2).max(5).describe('the field, its square, and so on up to this power'),
});

export const Interaction = z.strictObject({
  interaction: z
    .array(z.string().min(1))
    .min(2)
    .max(3)
    .describe('fields whose columns are multiplied; each must also be a term of its own'),
});

export const Term = z.union([z.string().min(1), Coding, Polynomial, Interaction]);
export type Term = z.infer<typeof Term>;

export const Terms = z
  .array(Term)
  .max(100)
  .superRefine((terms, context) => {
    const fields = terms.flatMap(mainFieldOf);
    const twice = fields.find((field, index) => fields.indexOf(field) !== index);
    if (twice !== undefined)
      context.addIssue({ code: 'custom', message: `"${twice}" is a term twice. Name it once.` });
    const missing = terms
      .flatMap((term) => (typeof term === 'object' && 'interaction' in term ? term.interaction : []))
      .find((field) => !fields.includes(field));
    if (missing !== undefined)
      context.addIssue({
        code: 'custom',
        message: `"${missing}" is in an interaction but is no term of its own. Add it to the terms.`,
      });
  });

/** The field of a main effect; interactions have none of their own. */
export function mainFieldOf(term: Term): string[] {
  if (typeof term === 'string') return [term];
  return 'interaction' in term ? [] : [term.field];
}

/** Every field the terms name, once. */
export function fieldsOfTerms(terms: readonly Term[]): string[] {
  return [...new Set(terms.flatMap(mainFieldOf))];
}
