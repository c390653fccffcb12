// Every change of status there can be, with what causes it: total tables, from which the diagrams are drawn.
import type {
  ProjectStatus,
  ReleaseStatus,
  RequestStatus,
  ResultStatus,
  RoundStatus,
  StageStatus,
} from './words';
import type { SufficiencyStatus } from './questions/terms';
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
  SETTLED: { REOPENED: 'amended, reopened, or a signer withdraws', WAITING: 'an earlier stage is reopened' },
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
    LAPSED: 'no answer by the deadline',
  },
  GRANTED: { WITHDRAWN: 'the holder withdraws' },
  PARTLY_GRANTED: { WITHDRAWN: 'the holder withdraws' },
  REFUSED: {},
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

export const TEMPO_TRANSITIONS: Transitions<Tempo> = {
  ROUTINE: { SHOCK: 'a shock, with its cause' },
  SHOCK: { ROUTINE: 'back to routine' },
};
