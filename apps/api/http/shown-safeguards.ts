// What reading routes show of the safeguards around data: safe people, the legal file, incidents, new collections.
import { z } from 'zod';
import {
  ADVICES,
  ARTICLE_6,
  ARTICLE_9,
  COLLECTION_STATUSES,
  INCIDENT_OUTCOMES,
  INCIDENT_STATUSES,
  LEGAL_PARTS,
  RESIDUAL_RISKS,
  SAFETY_LACKS,
} from '#libs/domain';
import { Erasable, Named } from './shown';

const Id = z.string();
const Instant = z.string();

export const SafePersonShown = z.object({
  ...{ id: Id, name: Erasable, lacks: z.array(z.enum(SAFETY_LACKS)) },
  training: z.object({ course: Erasable, completed: Instant, expires: Instant }).nullable(),
  undertakenAt: Instant.nullable(),
  interests: z.object({ at: Instant, declared: Erasable, isNone: z.boolean() }).nullable(),
});
const LegalPart = z.enum(LEGAL_PARTS);
export const LegalFileShown = z.object({
  ...{ id: Id, at: Instant, digest: z.string(), isLatest: z.boolean() },
  ...{ article6: z.enum(ARTICLE_6).nullable(), article9: z.enum(ARTICLE_9).nullable() },
  residualRisk: z.enum(RESIDUAL_RISKS).nullable(),
  parts: z.array(
    z.object({ part: LegalPart, state: z.enum(['PRESENT', 'NOT_APPLICABLE', 'MISSING']), text: Erasable }),
  ),
  missing: z.array(LegalPart).describe('LEGAL opens when nothing is missing.'),
  advice: z.array(z.object({ advice: z.enum(ADVICES), at: Instant, person: Named, text: Erasable })),
  overrides: z.array(z.object({ at: Instant, person: Named, reason: Erasable })),
  standingAgainst: z.array(Named).describe('Officers against whose advice nobody has given a reason yet.'),
});
export const IncidentShown = z.object({
  ...{ id: Id, awareAt: Instant, due: Instant, at: Instant, status: z.enum(INCIDENT_STATUSES) },
  ...{ person: Named, what: Erasable },
  reminders: z
    .array(z.object({ hoursLeft: z.int(), at: Instant }))
    .describe('When people were reminded, and how many hours were left; 0: none.'),
  reported: z
    .object({
      ...{ person: Named, outcome: z.enum(INCIDENT_OUTCOMES), at: Instant },
      ...{ text: Erasable, delay: Erasable },
    })
    .nullable(),
});
const ComparisonShown = z.object({
  ...{ characteristic: z.string(), responders: z.int(), nonResponders: z.int() },
});
export const CollectionShown = z.object({
  ...{ id: Id, cycle: Id, source: z.string(), collector: Named, eligible: z.int(), invited: z.int() },
  ...{ opens: Instant, closes: Instant, leaveBy: Instant, at: Instant, status: z.enum(COLLECTION_STATUSES) },
  begun: z.object({ boundary: Id, at: Instant }).nullable(),
  waitsFor: z.string().nullable().describe('Why nobody may be invited yet.'),
  instrument: z.array(z.object({ name: z.string(), reference: Erasable, fields: z.array(z.string()) })),
  ...{ population: Erasable, invitation: Erasable, informationSheet: Erasable },
  ...{ linkConsent: Erasable, optOut: Erasable },
  responses: z
    .object({
      ...{ responded: z.int(), linkConsented: z.int(), optedOut: z.int(), left: z.int() },
      ...{ person: Id, at: Instant, responseRate: z.number(), compared: z.array(ComparisonShown) },
    })
    .nullable(),
});
