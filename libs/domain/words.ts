// The field's words as closed lists: every status table and every rule is keyed by one of these.

export type Instant = string; // ISO 8601, UTC, milliseconds, 'Z': compares as text
export type ContentId = string; // sha256 (hex) of the signed bytes
export type Text = string; // commitment to free text kept apart: sha256 (hex) of salt and text
export type OrganisationId = string;
export type PersonId = string;

export const ROLES = [
  'projectLead',
  'researcher',
  'policyOfficial',
  'serviceManager',
  'businessAnalyst',
  'dataHolder',
  'dataCustodian',
  'informationRiskOwner',
  'dataProtectionOfficer',
  'ethicsReviewer',
  'layMember',
  'serviceProvider',
  'civilSociety',
  'linker',
  'outputChecker',
  'registrar',
  'signatory',
  'administrator',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];

export const PRACTITIONERS: readonly Role[] = [
  'policyOfficial',
  'serviceManager',
  'businessAnalyst',
  'serviceProvider',
  'civilSociety',
];

export const STAGES = ['question', 'dataRequest', 'analysis', 'reflection', 'refinement'] as const;
export type Stage = (typeof STAGES)[number];

export const STAGE_STATUSES = [
  'WAITING',
  'OPEN',
  'ASKED',
  'CHANGES_REQUESTED',
  'REJECTED',
  'LAPSED',
  'REOPENED',
  'SETTLED',
] as const;
/** WAITING: an earlier stage is not settled. ASKED: its checkpoint is out for sign-off. */
export type StageStatus = (typeof STAGE_STATUSES)[number];

export const CHECKPOINT_KINDS = [
  'AGREEMENT',
  'QUESTION',
  'LEGAL',
  'ETHICAL',
  'TRUST',
  'BENEFIT',
  'OUTPUT',
  'REFLECTION',
  'REFINEMENT',
] as const;
export type CheckpointKind = (typeof CHECKPOINT_KINDS)[number];

export const ROUND_STATUSES = [
  'OPEN',
  'SETTLED',
  'REJECTED',
  'CHANGES_REQUESTED',
  'LAPSED',
  'VOID',
  'WITHDRAWN',
] as const;
/** WITHDRAWN: the quorum once stood and has fallen by a withdrawal. VOID: its core was replaced. */
export type RoundStatus = (typeof ROUND_STATUSES)[number];

export const CHOICES = [
  'APPROVED',
  'APPROVED_WITH_CONDITIONS',
  'REJECTED',
  'CHANGES_REQUESTED',
  'ABSTAINED',
] as const;
/** A withdrawal is an event of its own; see DecisionWithdrawn. */
export type Choice = (typeof CHOICES)[number];

export const ASSURANCES = ['LINK', 'LINK_CODE', 'ACCOUNT', 'RECORDED'] as const;
export type Assurance = (typeof ASSURANCES)[number];

export const TIERS = ['AGGREGATE', 'DEIDENTIFIED', 'LINKED_DEIDENTIFIED'] as const;
export type Tier = (typeof TIERS)[number];

export const WITHDRAWAL_MODES = ['STOP', 'STOP_AND_DESTROY', 'UNLAWFUL'] as const;
export type WithdrawalMode = (typeof WITHDRAWAL_MODES)[number];

export const REFUSAL_REASONS = [
  'COST_EXCEEDS_BENEFIT',
  'HOLDER_TERMS_PROHIBIT',
  'FEAR_OF_MONITORING',
  'EXPOSURE_WITHOUT_CONTEXT',
  'BREACH_OF_CLIENT_TRUST',
  'PURPOSE_INCOMPATIBLE',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

export const CONDITION_KINDS = [
  'NO_BREAKDOWN_BY',
  'MIN_ORGANISATIONS',
  'SHOW_ONLY_WITH',
  'REVIEW_BEFORE_SHARING',
  'NO_USE_FOR',
  'EARLIER_EXPIRY',
] as const;
/** A condition only ever narrows reading or results; `value` is a field, a number, a text id or an instant. */
export interface Condition {
  kind: (typeof CONDITION_KINDS)[number];
  value: string;
}

export const INSIGHT_STATUSES = [
  'ACTIONABLE',
  'PARTLY_ACTIONABLE',
  'OUTSIDE_LOCAL_REMIT',
  'DEFERRED',
] as const;
export type InsightStatus = (typeof INSIGHT_STATUSES)[number];

export const NEXT_STEPS = ['NEXT_CYCLE', 'FURTHER_REQUEST', 'NEW_COLLECTION', 'ACTION', 'CLOSE'] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

export const RELEASE_STATUSES = [
  'PROPOSED',
  'SEALED',
  'PERMITTED',
  'CLOSED',
  'EXPIRED',
  'GIVEN_UP',
  'DESTROYED',
] as const;
export type ReleaseStatus = (typeof RELEASE_STATUSES)[number];

export const REQUEST_STATUSES = [
  'SENT',
  'GRANTED',
  'PARTLY_GRANTED',
  'REFUSED',
  'NOT_OBTAINED',
  'LAPSED',
  'WITHDRAWN',
] as const;
/** NOT_OBTAINED: declined without a stated reason; nobody states one for the holder (B30). */
export type RequestStatus = (typeof REQUEST_STATUSES)[number];

/** Why a deposit is opened: for its check, for its release, or, of what is published, to compare results with it. */
export const DEPOSIT_PURPOSES = ['check', 'materialise', 'compare'] as const;
export type DepositPurpose = (typeof DEPOSIT_PURPOSES)[number];

export const DEPOSIT_STATUSES = ['INVITED', 'RECEIVED', 'ACCEPTED', 'REFUSED', 'DESTROYED'] as const;
export type DepositStatus = (typeof DEPOSIT_STATUSES)[number];

export const RUN_OUTCOMES = ['COMPLETED', 'FAILED', 'STOPPED'] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

export const RESULT_STATUSES = [
  'RUNNING',
  'ENDED_WITHOUT_RESULT',
  'UNCHECKED',
  'CHECKED',
  'WITHHELD',
  'QUARANTINED',
  'FLAGGED',
] as const;
/** FLAGGED: checked, and its release was withdrawn afterwards. Only CHECKED and FLAGGED are shown beyond checkers. */
export type ResultStatus = (typeof RESULT_STATUSES)[number];

export const PROJECT_STATUSES = ['ACTIVE', 'SUSPENDED', 'CLOSED'] as const;
export type ProjectStatus = (typeof PROJECT_STATUSES)[number];

/** Who acts: a person (a command or a decision), or one of the engine's own processes. */
export type Actor =
  { person: PersonId } | { process: 'worker' | 'courier' | 'gate' } | { administrator: string };
