// What reading routes show of projects.
import { z } from 'zod';
import { PROJECT_STATUSES, TEMPOS } from '#libs/domain';
import { ResultStatus } from '../analyses/shown';
import { CycleShown } from '../cycles/shown';
import { DepositStatus } from '../deposits/shown';
import { Erasable, Id, Instant, Named } from '../http/shown';
import { ReleaseShown } from '../releases/shown';
import { RequestShown } from '../requests/shown';

export const ProjectListed = z.object({
  ...{ id: Id, programme: Id, title: Erasable, lead: Named, startedAt: Instant },
  ...{ suspendedSince: Instant.nullable(), closedAt: Instant.nullable(), cycle: Id.nullable() },
  tempo: z.enum(TEMPOS).describe('Projects in a shock come first.'),
});
export const ProjectShown = z.object({
  ...{ id: Id, programme: Id, title: Erasable, version: z.int(), now: Instant, lead: Named },
  ...{
    status: z.enum(PROJECT_STATUSES),
    tempo: z.enum(TEMPOS),
    cycle: CycleShown.nullable(),
    cycles: z.array(CycleShown),
  },
  moves: z
    .array(
      z.object({
        ...{ what: z.string(), about: z.string(), who: z.array(Named) },
        ...{ since: Instant, due: Instant.nullable() },
        people: z.array(Named).optional().describe('T15: whom it concerns besides.'),
        ...{ unreached: z.array(Named).optional(), correctedBy: z.array(Named).optional() },
      }),
    )
    .describe('Whose move it is, and since when.'),
  ...{ requests: z.array(RequestShown), releases: z.array(ReleaseShown) },
  deposits: z.array(z.object({ id: Id, request: Id, status: DepositStatus })),
  analyses: z.array(z.object({ id: Id, cycle: Id, release: Id, method: z.string(), status: ResultStatus })),
  closures: z
    .array(z.object({ kind: z.enum(['LOG', 'VIEWS', 'GATE', 'WITNESS']), since: Instant }))
    .describe('I13: what was found wrong here and keeps every gate closed until it is explained.'),
});
