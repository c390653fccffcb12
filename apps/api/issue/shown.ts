// What reading routes show about the issue, as schemas.
import { DEGREES } from '#libs/domain';
import { z } from 'zod';
import { Erasable, Id, Instant, Named, Role } from '../http/shown';

const TraitShown = z.object({ degree: z.enum(DEGREES), because: Erasable });
export const IssueProfileShown = z.object({
  ...{ id: Id, cycle: Id.nullable(), at: Instant, person: Named },
  ...{ contested: TraitShown, urgent: TraitShown, open: TraitShown, risky: TraitShown },
});
export const NarrativeShown = z.object({
  ...{ id: Id, heldAs: Role, isOwn: z.boolean(), isNamed: z.boolean(), at: Instant, text: Erasable },
  holder: Named.nullable().describe('Null where the role alone stands for them.'),
});
