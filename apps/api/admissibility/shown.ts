// What the matrix's routes show, as schemas.
import { z } from 'zod';
import {
  ACCURACIES,
  ADMISSIBILITIES,
  CHALLENGE_KINDS,
  GROUNDS,
  INSIGHT_STATUSES,
  KNOWLEDGE_KINDS,
  REACTIONS,
  REACTION_STANDINGS,
  RESULT_STATUSES,
  ROUND_STATUSES,
  USES,
  WORTHS,
} from '#libs/domain';
import { PeriodShown, SeriesBreakShown, SubpopulationShown } from '../analyses/shown';
import { Erasable, Named } from '../http/shown';

const Id = z.string();
const Instant = z.string();
const Whose = { person: Named, organisation: Named };
const Approved = z.enum(ROUND_STATUSES).nullable();

const JudgementShown = z.object({
  ...{
    status: z.enum(ADMISSIBILITIES),
    ground: z.enum(GROUNDS),
    reason: Erasable,
    caveat: Erasable,
    ...Whose,
  },
  ...{ seriesBreak: SeriesBreakShown, answers: z.array(Id), knowledge: z.array(Id), at: Instant },
});
const ChallengeShown = z.object({
  ...{ id: Id, kind: z.enum(CHALLENGE_KINDS), claim: Erasable, evidence: Erasable, at: Instant, ...Whose },
  ...{ against: Id.nullable(), isOpen: z.boolean() },
  raised: z.enum(['BEFORE_RESULTS', 'AFTER_RESULTS']).describe('By the ledger, not by what anybody says.'),
  seen: z.array(Id).describe('Results on this field that could be seen when it was raised.'),
  alsoRestOnIt: z.object({
    analyses: z.array(z.object({ id: Id, cycle: Id, status: z.enum(RESULT_STATUSES) })),
    insights: z.array(z.object({ id: Id, cycle: Id, status: z.enum(INSIGHT_STATUSES) })),
  }),
});
const KnowledgeShown = z.object({
  ...{ id: Id, kind: z.enum(KNOWLEDGE_KINDS), text: Erasable, at: Instant, ...Whose },
});
export const PlaceShown = z.object({
  ...{ id: Id, source: z.string(), field: z.string(), uses: z.array(z.enum(USES)), period: PeriodShown },
  ...{ subpopulation: SubpopulationShown.nullable(), status: z.enum(ADMISSIBILITIES), at: Instant },
  legal: Approved.describe('Whether it may be defended in law: LEGAL on the boundary that names the field.'),
  ethical: Approved.describe('Whether it is acceptable: ETHICAL on the same boundary.'),
  ...{ judgements: z.array(JudgementShown), challenges: z.array(ChallengeShown) },
  knowledge: z.array(KnowledgeShown),
});
export const RatingShown = z.object({
  ...{ id: Id, source: z.string(), field: z.string(), accuracy: z.enum(ACCURACIES), worth: z.enum(WORTHS) },
  ...{ reason: Erasable, at: Instant, ...Whose },
  statuses: z.array(z.object({ place: Id, status: z.enum(ADMISSIBILITIES), uses: z.array(z.enum(USES)) })),
});
export const ConsiderationShown = z.object({
  ...{ id: Id, person: Named, reaction: z.enum(REACTIONS), standing: z.enum(REACTION_STANDINGS) },
  ...{ text: Erasable, evidence: Erasable, at: Instant },
});
