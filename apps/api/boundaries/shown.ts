// What reading routes show of boundaries and ethical approvals.
import { z } from 'zod';
import { Content, Id, Instant, RoundStatus } from '../http/shown';

export const BoundaryShown = z.object({
  ...{ id: Id, amends: Id.nullable(), content: Content, at: Instant, inForce: z.boolean() },
  scope: z.record(z.string(), z.unknown()),
  sources: z
    .array(z.object({ source: z.string(), holder: Id, registered: Id.nullable() }))
    .describe('What the register has under the names of the scope.'),
  legalFile: z.object({ file: Id, digest: z.string() }).nullable(),
  ...{ legal: RoundStatus.nullable(), ethical: RoundStatus.nullable() },
});
export const EthicsShown = z.object({ id: Id, expires: Instant, endedAt: Instant.nullable() });
