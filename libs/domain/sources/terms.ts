// The register of sources and the conversation that discovers them, before anything is requested (B52).
import type { Instant, OrganisationId, PersonId, Text } from '../words';

export const MEASURES = ['FLOW', 'STOCK'] as const;
/** FLOW: everybody who came. STOCK: whoever is there now, so that short and repeated use is under-represented (B39). */
export type Measure = (typeof MEASURES)[number];

export const PROVENANCES = ['ADMINISTRATIVE', 'COLLECTED', 'PUBLISHED'] as const;
export type Provenance = (typeof PROVENANCES)[number];

export const ACCESSES = ['REQUESTED', 'PUBLISHED', 'COLLECTED'] as const;
/** How the data would be come by: asked of its holder, taken as published, or yet to be collected. */
export type Access =
  | { kind: 'REQUESTED' }
  | { kind: 'COLLECTED' }
  | {
      kind: 'PUBLISHED';
      address: string;
      licence: string;
      version: string;
      /** What the publisher did against disclosure. */
      disclosureControl: Text;
    };

/** What the register says about a source. */
export interface SourceTerms {
  /** As boundaries and requests name it. */
  name: string;
  /** The holder, if it is an organisation of the programme; otherwise `heldBy` says who it is. */
  holder: OrganisationId | null;
  heldBy: Text | null;
  collectedFor: Text;
  /** Who is not in it. */
  missing: Text;
  measure: Measure;
  provenance: Provenance;
  access: Access;
}

export const DISCOVERY_CLAIMS = ['EXISTS', 'ABSENT', 'RELEVANT', 'NOT_RELEVANT', 'UNSURE', 'REMARK'] as const;
/** EXISTS and ABSENT are about the source; RELEVANT, NOT_RELEVANT and UNSURE about source and question; a remark about either or neither. */
export type DiscoveryClaim = (typeof DISCOVERY_CLAIMS)[number];

/** One turn in the conversation. */
export interface DiscoveryEntry {
  id: string;
  source: string | null;
  question: string | null;
  claim: DiscoveryClaim;
  text: Text;
  person: PersonId;
  at: Instant;
}

export interface RegisteredSource {
  id: string;
  terms: SourceTerms;
  registeredBy: PersonId;
  registeredAt: Instant;
  /** Earlier descriptions, oldest first. */
  earlier: { terms: SourceTerms; until: Instant; because: Text }[];
}

export interface SourceEvents {
  SourceRegistered: { source: string } & SourceTerms;
  SourceRevised: { source: string; because: Text } & SourceTerms;
  DiscoveryRecorded: {
    entry: string;
    source: string | null;
    question: string | null;
    claim: DiscoveryClaim;
    text: Text;
  };
}

export interface SourceCommands {
  RegisterSource: SourceTerms;
  ReviseSource: { source: string; because: Text } & SourceTerms;
  RecordDiscovery: {
    source: string | null;
    question: string | null;
    claim: DiscoveryClaim;
    text: Text;
  };
}

export interface SourceState {
  sources: Record<string, RegisteredSource>;
  discovery: DiscoveryEntry[];
}

export const EXISTENCES = ['UNKNOWN', 'EXISTS', 'ABSENT'] as const;
export type Existence = (typeof EXISTENCES)[number];
export const RELEVANCES = ['UNKNOWN', 'RELEVANT', 'NOT_RELEVANT', 'UNSURE'] as const;
export type Relevance = (typeof RELEVANCES)[number];
