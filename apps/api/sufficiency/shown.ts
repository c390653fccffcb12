// What reading routes show about sufficiency, as schemas.
import { SUFFICIENCIES } from '#libs/domain';
import { z } from 'zod';
import { Erasable, Id, Instant, Named } from '../http/shown';

export const SufficiencyShown = z.object({
  ...{ status: z.enum(SUFFICIENCIES), since: Instant.nullable(), by: Id.nullable() },
  revocations: z.array(
    z.object({ id: Id, question: Id, because: Erasable, cites: z.array(Id), person: Named, at: Instant }),
  ),
});
