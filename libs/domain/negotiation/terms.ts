// Words, events, commands and state of asking a holder and of declining: clarifications, asks per field, refusals, suppositions.
import type { Assurance, Instant, OrganisationId, PersonId, RefusalReason, Text } from '../words';

/** How finely something is asked for (B26), from fine to coarse. */
export const GRANULARITIES = [
  'INDIVIDUAL',
  'HOUSEHOLD',
  'SMALL_AREA',
  'ORGANISATION',
  'LOCAL_AUTHORITY',
] as const;
export type GranularityLevel = (typeof GRANULARITIES)[number];

/** Small areas are redrawn from census to census, so they are named with their vintage, such as "2011". */
export interface Granularity {
  level: GranularityLevel;
  vintage: string | null;
}

/** Days (`2012-04-01`), both included. */
export interface ClosedPeriod {
  from: string;
  to: string;
}

/** One field of an ask or of a grant; no period: the source's whole one. */
export interface FieldTerms {
  field: string;
  period: ClosedPeriod | null;
  granularity: Granularity;
}

/** A field the holder keeps back from a grant: its reason, if it states one, and in its own words. */
export interface Withheld {
  field: string;
  reason: RefusalReason | null;
  because: Text | null;
}

/** Where a reason comes from, apart from the reason itself. */
export const REASON_ORIGINS = [
  'OWN_ASSESSMENT',
  'GOVERNANCE_TERMS',
  'LAW',
  'CONTRACT',
  'PROMISE_TO_CLIENTS',
] as const;
export type ReasonOrigin = (typeof REASON_ORIGINS)[number];

export interface ReasonSource {
  reason: RefusalReason;
  from: ReasonOrigin;
  /** Clause, board minute, promise; null if the holder does not say. */
  where: Text | null;
}

/** What may make a reuse compatible after all (B33). */
export const ALTERNATIVES = ['RENEWED_CONSENT', 'RESEARCH_PURPOSE', 'NARROWER_ASK'] as const;
export type AlternativeKind = (typeof ALTERNATIVES)[number];

export interface Alternative {
  alternative: AlternativeKind;
  whyNot: Text;
}

/** What an answer to a request says besides its terms; every part may be missing. */
export interface AnswerWords {
  /** Where each stated reason comes from. */
  sources?: ReasonSource[];
  /** B29: with HOLDER_TERMS_PROHIBIT, whether the same terms leave aggregates possible. */
  aggregatePossible?: boolean;
  alternatives?: Alternative[];
  /** T5: the one neutral person who reads the reason; nobody else does, and no export carries it. */
  confidant?: PersonId;
  /** Given by link: the name that was typed. */
  signedAs?: Text;
}

/** What makes a request an answer to a refusal, and who may be asked at all (B28, T5). */
export interface AskWords {
  /** The refused request that this smaller ask, or offer of help, answers. */
  answers?: string;
  /** Help with the extraction. */
  help?: Text;
}

export interface Addressees {
  /** People of the holder who are asked; all its data holders where this is missing. */
  asked?: PersonId[];
  /** People who declined an earlier version: told of this one, and asked only if they wish. */
  told?: PersonId[];
}

export const CLARIFICATION_TOPICS = [
  'LEGITIMACY',
  'PURPOSE',
  'FIELDS',
  'PERIOD',
  'GRANULARITY',
  'METHODS',
  'COST',
  'OTHER',
] as const;
export type ClarificationTopic = (typeof CLARIFICATION_TOPICS)[number];
export const SIDES = ['ASKER', 'HOLDER'] as const;
export type NegotiationSide = (typeof SIDES)[number];
export const CLARIFICATION_STATUSES = ['ASKED', 'ANSWERED', 'SETTLED'] as const;
/** ASKED: the other side's move. ANSWERED: the side that asked says whether that settles it. */
export type ClarificationStatus = (typeof CLARIFICATION_STATUSES)[number];

export interface NegotiationEvents {
  ClarificationAsked: {
    clarification: string;
    request: string;
    person: PersonId;
    side: NegotiationSide;
    topic: ClarificationTopic;
    text: Text;
  };
  ClarificationAnswered: { clarification: string; person: PersonId; side: NegotiationSide; text: Text };
  ClarificationSettled: { clarification: string; person: PersonId };
  AlternativeConsidered: {
    request: string;
    person: PersonId;
    side: NegotiationSide;
    alternative: AlternativeKind;
    whyNot: Text;
  };
  /** B30: what somebody of the core team supposes; never the holder's reason. */
  SuppositionRecorded: {
    supposition: string;
    request: string;
    person: PersonId;
    motive: RefusalReason | null;
    text: Text;
  };
  SuppositionReplied: {
    supposition: string;
    request: string;
    person: PersonId;
    text: Text;
    assurance: Assurance;
  };
  /** Somebody who declined wishes to be asked about the next version; `about` is a request or a checkpoint. */
  AskingWished: { about: string; person: PersonId; assurance: Assurance };
}

export interface NegotiationCommands {
  AskClarification: { request: string; topic: ClarificationTopic; text: Text };
  AnswerClarification: { clarification: string; text: Text };
  SettleClarification: { clarification: string };
  ConsiderAlternative: { request: string; alternative: AlternativeKind; whyNot: Text };
  SupposeMotive: { request: string; motive: RefusalReason | null; text: Text };
  ReplyToSupposition: { supposition: string; text: Text; assurance: Assurance };
  WishToBeAsked: { about: string; assurance: Assurance };
}

export interface Clarification {
  id: string;
  request: string;
  person: PersonId;
  side: NegotiationSide;
  topic: ClarificationTopic;
  text: Text;
  at: Instant;
  answers: { person: PersonId; side: NegotiationSide; text: Text; at: Instant }[];
  settledAt: Instant | null;
}

export interface Supposition {
  id: string;
  request: string;
  person: PersonId;
  motive: RefusalReason | null;
  text: Text;
  at: Instant;
  replies: { person: PersonId; text: Text; at: Instant }[];
}

export interface NegotiationState {
  clarifications: Clarification[];
  suppositions: Supposition[];
  alternatives: (Alternative & { request: string; person: PersonId; side: NegotiationSide; at: Instant })[];
  wishes: { about: string; person: PersonId; at: Instant }[];
}

/** T5: milliseconds after a person's refusal before they are told of a new version, and how often after it at most. */
export interface Reasking {
  coolingOff: number;
  cap: number;
}

/** A refusal register's row as an audience may see it (T6). */
export interface RegisterRow {
  request: string;
  holder: OrganisationId;
  outcome: 'REFUSED' | 'NOT_OBTAINED' | 'PARTLY_GRANTED';
  /** NOT_OBTAINED by an answer without a reason, or by silence. */
  isSilence: boolean;
  reasons: RefusalReason[];
  withheld: Withheld[];
  isConfidential: boolean;
}
