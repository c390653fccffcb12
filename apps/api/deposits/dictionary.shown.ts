// A data dictionary as the API shows it.
import { z } from 'zod';
import { Erasable, Instant, Named } from '../http/shown';

export const DictionaryShown = z.object({
  ...{ deposit: z.string(), at: Instant.nullable(), published: Instant.nullable(), holder: Named },
  structuralZeros: z.array(z.record(z.string(), z.string())),
  variables: z.array(
    z.object({
      ...{
        field: z.string(),
        type: z.string(),
        label: Erasable,
        context: Erasable,
        flaws: Erasable,
      },
      codes: z.array(z.object({ code: z.string(), meaning: Erasable })),
    }),
  ),
});
