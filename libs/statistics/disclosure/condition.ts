// Holders' and signers' conditions on results, as the permit carries them (B27); their kinds are the domain's.
import { z } from 'zod';

export const Condition = z.strictObject({
  kind: z.enum([
    'NO_BREAKDOWN_BY',
    'MIN_ORGANISATIONS',
    'SHOW_ONLY_WITH',
    'REVIEW_BEFORE_SHARING',
    'NO_USE_FOR',
    'EARLIER_EXPIRY',
  ]),
  /** A field, a number of organisations or days, a use, or an instant, by kind. */
  value: z.string(),
});
export type Condition = z.infer<typeof Condition>;

/** Fewest organisations where a condition does not give a number of its own. */
export const ORGANISATIONS_DEFAULT = 3;
