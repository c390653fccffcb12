// T15: what people without e-mail said by telephone, on paper or to somebody's face, and who wrote it down for them.
import type {
  Assurance,
  Choice,
  Condition,
  ContentId,
  Instant,
  OrganisationId,
  PersonId,
  Role,
  Text,
  WithdrawalMode,
} from '../words';

export const HEARD_BY = ['TELEPHONE', 'PAPER', 'IN_PERSON'] as const;
/** How the answer reached the person who records it. */
export type HeardBy = (typeof HEARD_BY)[number];

/** Stays with the answer for ever: whoever wrote it down, how they came by it, and the item of evidence that shows it. */
export interface WrittenDown {
  by: PersonId;
  how: HeardBy;
  /** An item of the register of evidence of the same stream. */
  evidence: string;
}

export interface Countersignature {
  by: PersonId;
  at: Instant;
  version: number;
}

/** In programme and project streams alike, beside the sign-off they belong to. */
export interface RecordedAnswerEvents {
  /** A colleague of the signer confirms a recorded approval; `roles`: the signer's own, now that it begins to count. */
  DecisionCountersigned: {
    checkpoint: string;
    round: number;
    /** Whose answer it is. */
    person: PersonId;
    by: PersonId;
    organisation: OrganisationId;
    roles: Role[];
    assurance: Assurance;
    signedAs: Text;
  };
}

export interface RecordedAnswerCommands {
  RecordAnswerOf: {
    checkpoint: string;
    round: number;
    person: PersonId;
    choice: Choice;
    core: ContentId;
    cover: ContentId;
    conditions: Condition[];
    reason: Text | null;
    dissent: Text | null;
    /** The name the person gave. */
    signedAs: Text;
    how: HeardBy;
    evidence: string;
  };
  RecordWithdrawalOf: {
    checkpoint: string;
    round: number;
    person: PersonId;
    mode: WithdrawalMode;
    atOnce: boolean;
    reason: Text | null;
    signedAs: Text;
    how: HeardBy;
    evidence: string;
  };
  CountersignDecision: {
    checkpoint: string;
    round: number;
    person: PersonId;
    assurance: Assurance;
    signedAs: Text;
  };
}

/** In projects alone: a holder without e-mail takes a grant back. */
export interface RecordedGrantCommands {
  RecordGrantWithdrawalOf: {
    request: string;
    person: PersonId;
    mode: WithdrawalMode;
    atOnce: boolean;
    reason: Text | null;
    how: HeardBy;
    evidence: string;
  };
}
