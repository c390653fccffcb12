// What reading routes show about sources and their discovery, as schemas.
import { ACCESSES, DISCOVERY_CLAIMS, EXISTENCES, MEASURES, PROVENANCES, RELEVANCES } from '#libs/domain';
import { z } from 'zod';
import { Erasable, Id, Instant, Named } from '../http/shown';

const SourceTermsShown = z.object({
  ...{ name: z.string(), holder: Named.nullable(), heldBy: Erasable, collectedFor: Erasable },
  ...{ missing: Erasable, measure: z.enum(MEASURES), provenance: z.enum(PROVENANCES) },
  access: z.object({
    ...{ kind: z.enum(ACCESSES), address: z.string().optional(), licence: z.string().optional() },
    ...{ version: z.string().optional(), disclosureControl: Erasable.optional() },
  }),
});
export const DiscoveryShown = z.object({
  ...{ id: Id, source: Id.nullable(), question: Id.nullable(), claim: z.enum(DISCOVERY_CLAIMS) },
  ...{ text: Erasable, person: Named, at: Instant },
});
export const SourceShown = SourceTermsShown.extend({
  ...{ id: Id, registeredAt: Instant, registeredBy: Named, existence: z.enum(EXISTENCES) },
  relevance: z.array(z.object({ question: Id, relevance: z.enum(RELEVANCES) })),
  earlier: z.array(SourceTermsShown.extend({ until: Instant, because: Erasable })),
  conversation: z.array(DiscoveryShown),
});
