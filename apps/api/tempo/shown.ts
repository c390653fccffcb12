// What reading routes show about the tempo, as schemas.
import { SHOCK_CAUSES, TEMPOS } from '#libs/domain';
import { z } from 'zod';
import { Erasable, Instant, Named } from '../http/shown';

export const TempoShown = z.object({
  tempo: z.enum(TEMPOS),
  changes: z.array(
    z.object({
      ...{ tempo: z.enum(TEMPOS), cause: z.enum(SHOCK_CAUSES).nullable(), reason: Erasable },
      ...{ person: Named, at: Instant },
    }),
  ),
});
