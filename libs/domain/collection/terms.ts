// New collection (B19): an instrument of named validated scales, everyone invited, consent to link, and who answered.
import type { Instant, OrganisationId, PersonId, Text } from '../words';

/** A validated scale by name, with where its validation is published, and the fields its items become. */
export interface Scale {
  name: string;
  reference: Text;
  fields: string[];
}

export interface CollectionPlan {
  /** The source's name in the boundary; the collector is its holder. */
  source: string;
  collector: OrganisationId;
  instrument: Scale[];
  /** Who is meant, in words, and how many they are. */
  population: Text;
  eligible: number;
  invited: number;
  invitation: Text;
  informationSheet: Text;
  /** What people consent to before their answers are linked to their records; null: nothing is linked. */
  linkConsent: Text | null;
  optOut: Text;
  opens: Instant;
  closes: Instant;
  /** Until when whoever answered may still leave; nothing is deposited before. */
  leaveBy: Instant;
}

/** How many people show a characteristic among those who responded and among those who did not. */
export interface Comparison {
  characteristic: string;
  responders: number;
  nonResponders: number;
}

export interface Responses {
  responded: number;
  linkConsented: number;
  optedOut: number;
  left: number;
  compared: Comparison[];
}

export const COLLECTION_STATUSES = ['PLANNED', 'INVITING', 'CLOSED', 'REPORTED'] as const;
export type CollectionStatus = (typeof COLLECTION_STATUSES)[number];

export const ASKED_PROVENANCES = ['ADMINISTRATIVE', 'COLLECTED'] as const;
/** How data asked of a holder came about; published data is asked of nobody. */
export type AskedProvenance = (typeof ASKED_PROVENANCES)[number];

export interface CollectionEvents {
  CollectionPlanned: { collection: string; cycle: string } & CollectionPlan;
  CollectionBegun: { collection: string; boundary: string };
  ResponsesReported: { collection: string; person: PersonId } & Responses;
}

export interface CollectionCommands {
  PlanCollection: CollectionPlan;
  BeginCollection: { collection: string };
  ReportResponses: { collection: string } & Responses;
}

export interface Collection extends CollectionPlan {
  id: string;
  cycle: string;
  at: Instant;
  begun: { boundary: string; at: Instant } | null;
  responses: (Responses & { person: PersonId; at: Instant }) | null;
}

export interface CollectionState {
  collections: Collection[];
}
