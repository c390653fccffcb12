// What is recorded about policy questions: the chain of their versions, and whether the data suffices (B13, B18).
import type { Instant, PersonId, Text } from '../words';

export const QUESTION_AIMS = ['BROAD', 'TIGHT'] as const;
/** BROAD: an aim to be narrowed step by step. TIGHT: asked with the policy options it assumes. */
export type QuestionAim = (typeof QUESTION_AIMS)[number];

export const QUESTION_CHANGES = ['NARROWS', 'WIDENS', 'REWORDS'] as const;

/** What a version changes of an earlier one, and why: the visible chain. */
export interface QuestionChange {
  /** The version it was made from, of this cycle or an earlier one. */
  from: string;
  kind: (typeof QUESTION_CHANGES)[number];
  what: Text;
  because: Text;
  /** Ids of this project it rests on: insights, pieces of evidence, earlier questions. */
  cites: string[];
}

export interface QuestionForm {
  aim: QuestionAim;
  /** The policy options a tight question assumes; none for a broad one. */
  options: Text[];
  /** Null for the first question of a project, which changes none. */
  change: QuestionChange | null;
}

/** A judgement that the data thought sufficient is so no longer, for example after an evidence assessment. */
export interface Revocation {
  id: string;
  question: string;
  because: Text;
  cites: string[];
  person: PersonId;
  at: Instant;
  version: number;
}

export interface QuestionEvents {
  SufficiencyRevoked: { revocation: string; question: string; because: Text; cites: string[] };
}

export interface QuestionCommands {
  /** At once and by one person; sufficiency comes back only with a newly signed version of the question. */
  RevokeSufficiency: { because: Text; cites: string[] };
}

export interface QuestionState {
  revocations: Revocation[];
}

export const SUFFICIENCIES = ['NOT_GRANTED', 'GRANTED', 'REVOKED'] as const;
export type SufficiencyStatus = (typeof SUFFICIENCIES)[number];
