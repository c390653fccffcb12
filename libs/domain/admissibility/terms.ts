// What may be used for what: the matrix per field × use × period × subpopulation, its judgements, challenges and caveats.
import type { Instant, OrganisationId, PersonId, Text } from '../words';

export const ADMISSIBILITIES = [
  'PENDING',
  'ADMISSIBLE',
  'ADMISSIBLE_WITH_CAVEAT',
  'CONTESTED',
  'INADMISSIBLE',
] as const;
export type Admissibility = (typeof ADMISSIBILITIES)[number];

/** What an analysis does with a field. */
export const USES = [
  'DESCRIPTION',
  'COMPARISON',
  'TREND',
  'EXTRAPOLATION',
  'MATCHING',
  'CLUSTERING',
  'PREDICTION',
  'EQUALITY_CHECK',
] as const;
export type Use = (typeof USES)[number];

/** On what ground a field was judged; an exclusion is lifted only on the ground it was made on (B41). */
export const GROUNDS = [
  'ACCURACY',
  'COMPLETENESS',
  'BIAS',
  'CARE',
  'VALIDITY',
  'LEGAL',
  'ETHICAL',
  'PUBLIC_REACTION',
] as const;
export type Ground = (typeof GROUNDS)[number];

export const CHALLENGE_KINDS = [
  'MISSING_OBSERVATIONS',
  'HUMAN_ERROR',
  'BIAS_OF_COLLECTION',
  'CARE_DOUBTED',
  'BROKEN_SERIES',
] as const;
export type ChallengeKind = (typeof CHALLENGE_KINDS)[number];

export type Day = string; // ISO 8601 calendar date, YYYY-MM-DD: compares as text

/** Both ends belong to it; null is open. */
export interface Period {
  from: Day | null;
  to: Day | null;
}

/** The people whose `field` holds one of `values`; said so, whether two subpopulations overlap can be known. */
export interface Subpopulation {
  field: string;
  values: string[];
}

/** One place in the matrix. Without a subpopulation it speaks of everybody. */
export interface Place {
  source: string;
  field: string;
  uses: Use[];
  period: Period;
  subpopulation: Subpopulation | null;
}

/** B38: the day from which the series means something else, and why. */
export interface SeriesBreak {
  at: Day;
  cause: Text;
}

/** What an analysis says it will do; what it leaves out is taken as everything. */
export interface Intention {
  fields?: string[];
  use?: Use;
  /** `by`: the field that tells which rows lie in it; only they are read. Without one all are, and it narrows nothing. */
  window?: Period & { by?: string };
  subpopulation?: Subpopulation;
}

/** What travels with every result that used the field, as it stood when the run was registered. */
export interface Caveat {
  place: string;
  source: string;
  field: string;
  status: Admissibility;
  text: Text | null;
  seriesBreak: SeriesBreak | null;
  /** Challenges nobody has answered yet. */
  challenges: string[];
  knowledge: string[];
}

export const KNOWLEDGE_KINDS = ['FILLS_GAP', 'CORRECTS_RECORD'] as const;
export type KnowledgeKind = (typeof KNOWLEDGE_KINDS)[number];
export const ACCURACIES = ['THOUGHT_ACCURATE', 'DOUBTED', 'NOT_KNOWN'] as const;
export type Accuracy = (typeof ACCURACIES)[number];
export const WORTHS = ['VALUED_MORE', 'VALUED_LESS', 'NOT_KNOWN'] as const;
export type Worth = (typeof WORTHS)[number];
export const REACTIONS = ['EXPECTATION', 'RESERVATION'] as const;
export type Reaction = (typeof REACTIONS)[number];
export const REACTION_STANDINGS = ['EVIDENCED', 'ANTICIPATED'] as const;
export type ReactionStanding = (typeof REACTION_STANDINGS)[number];

interface Judged {
  status: Admissibility;
  ground: Ground;
  reason: Text;
  caveat: Text | null;
  seriesBreak: SeriesBreak | null;
  /** The open challenges this judgement answers. */
  answers: string[];
  /** Local knowledge it rests on (B40). */
  knowledge: string[];
}

export interface AdmissibilityEvents {
  AdmissibilityOpened: Place & { place: string };
  AdmissibilityJudged: Judged & { place: string; person: PersonId; organisation: OrganisationId };
  ChallengeRaised: {
    challenge: string;
    place: string;
    person: PersonId;
    organisation: OrganisationId;
    kind: ChallengeKind;
    claim: Text;
    evidence: Text;
    /** The finding it is raised against, if it is raised against one. */
    against: string | null;
  };
  LocalKnowledgeAdded: {
    knowledge: string;
    place: string;
    person: PersonId;
    organisation: OrganisationId;
    kind: KnowledgeKind;
    text: Text;
  };
  FieldRated: {
    source: string;
    field: string;
    person: PersonId;
    organisation: OrganisationId;
    accuracy: Accuracy;
    worth: Worth;
    reason: Text;
  };
  PublicReactionRecorded: {
    consideration: string;
    person: PersonId;
    reaction: Reaction;
    standing: ReactionStanding;
    text: Text;
    evidence: Text | null;
  };
}

export interface AdmissibilityCommands {
  OpenAdmissibility: Place;
  JudgeAdmissibility: Judged & { place: string };
  RaiseChallenge: {
    place: string;
    kind: ChallengeKind;
    claim: Text;
    evidence: Text;
    against: string | null;
  };
  AddLocalKnowledge: { place: string; kind: KnowledgeKind; text: Text };
  RateField: { source: string; field: string; accuracy: Accuracy; worth: Worth; reason: Text };
  RecordPublicReaction: {
    reaction: Reaction;
    standing: ReactionStanding;
    text: Text;
    evidence: Text | null;
  };
}

export interface Judgement extends Judged {
  person: PersonId;
  organisation: OrganisationId;
  at: Instant;
}

export interface Challenge {
  id: string;
  person: PersonId;
  organisation: OrganisationId;
  kind: ChallengeKind;
  claim: Text;
  evidence: Text;
  against: string | null;
  at: Instant;
}

export interface LocalKnowledge {
  id: string;
  person: PersonId;
  organisation: OrganisationId;
  kind: KnowledgeKind;
  text: Text;
  at: Instant;
}

/** A place of the matrix with everything said about it, in order; nothing is overwritten. */
export interface MatrixEntry extends Place {
  id: string;
  status: Admissibility;
  judgements: Judgement[];
  challenges: Challenge[];
  knowledge: LocalKnowledge[];
  at: Instant;
}

export interface FieldRating {
  source: string;
  field: string;
  person: PersonId;
  organisation: OrganisationId;
  accuracy: Accuracy;
  worth: Worth;
  reason: Text;
  at: Instant;
}

export interface Consideration {
  id: string;
  person: PersonId;
  reaction: Reaction;
  standing: ReactionStanding;
  text: Text;
  evidence: Text | null;
  at: Instant;
}

export interface AdmissibilityState {
  matrix: Record<string, MatrixEntry>;
  ratings: FieldRating[];
  considerations: Consideration[];
}
