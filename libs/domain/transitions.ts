// Every change of status there can be, with what causes it: total tables, from which the diagrams are drawn.
import type { Admissibility } from './admissibility/terms';
import type { ActionStatus } from './actions/terms';
import type { HypothesisStatus } from './hypotheses/terms';
import type { PublicationStatus } from './publication/terms';
import type { CollectionStatus } from './collection/terms';
import type { IncidentStatus } from './legal/terms';
import type { ClarificationStatus } from './negotiation/terms';
import type {
  InsightStatus,
  ProjectStatus,
  ReleaseStatus,
  RequestStatus,
  ResultStatus,
  RoundStatus,
  StageStatus,
} from './words';
import type { SufficiencyStatus } from './questions/terms';
import type { ImportStatus } from './published/terms';
import type { Tempo } from './tempo/terms';

/** For each status, the statuses it can change to and the cause in words. */
export type Transitions<S extends string> = Record<S, Partial<Record<S, string>>>;

const REPLACED = 'a new core replaces it';

export const ROUND_TRANSITIONS: Transitions<RoundStatus> = {
  OPEN: {
    SETTLED: 'the quorum is complete',
    REJECTED: 'too many said no',
    CHANGES_REQUESTED: 'the quorum fails for want of changes',
    LAPSED: 'the deadline passed in silence',
    VOID: REPLACED,
  },
  SETTLED: {
    WITHDRAWN: 'a signer withdraws and the quorum falls',
    OPEN: 'before the permit: a signer leaves or withdraws (TRUST, BENEFIT)',
    REJECTED: 'before the permit: a signer leaves after another said no',
    VOID: 'before the permit: a new core replaces it',
  },
  REJECTED: { OPEN: 'who said no withdraws that', VOID: REPLACED },
  CHANGES_REQUESTED: {
    OPEN: 'who asked for changes withdraws that',
    REJECTED: 'who asked for changes withdraws that, another said no',
    VOID: REPLACED,
  },
  LAPSED: {},
  VOID: {},
  WITHDRAWN: { SETTLED: 'signed again (QUESTION, OUTPUT, REFLECTION, REFINEMENT)' },
};

export const STAGE_TRANSITIONS: Transitions<StageStatus> = {
  WAITING: {
    OPEN: 'the stages before it are settled',
    SETTLED: 'an earlier stage is settled again',
    REOPENED: 'an earlier stage is settled again',
  },
  OPEN: {
    ASKED: 'put up for sign-off',
    SETTLED: 'its own conditions are met',
    WAITING: 'an earlier stage is reopened',
  },
  ASKED: {
    SETTLED: 'signed',
    CHANGES_REQUESTED: 'comes back with changes',
    REJECTED: 'rejected',
    LAPSED: 'nobody completed it in time',
  },
  CHANGES_REQUESTED: {
    ASKED: 'proposed again',
    REOPENED: 'proposed again',
    SETTLED: 'the amendment is rejected',
  },
  REJECTED: { ASKED: 'proposed again' },
  LAPSED: { ASKED: 'proposed again', REOPENED: 'proposed again' },
  REOPENED: {
    SETTLED: 'signed or settled again, or the amendment rejected',
    ASKED: 'proposed again',
    LAPSED: 'the amendment lapsed',
    CHANGES_REQUESTED: 'the amendment comes back with changes',
    WAITING: 'an earlier stage is reopened',
  },
  SETTLED: {
    REOPENED: 'amended, reopened, or a signer withdraws',
    OPEN: 'after an objection, a release is proposed anew',
    WAITING: 'an earlier stage is reopened',
  },
};

export const RELEASE_TRANSITIONS: Transitions<ReleaseStatus> = {
  PROPOSED: {
    SEALED: 'materialised and sealed',
    GIVEN_UP: 'the lead gives it up',
    CLOSED: 'a withdrawal',
    EXPIRED: 'its expiry',
  },
  SEALED: {
    PERMITTED: 'the gate gives the permit',
    GIVEN_UP: 'the lead gives it up',
    CLOSED: 'a withdrawal',
    EXPIRED: 'its expiry',
  },
  PERMITTED: { CLOSED: 'a withdrawal', EXPIRED: 'its expiry' },
  CLOSED: { DESTROYED: 'data and keys destroyed' },
  EXPIRED: { CLOSED: 'a withdrawal', DESTROYED: 'data and keys destroyed' },
  GIVEN_UP: { DESTROYED: 'data and keys destroyed' },
  DESTROYED: {},
};

export const REQUEST_TRANSITIONS: Transitions<RequestStatus> = {
  SENT: {
    GRANTED: 'granted as asked',
    PARTLY_GRANTED: 'less granted than asked',
    REFUSED: 'refused with reasons',
    NOT_OBTAINED: 'declined without a stated reason',
    LAPSED: 'no answer by the deadline',
  },
  GRANTED: { WITHDRAWN: 'the holder withdraws' },
  PARTLY_GRANTED: { WITHDRAWN: 'the holder withdraws' },
  REFUSED: {},
  NOT_OBTAINED: {},
  LAPSED: {},
  WITHDRAWN: {},
};

export const RESULT_TRANSITIONS: Transitions<ResultStatus> = {
  RUNNING: {
    UNCHECKED: 'the run completed',
    ENDED_WITHOUT_RESULT: 'the run failed or was stopped',
    QUARANTINED: 'ended as its release closed',
  },
  ENDED_WITHOUT_RESULT: {},
  UNCHECKED: {
    CHECKED: 'a checker approves',
    WITHHELD: 'a checker withholds it',
    QUARANTINED: 'its release is withdrawn',
  },
  CHECKED: { QUARANTINED: 'the checker withdraws, or UNLAWFUL', FLAGGED: 'its release is withdrawn' },
  FLAGGED: { QUARANTINED: 'the checker withdraws, or UNLAWFUL' },
  WITHHELD: {},
  QUARANTINED: { CHECKED: 'a checker approves again', FLAGGED: 'a checker approves again' },
};

export const PROJECT_TRANSITIONS: Transitions<ProjectStatus> = {
  ACTIVE: { SUSPENDED: 'suspended', CLOSED: 'closed' },
  SUSPENDED: { ACTIVE: 'resumed', CLOSED: 'closed' },
  CLOSED: {},
};

export const ADMISSIBILITY_TRANSITIONS: Transitions<Admissibility> = {
  PENDING: {
    ADMISSIBLE: 'found sound by those who know the records',
    ADMISSIBLE_WITH_CAVEAT: 'usable, and every reader is told how far',
    CONTESTED: 'challenged, or judged so',
    INADMISSIBLE: 'excluded on a ground',
  },
  ADMISSIBLE: {
    ADMISSIBLE_WITH_CAVEAT: 'a caveat is attached',
    CONTESTED: 'challenged, or judged so',
    INADMISSIBLE: 'excluded on a ground',
  },
  ADMISSIBLE_WITH_CAVEAT: {
    ADMISSIBLE: 'the caveat is lifted by those who know the records',
    CONTESTED: 'challenged, or judged so',
    INADMISSIBLE: 'excluded on a ground',
  },
  CONTESTED: {
    ADMISSIBLE: 'every challenge is answered',
    ADMISSIBLE_WITH_CAVEAT: 'every challenge is answered, a caveat stays',
    INADMISSIBLE: 'excluded on a ground',
  },
  INADMISSIBLE: {
    ADMISSIBLE_WITH_CAVEAT: 'local knowledge fills the gap or corrects the record',
    CONTESTED: 'the exclusion itself is contested',
  },
};

const DROP = 'dropped with a reason';
const REVISE = 'its holder revises it';
const TRY = 'a result that tests it is checked';
const ANSWERED = 'recorded as untestable, and its holder answered';

export const HYPOTHESIS_TRANSITIONS: Transitions<HypothesisStatus> = {
  PROPOSED: { TESTED: TRY, UNTESTABLE: ANSWERED, REVISED: REVISE, DROPPED: DROP },
  REVISED: { TESTED: TRY, UNTESTABLE: ANSWERED, DROPPED: DROP },
  TESTED: {
    KEPT: 'kept with a reason',
    DROPPED: DROP,
    REVISED: `${REVISE}, or its result is quarantined`,
    PROPOSED: 'its result is quarantined',
    UNTESTABLE: 'its result is quarantined',
  },
  UNTESTABLE: { TESTED: TRY, REVISED: REVISE, DROPPED: DROP },
  KEPT: { REVISED: REVISE, DROPPED: DROP },
  DROPPED: {},
};

const WITHIN_REACH = 'it turns out to be within reach';
const PARTLY = 'only a part of it is within reach';
const NATIONAL = 'it is owned nationally, and who owns it is named';
const PUT_OFF = 'put off with a reason';

export const INSIGHT_TRANSITIONS: Transitions<InsightStatus> = {
  ACTIONABLE: { PARTLY_ACTIONABLE: PARTLY, OUTSIDE_LOCAL_REMIT: NATIONAL, DEFERRED: PUT_OFF },
  PARTLY_ACTIONABLE: { ACTIONABLE: WITHIN_REACH, OUTSIDE_LOCAL_REMIT: NATIONAL, DEFERRED: PUT_OFF },
  OUTSIDE_LOCAL_REMIT: { ACTIONABLE: WITHIN_REACH, PARTLY_ACTIONABLE: PARTLY, DEFERRED: PUT_OFF },
  DEFERRED: { ACTIONABLE: WITHIN_REACH, PARTLY_ACTIONABLE: PARTLY, OUTSIDE_LOCAL_REMIT: NATIONAL },
};

const REPORTED = 'so reported';

export const ACTION_TRANSITIONS: Transitions<ActionStatus> = {
  PLANNED: { UNDER_WAY: REPORTED, PARTLY_DONE: REPORTED, DONE: REPORTED, NOT_DONE: REPORTED },
  UNDER_WAY: { PARTLY_DONE: REPORTED, DONE: REPORTED, NOT_DONE: REPORTED },
  PARTLY_DONE: { UNDER_WAY: REPORTED, DONE: REPORTED, NOT_DONE: REPORTED },
  DONE: {},
  NOT_DONE: {},
};

const RECONSIDERED = 'withheld with a reason';
const AGAIN = 'proposed anew';

export const PUBLICATION_TRANSITIONS: Transitions<PublicationStatus> = {
  COMMENTING: {
    ANSWERING: 'the period ended, a comment waits for an answer',
    READY: 'the period ended',
    REPLACED: AGAIN,
    WITHHELD: RECONSIDERED,
  },
  ANSWERING: { READY: 'every comment is answered', REPLACED: AGAIN, WITHHELD: RECONSIDERED },
  READY: { PUBLISHED: 'a person publishes it', REPLACED: AGAIN, WITHHELD: RECONSIDERED },
  PUBLISHED: {},
  REPLACED: { WITHHELD: RECONSIDERED },
  WITHHELD: {},
};

export const CLARIFICATION_TRANSITIONS: Transitions<ClarificationStatus> = {
  ASKED: { ANSWERED: 'the other side answers', SETTLED: 'the side that asked needs no answer any more' },
  ANSWERED: { ASKED: 'the side that asked asks on', SETTLED: 'the side that asked says so' },
  SETTLED: {},
};

export const INCIDENT_TRANSITIONS: Transitions<IncidentStatus> = {
  OPEN: {
    OVERDUE: '72 hours have passed',
    REPORTED: 'reported',
    NOT_REPORTABLE: 'it need not be reported, with the reason',
  },
  OVERDUE: {
    REPORTED: 'reported, with the reason for the delay',
    NOT_REPORTABLE: 'it need not be reported, with the reasons',
  },
  REPORTED: {},
  NOT_REPORTABLE: { REPORTED: 'reported after all' },
};

export const COLLECTION_TRANSITIONS: Transitions<CollectionStatus> = {
  PLANNED: { INVITING: 'begun, once LEGAL and ETHICAL were signed afresh' },
  INVITING: { CLOSED: 'its closing day' },
  CLOSED: { REPORTED: 'who responded is reported' },
  REPORTED: {},
};

export const SUFFICIENCY_TRANSITIONS: Transitions<SufficiencyStatus> = {
  NOT_GRANTED: {
    GRANTED: 'a version is signed for which the data suffices',
    REVOKED: 'a revision is signed as insufficient after a signer withdrew',
  },
  GRANTED: {
    REVOKED: 'revoked, a revision signed as insufficient, or a signer of what granted it anew withdraws',
    NOT_GRANTED: 'a signer withdraws',
  },
  REVOKED: { GRANTED: 'a version proposed since is signed for which the data suffices' },
};

export const IMPORT_TRANSITIONS: Transitions<ImportStatus> = {
  UNCHECKED: {
    PERMITTED: 'the risk owner of the importing body says so',
    NOT_PERMITTED: 'the risk owner says no',
    EXPIRED: 'its copy expires',
  },
  PERMITTED: { NOT_PERMITTED: 'the risk owner takes it back', EXPIRED: 'its copy expires' },
  NOT_PERMITTED: {},
  EXPIRED: { NOT_PERMITTED: 'the risk owner says no' },
};

export const TEMPO_TRANSITIONS: Transitions<Tempo> = {
  ROUTINE: { SHOCK: 'a shock, with its cause' },
  SHOCK: { ROUTINE: 'back to routine' },
};
