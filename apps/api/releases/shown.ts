// What reading routes show of releases and of their gates.
import { z } from 'zod';
import { RELEASE_STATUSES } from '#libs/domain';
import { Condition, Content, Destroyed, Erasable, Id, Instant, Named, Rationale, Tier } from '../http/shown';

const MissingShown = z.object({
  ...{ rule: z.string(), reason: z.string(), waitingFor: z.array(Id), names: z.array(Erasable) },
  since: Instant.nullable(),
});
export const GateShown = z.object({
  open: z.boolean(),
  conditions: z.array(Condition).optional(),
  expires: Instant.optional(),
  missing: z.array(MissingShown).optional().describe('Everything that is missing, and whose move it is.'),
});
export const CollectionCaveatShown = z
  .object({
    ...{ collection: Id, source: z.string(), invited: z.int(), responded: z.int() },
    ...{ responseRate: z.number(), linkConsented: z.int(), left: z.int() },
    compared: z.array(z.object({ characteristic: z.string(), responders: z.int(), nonResponders: z.int() })),
  })
  .describe('Of collected data: who answered, and how they differ from those who did not.');
export const ReleaseShown = z.object({
  ...{ id: Id, cycle: Id, wave: z.int(), tier: Tier, requests: z.array(Id), deposits: z.array(Id) },
  ...{ purpose: z.string(), methods: z.array(z.string()), question: Id, boundary: Id, expires: Instant },
  proposedAt: Instant,
  sealed: z
    .object({
      ...{ content: Content, digest: z.string(), rows: z.int(), bytes: z.int() },
      ...{ object: z.string(), at: Instant },
      heeded: z
        .array(Id)
        .optional()
        .describe('Objections whose people are left out; absent: every earlier one.'),
    })
    .nullable(),
  permit: z
    .object({ at: Instant, version: z.int(), conditions: z.array(Condition), expires: Instant })
    .nullable(),
  ...{ givenUpAt: Instant.nullable(), destroyed: Destroyed, proposer: Named, readers: z.array(Named) },
  ...{ rationale: Rationale, status: z.enum(RELEASE_STATUSES), gate: GateShown.nullable() },
  caveats: z.array(CollectionCaveatShown),
  imports: z.array(Id),
  published: z
    .array(
      z.object({
        ...{ import: Id, source: z.string(), address: z.string(), licence: z.string(), version: z.string() },
        disclosureControl: Erasable,
      }),
    )
    .describe('Published data in it, controlled by its publisher; alone, it has wave 0 and no boundary.'),
});
