// What reading routes show of cycles: their stages, and the questions, accounts, interpretations and decisions of each.
import { z } from 'zod';
import { NEXT_STEPS, QUESTION_AIMS, QUESTION_CHANGES, STAGES, STAGE_STATUSES } from '#libs/domain';
import { Content, Erasable, Id, Instant, Named, RoundStatus } from '../http/shown';

export const CycleShown = z.object({
  ...{ id: Id, number: z.int(), descendsFrom: Id.nullable(), startedAt: Instant },
  stages: z.array(z.object({ stage: z.enum(STAGES), status: z.enum(STAGE_STATUSES) })),
});
export const QuestionShown = z.object({
  ...{ id: Id, cycle: Id, content: Content, sufficient: z.boolean(), at: Instant },
  status: RoundStatus.nullable(),
  ...{ aim: z.enum(QUESTION_AIMS).nullable(), options: z.array(Erasable) },
  descendsFrom: z
    .object({ cycle: Id, reflection: Id.nullable() })
    .nullable()
    .describe('The reflection it descends from; null in the first cycle.'),
  change: z
    .object({
      ...{ from: Id, kind: z.enum(QUESTION_CHANGES), what: Erasable, because: Erasable, cites: z.array(Id) },
    })
    .nullable()
    .describe('What it changes of an earlier version; null for the first.'),
});
export const BenefitShown = z.object({ id: Id, wave: z.int(), cycle: Id, content: Content, at: Instant });
export const InterpretationShown = z.object({
  ...{ id: Id, cycle: Id, as: z.enum(['PRACTITIONER', 'RESEARCHER']), at: Instant },
  ...{ person: Named, text: Erasable, misreading: Erasable },
});
export const ReflectionShown = z.object({
  ...{ id: Id, content: Content, at: Instant, cycle: Id, status: RoundStatus.nullable() },
});
export const RefinementShown = ReflectionShown.extend({ next: z.enum(NEXT_STEPS) });
