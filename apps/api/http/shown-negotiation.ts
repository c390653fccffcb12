// What reading routes show of a negotiation: clarifications, suppositions, the register of refusals, words in confidence.
import { z } from 'zod';
import { CLARIFICATION_STATUSES, CLARIFICATION_TOPICS, SIDES } from '#libs/domain';
import { Reason, WithheldShown } from '../requests/shown';
import { Erasable, Named } from './shown';

const Id = z.string();
const Instant = z.string();

export const ClarificationShown = z.object({
  ...{ id: Id, request: Id, side: z.enum(SIDES), topic: z.enum(CLARIFICATION_TOPICS), at: Instant },
  ...{ person: Named, text: Erasable, status: z.enum(CLARIFICATION_STATUSES), settledAt: Instant.nullable() },
  answers: z.array(z.object({ side: z.enum(SIDES), person: Named, text: Erasable, at: Instant })),
});
const ReplyShown = z.object({ person: Named, text: Erasable, at: Instant });
export const SuppositionShown = z.object({
  ...{ id: Id, request: Id, at: Instant, person: Named.nullable(), motive: Reason.nullable() },
  ...{ text: Erasable, replies: z.array(ReplyShown) },
  isOpenToYou: z.boolean().describe('False for the holder it is about, who may reply without its words.'),
});
const Counts = z.record(z.string(), z.int()).nullable();
export const RegisterShown = z.object({
  outcomes: z.object({ REFUSED: z.int(), NOT_OBTAINED: z.int(), PARTLY_GRANTED: z.int() }),
  stated: Counts.describe('Null where fewer than three organisations could have given a category.'),
  supposed: Counts.describe('What the core team supposed, for the core team; never counted as stated.'),
  rows: z.array(
    z.object({
      ...{ request: Id, holder: Named, outcome: z.enum(['REFUSED', 'NOT_OBTAINED', 'PARTLY_GRANTED']) },
      ...{ isSilence: z.boolean(), isConfidential: z.boolean(), reasons: z.array(Reason) },
      withheld: z.array(WithheldShown),
    }),
  ),
});
export const ConfidenceShown = z.object({
  ...{ id: Id, about: Id, from: Named, at: Instant, reason: Erasable },
});
