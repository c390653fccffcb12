// What reading routes show of programmes, their organisations, people and agreements.
import { z } from 'zod';
import { RulesShown } from '../agreements/rules';
import { Content, Erasable, Id, Instant, Named, Role, RoundStatus } from '../http/shown';

export const ProgrammeShown = z.object({
  ...{ id: Id, name: Erasable, version: z.int(), now: Instant },
  ...{ agreementInForce: Id.nullable(), organisations: z.int(), people: z.int() },
});
export const ProgrammeListed = z.object({ id: Id, name: Erasable, agreement: Id.nullable() });
export const OrganisationShown = z.object({ id: Id, name: Erasable, commissionedBy: z.array(Id) });
export const PersonShown = z.object({
  ...{ id: Id, name: Erasable, deputy: Id.nullable(), roles: z.array(Role) },
  ...{ organisation: Named.nullable(), leftAt: Instant.nullable() },
  hasAddress: z.boolean().describe('False for somebody who is asked by telephone or on paper.'),
  addressChangesAt: Instant.nullable().describe('When a changed address takes effect, if it has not yet.'),
});
export const AgreementShown = z.object({
  ...{ id: Id, content: Content, expires: Instant, proposedAt: Instant, inForce: z.boolean() },
  rules: RulesShown,
  parties: z.array(z.object({ organisation: Named, registrar: Named, signatory: Named.nullable() })),
  warnings: z.array(z.string()).describe('Sign-offs nobody could complete with the roster as it is.'),
  status: RoundStatus.nullable(),
});
