// What reading routes show of data requests and the answers to them.
import { z } from 'zod';
import { ALTERNATIVES, GRANULARITIES, REASON_ORIGINS, REFUSAL_REASONS, REQUEST_STATUSES } from '#libs/domain';
import { DataSpec } from '#libs/vault';
import { Condition, Erasable, Id, Instant, Named, Rationale, Tier, Withdrawal } from '../http/shown';

const FieldTerms = z.object({
  ...{ field: z.string(), period: z.object({ from: z.string(), to: z.string() }).nullable() },
  granularity: z.object({ level: z.enum(GRANULARITIES), vintage: z.string().nullable() }),
});
export const Reason = z.enum(REFUSAL_REASONS);
export const WithheldShown = z.object({ field: z.string(), reason: Reason.nullable(), because: Erasable });
const FieldAnswerShown = z.object({
  ...{ field: z.string(), answer: z.enum(['GRANTED', 'GRANTED_LESS', 'WITHHELD']) },
  ...{ terms: FieldTerms.nullable(), withheld: WithheldShown.nullable() },
});
const AlternativeShown = z.object({
  ...{ alternative: z.enum(ALTERNATIVES), whyNot: Erasable, by: Named.nullable() },
});
const Grant = z.object({
  ...{ tier: Tier, fields: z.array(z.string()), depositAs: DataSpec, releaseAs: DataSpec },
  ...{ conditions: z.array(Condition), expires: Instant, detail: z.array(FieldTerms).optional() },
});
export const RequestShown = z.object({
  ...{ id: Id, cycle: Id, question: Id, boundary: Id, sentAt: Instant, deadline: Instant },
  ask: z.object({
    ...{ source: z.string(), fields: z.array(z.string()), tier: Tier, purpose: z.string() },
    ...{ methods: z.array(z.string()), linkage: z.boolean(), detail: z.array(FieldTerms).optional() },
  }),
  ...{ answers: Id.nullable(), help: Erasable },
  ...{
    lapsedAt: Instant.nullable(),
    withdrawn: Withdrawal,
    holder: Named,
    sender: Named,
    rationale: Rationale,
  },
  status: z.enum(REQUEST_STATUSES),
  answer: z
    .object({
      ...{ outcome: z.enum(['GRANTED', 'PARTLY_GRANTED', 'REFUSED']), at: Instant, grant: Grant.nullable() },
      ...{ person: Named, reason: Erasable, isConfidential: z.boolean() },
      ...{ fields: z.array(FieldAnswerShown), aggregatePossible: z.boolean().nullable() },
      reasons: z
        .array(Reason)
        .nullable()
        .describe('Null for readers who neither asked nor hold the data: see the register of refusals.'),
      sources: z
        .array(z.object({ reason: Reason, from: z.enum(REASON_ORIGINS), where: Erasable }))
        .nullable(),
      alternatives: z.array(AlternativeShown).nullable().describe('Of a purpose that is not compatible.'),
    })
    .nullable()
    .describe('Also null while an answer is blind.'),
});
