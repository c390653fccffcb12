// The check of a result: findings a person decides on, exceptions by two people, and a holder's comment before sharing (B27).
import type { Instant, OrganisationId, PersonId, Text } from '../words';

/** How long a holder that asked for `REVIEW_BEFORE_SHARING` may comment before a finding is published on the result. */
export const REVIEW_WORKING_DAYS = 10;

/** What a rule found in one table of a result, for the rule as a whole and never cell by cell: names, no numbers. */
export interface OutputFinding {
  /** `f1`, `f2`, … within the result. */
  id: string;
  rule: string;
  table: string;
  /** `review`: a person decides, with a written reason. `fail`: what failed is not in the result. */
  verdict: 'review' | 'fail';
}

/** What computed a result: the method’s version, and the SHA-256 (hex) of the code of all methods with what it runs on. */
export interface ComputedBy {
  version: string;
  digest: string;
}

/** Why a checker lets stand what a rule left to a person. */
export interface FindingDecided {
  finding: string;
  reason: Text;
}

/** From its granting on, the same run made again shows what this rule kept back in this table, and is checked anew. */
export interface OutputException {
  id: string;
  analysis: string;
  finding: string;
  rule: string;
  table: string;
  person: PersonId;
  reason: Text;
  at: Instant;
  granted: { person: PersonId; reason: Text; at: Instant } | null;
}

export interface OutputComment {
  id: string;
  analysis: string;
  person: PersonId;
  organisation: OrganisationId;
  text: Text;
  at: Instant;
}

export interface OutputCheckEvents {
  ExceptionProposed: {
    exception: string;
    analysis: string;
    finding: string;
    rule: string;
    table: string;
    person: PersonId;
    reason: Text;
    assurance: 'ACCOUNT';
  };
  ExceptionGranted: { exception: string; person: PersonId; reason: Text; assurance: 'ACCOUNT' };
  OutputCommented: {
    comment: string;
    analysis: string;
    person: PersonId;
    organisation: OrganisationId;
    text: Text;
    assurance: 'ACCOUNT';
  };
}

export interface OutputCheckCommands {
  ProposeException: { analysis: string; finding: string; reason: Text; assurance: 'ACCOUNT' };
  GrantException: { exception: string; reason: Text; assurance: 'ACCOUNT' };
  CommentOnOutput: { analysis: string; text: Text; assurance: 'ACCOUNT' };
}

export interface OutputCheckState {
  exceptions: OutputException[];
  outputComments: OutputComment[];
}
