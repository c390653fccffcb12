// Publication: a comment period for partners, dissent beside what is published, and why a finding was not (B56).
import type { Instant, OrganisationId, PersonId, Text } from '../words';

/** How long partners may comment on facts and confidentiality. */
export const COMMENT_WORKING_DAYS = 20;

export const COMMENT_SUBJECTS = ['FACTS', 'CONFIDENTIALITY'] as const;
export type CommentSubject = (typeof COMMENT_SUBJECTS)[number];

export const PUBLICATION_STATUSES = [
  'COMMENTING',
  'ANSWERING',
  'READY',
  'PUBLISHED',
  'REPLACED',
  'WITHHELD',
] as const;
/** ANSWERING: the period is over and comments wait for an answer. READY: only a person's command is missing. */
export type PublicationStatus = (typeof PUBLICATION_STATUSES)[number];

export interface PublicationEvents {
  ContactNamed: { person: PersonId; contact: Text };
  PublicationProposed: {
    publication: string;
    insight: string;
    summary: number;
    person: PersonId;
    commentsUntil: Instant;
  };
  PublicationCommented: {
    comment: string;
    publication: string;
    person: PersonId;
    organisation: OrganisationId;
    about: CommentSubject;
    text: Text;
  };
  CommentAnswered: { publication: string; comment: string; person: PersonId; text: Text };
  PublicationDissented: {
    publication: string;
    person: PersonId;
    organisation: OrganisationId;
    text: Text;
  };
  FindingPublished: { publication: string; person: PersonId };
  FindingWithheld: { insight: string; person: PersonId; reason: Text };
}

export interface PublicationCommands {
  NameContact: { contact: Text };
  ProposePublication: { insight: string };
  CommentOnPublication: { publication: string; about: CommentSubject; text: Text };
  AnswerComment: { publication: string; comment: string; text: Text };
  DissentFromPublication: { publication: string; text: Text };
  /** A person's command; the end of the comment period only lets it through. */
  PublishFinding: { publication: string };
  WithholdFinding: { insight: string; reason: Text };
}

export interface Publication {
  id: string;
  insight: string;
  summary: number;
  person: PersonId;
  at: Instant;
  commentsUntil: Instant;
  comments: {
    id: string;
    person: PersonId;
    organisation: OrganisationId;
    about: CommentSubject;
    text: Text;
    at: Instant;
    answer: { person: PersonId; text: Text; at: Instant } | null;
  }[];
  dissents: { person: PersonId; organisation: OrganisationId; text: Text; at: Instant }[];
  published: { person: PersonId; at: Instant } | null;
}

export interface PublicationState {
  contact: Text | null;
  publications: Record<string, Publication>;
  withheldFindings: { insight: string; person: PersonId; reason: Text; at: Instant }[];
}
