// What a command makes the engine do outside the ledger: mails to people, a wake for the workflows. Identifiers only (T12).
import type { PersonId } from './words';

export const MAIL_PURPOSES = [
  'SIGN_REQUEST',
  'SIGN_REMINDER',
  'SIGN_ESCALATION',
  'SIGN_CODE',
  'SIGN_RECEIPT',
  'FRESH_LINK',
  'CONTENT_VOIDED',
  'COVER_CHANGED',
  'ROUND_LAPSED',
  'ROUND_OUTCOME',
  'DISOWNED',
  'DATA_REQUEST',
  'DATA_REQUEST_REMINDER',
  'DEPOSIT_INVITED',
  'DEPOSIT_REFUSED',
  'DEPOSIT_ACCEPTED',
  'STAGE_OPEN',
  'WITHDRAWAL_NOTICE',
  'DESTRUCTION_CERTIFICATE',
  'EXPIRY_WARNING',
  'ADDRESS_CHANGED',
  'ACCESS',
  'NEW_VERSION',
  'DATA_REQUEST_NEW_VERSION',
  'CLARIFICATION',
  'SUFFICIENCY_REVOKED',
  'ADVICE_SOUGHT',
  'INCIDENT',
  'COMMENT_INVITED',
  'MEETING_INVITATION',
  'MEETING_MOVED',
  'MEETING_CANCELLED',
  'MEETING_PACK',
  'NOTES_TO_AGREE',
  'LEGAL_CHECK_ASKED',
  'ADDRESS_BOUNCED',
  'COUNTERSIGN_ASKED',
  'ADDRESS_CHANGE_NOTICE',
  'DAILY_DIGEST',
  'LOG_HEAD',
  'ITEMS_CODE',
  'DELEGATED',
  'DELEGATION_RECEIPT',
  'DELEGATION_TAKEN_BACK',
  'ANSWER_CODE',
  'ANSWER_RECEIPT',
  'COUNTERSIGN_CODE',
  'COUNTERSIGN_RECEIPT',
  'DEPOSIT_CODE',
  'DEPOSIT_RECEIPT',
  'GRANT_NOTICE',
  'INCIDENT_REMINDER',
  'DATA_REQUEST_LAPSED',
  'DEPUTY_RECEIPT',
  'GATES_CLOSED',
  'GATES_OPEN',
] as const;
export type MailPurpose = (typeof MAIL_PURPOSES)[number];

/** One mail to one person about one thing; `about` is an id inside the stream (checkpoint, request, deposit, release, cycle). */
export interface MailOrder {
  purpose: MailPurpose;
  person: PersonId;
  about: string;
  round: number;
  /** Distinguishes repeats: the second reminder has count 2. */
  count: number;
  /** The sign-offs that one code is for, in whichever streams they are asked (B57). */
  items?: { stream: string; checkpoint: string; round: number }[];
}
