// What a mail may say, and what each kind of mail must be given before it can be written.
import type { Instant, MailPurpose } from '#libs/domain';
import type { CalendarFacts } from './calendar';

export interface MailAttachment {
  filename: string;
  contentType: string;
  content: string;
}

/** Everything a template can mention. People other than the addressee are never named, in a mail only organisations are. */
export interface MailFacts {
  addressee: string;
  /** Title of the project, or name of the programme. */
  project?: string;
  /** The id inside the stream: a checkpoint, request, deposit, release or cycle. */
  about?: string;
  askedAbout?: string;
  /** The organisation that asks. */
  askedBy?: string;
  deadline?: Instant;
  contentCode?: string;
  link?: string;
  linkLabel?: string;
  linkExpires?: Instant;
  /** The undated address of a receipt. */
  again?: string;
  /** The page that verifies receipts. */
  verifier?: string;
  oneTimeCode?: string;
  choice?: string;
  recordedAt?: Instant;
  /** `stream/version`. */
  position?: string;
  /** Which leaf of the transparency log, and under how large a signed head. */
  logPosition?: string;
  entryHash?: string;
  outcome?: string;
  /** How many answers are missing and from which organisations. */
  waitingFor?: string;
  isDeputy?: boolean;
  /** Whether a colleague is told from now on, or nobody any more. */
  hasDeputy?: boolean;
  isOverdue?: boolean;
  request?: string;
  report?: string;
  /** SHA-256 of a file that was handed over, in hex. */
  digest?: string;
  rows?: string;
  stage?: string;
  question?: string;
  withdrawn?: string;
  mode?: string;
  certificate?: string;
  /** What the certificate says, as names and values; and about copies. */
  proof?: readonly (readonly [string, string])[];
  copies?: string;
  /** The sign-offs a code covers, each with its project and content code. */
  listed?: string;
  /** When a delegation ends. */
  until?: Instant;
  effectiveAt?: Instant;
  meetingTitle?: string;
  startsAt?: Instant;
  minutes?: string;
  place?: string;
  decisionsNeeded?: string;
  reason?: string;
  /** What calendars are told; see calendar.ts. */
  calendar?: CalendarFacts;
  /** Root of the log's signed head, base64. */
  logRoot?: string;
  /** How many decisions were recorded in an organisation's name. */
  signOffs?: string;
  /** What waits for somebody, one thing a line: where, and what. */
  items?: [string, string][];
  /** What lapsed besides, alike. */
  lapsed?: [string, string][];
  /** What machines read: a receipt, a signed head. */
  attachments?: MailAttachment[];
}

type Fact = Exclude<keyof MailFacts, 'calendar' | 'attachments' | 'items' | 'lapsed'>;
const ROUND = ['project', 'askedAbout', 'contentCode'] as const satisfies Fact[];
const ASK = [...ROUND, 'askedBy', 'deadline', 'link', 'linkExpires'] as const satisfies Fact[];

const REQUEST = [
  'project',
  'about',
  'askedBy',
  'deadline',
  'contentCode',
  'link',
  'linkExpires',
] as const satisfies Fact[];
const DEPOSIT = ['project', 'about', 'request', 'link', 'linkExpires'] as const satisfies Fact[];
const MEETING = [
  'project',
  'about',
  'meetingTitle',
  'startsAt',
  'minutes',
  'place',
] as const satisfies Fact[];

/** A mail without one of these would be useless or misleading, so it is refused instead of sent. */
export const NEEDED: Record<MailPurpose, readonly Fact[]> = {
  SIGN_REQUEST: ASK,
  SIGN_REMINDER: ASK,
  SIGN_ESCALATION: [...ROUND, 'deadline', 'waitingFor'],
  SIGN_CODE: [...ROUND, 'oneTimeCode'],
  SIGN_RECEIPT: [
    ...ROUND,
    ...(['choice', 'recordedAt', 'position', 'logPosition', 'entryHash', 'again', 'verifier'] as const),
  ],
  FRESH_LINK: [...ROUND, 'link', 'linkLabel', 'linkExpires'],
  CONTENT_VOIDED: ROUND,
  COVER_CHANGED: [...ROUND, 'link', 'linkLabel', 'linkExpires'],
  ROUND_LAPSED: [...ROUND, 'deadline'],
  ROUND_OUTCOME: [...ROUND, 'outcome'],
  DISOWNED: [...ROUND, 'position'],
  DATA_REQUEST: REQUEST,
  DATA_REQUEST_REMINDER: REQUEST,
  DATA_REQUEST_LAPSED: ['project', 'about', 'deadline', 'contentCode'],
  DEPOSIT_INVITED: [...DEPOSIT, 'deadline'],
  DEPOSIT_REFUSED: [...DEPOSIT, 'report'],
  DEPOSIT_ACCEPTED: [...DEPOSIT, 'rows'],
  STAGE_OPEN: ['project', 'about', 'stage'],
  WITHDRAWAL_NOTICE: ['project', 'withdrawn', 'mode'],
  DESTRUCTION_CERTIFICATE: ['project', 'about', 'certificate'],
  EXPIRY_WARNING: ['project', 'about', 'deadline'],
  ADDRESS_CHANGED: ['effectiveAt'],
  ACCESS: ['link', 'linkExpires'],
  NEW_VERSION: ASK,
  DATA_REQUEST_NEW_VERSION: REQUEST,
  CLARIFICATION: ['project', 'about'],
  SUFFICIENCY_REVOKED: ['project', 'about', 'question'],
  ADVICE_SOUGHT: ['project', 'about'],
  INCIDENT: ['project', 'about', 'deadline'],
  INCIDENT_REMINDER: ['project', 'about', 'deadline'],
  COMMENT_INVITED: ['project', 'about', 'askedBy', 'deadline'],
  MEETING_INVITATION: MEETING,
  MEETING_MOVED: MEETING,
  MEETING_CANCELLED: [...MEETING, 'reason'],
  MEETING_PACK: [...MEETING, 'decisionsNeeded'],
  NOTES_TO_AGREE: ['project', 'about', 'askedBy'],
  LEGAL_CHECK_ASKED: ['project', 'about', 'askedBy'],
  ADDRESS_BOUNCED: ['waitingFor'],
  ADDRESS_CHANGE_NOTICE: ['effectiveAt', 'waitingFor'],
  DAILY_DIGEST: ['link', 'linkExpires'],
  GRANT_NOTICE: ['project', 'about', 'contentCode', 'outcome', 'link', 'linkExpires', 'again'],
  COUNTERSIGN_ASKED: [...ROUND, 'deadline', 'link', 'linkExpires'],
  COUNTERSIGN_CODE: [...ROUND, 'oneTimeCode'],
  COUNTERSIGN_RECEIPT: [...ROUND, 'recordedAt', 'position', 'entryHash'],
  LOG_HEAD: ['project', 'logPosition', 'logRoot', 'signOffs'],
  GATES_CLOSED: ['project', 'reason', 'recordedAt'],
  GATES_OPEN: ['project', 'reason'],
  ITEMS_CODE: ['oneTimeCode', 'listed'],
  DELEGATED: [...ASK, 'until'],
  DELEGATION_RECEIPT: [...ROUND, 'until', 'again'],
  DELEGATION_TAKEN_BACK: ROUND,
  ANSWER_CODE: ['project', 'about', 'contentCode', 'oneTimeCode'],
  DEPOSIT_CODE: ['project', 'about', 'request', 'oneTimeCode'],
  DEPOSIT_RECEIPT: [...DEPOSIT, 'digest', 'recordedAt', 'position', 'entryHash'],
  DEPUTY_RECEIPT: ['project', 'recordedAt', 'position', 'entryHash'],
  ANSWER_RECEIPT: ['project', 'about', 'contentCode', 'outcome', 'position', 'entryHash'],
};
