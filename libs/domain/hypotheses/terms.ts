// Abduction: hypotheses with every version kept, their rivals, what tested them, and what became of them (B15).
import type { Instant, OrganisationId, PersonId, Text } from '../words';

export const HYPOTHESIS_STATUSES = [
  'PROPOSED',
  'REVISED',
  'TESTED',
  'UNTESTABLE',
  'KEPT',
  'DROPPED',
] as const;
/** Of its present version. UNTESTABLE: so recorded with a reason, and its holder has answered. */
export type HypothesisStatus = (typeof HYPOTHESIS_STATUSES)[number];

export const FATES = ['KEPT', 'DROPPED'] as const;
export type Fate = (typeof FATES)[number];

export const STANCES = ['DISSENTS', 'ACCEPTS'] as const;
export type Stance = (typeof STANCES)[number];

/** The version of a hypothesis that a run tests. */
export interface Tested {
  hypothesis: string;
  version: number;
}

export interface HypothesesEvents {
  HypothesisProposed: {
    hypothesis: string;
    cycle: string | null;
    person: PersonId;
    organisation: OrganisationId;
    statement: Text;
    reason: Text;
    rivals: string[];
  };
  HypothesisRevised: {
    hypothesis: string;
    version: number;
    person: PersonId;
    statement: Text;
    reason: Text;
  };
  RivalsDeclared: { hypothesis: string; rival: string; person: PersonId; reason: Text };
  HypothesisDiscussed: { hypothesis: string; version: number; person: PersonId; text: Text };
  HypothesisDecided: { hypothesis: string; version: number; person: PersonId; fate: Fate; reason: Text };
  HypothesisFoundUntestable: { hypothesis: string; version: number; person: PersonId; reason: Text };
  UntestableAnswered: { hypothesis: string; version: number; person: PersonId; stance: Stance; text: Text };
}

export interface HypothesesCommands {
  ProposeHypothesis: { statement: Text; reason: Text; rivals: string[] };
  /** By its holder: whoever thinks otherwise proposes a rival. */
  ReviseHypothesis: { hypothesis: string; statement: Text; reason: Text };
  DeclareRivals: { hypothesis: string; rival: string; reason: Text };
  DiscussHypothesis: { hypothesis: string; text: Text };
  DecideHypothesis: { hypothesis: string; fate: Fate; reason: Text };
  FindUntestable: { hypothesis: string; reason: Text };
  /** Its holder's own word on being called untestable. */
  AnswerUntestable: { hypothesis: string; stance: Stance; text: Text };
}

export interface Hypothesis {
  id: string;
  cycle: string | null;
  /** Who proposed it, and for which organisation. */
  holder: PersonId;
  organisation: OrganisationId;
  /** In order; the last is the present one. */
  versions: { version: number; person: PersonId; statement: Text; reason: Text; at: Instant }[];
  rivals: { rival: string; person: PersonId; reason: Text | null; at: Instant }[];
  discussion: { version: number; person: PersonId; text: Text; at: Instant }[];
  decisions: { version: number; person: PersonId; fate: Fate; reason: Text; at: Instant }[];
  untestable: {
    version: number;
    person: PersonId;
    reason: Text;
    at: Instant;
    answer: { person: PersonId; stance: Stance; text: Text; at: Instant } | null;
  }[];
}

export interface HypothesesState {
  hypotheses: Hypothesis[];
}
