// What each event of a project's stream changes in its state.
import type { ProjectOnlyEvents } from '../events';
import { admissibilityFolds } from '../admissibility/fold';
import { outputCheckFolds } from '../output-check/fold';
import { publishedFolds } from '../published/fold';
import { collectionFolds } from '../collection/fold';
import { expiryFolds } from '../expiry/fold';
import { dictionaryFolds } from '../dictionaries/fold';
import { objectionFolds } from '../objections/fold';
import { legalFolds } from '../legal/fold';
import { negotiationFolds } from '../negotiation/fold';
import { evidenceFolds } from '../evidence/fold';
import { meetingFolds } from '../meetings/fold';
import { hypothesesFolds } from '../hypotheses/fold';
import { insightsFolds } from '../insights/fold';
import { actionsFolds } from '../actions/fold';
import { publicationFolds } from '../publication/fold';
import { confided } from './checkpoints';
import type { Analysis, Cycle, DataRequest, Deposit, ProjectState, Release } from '../state';
import { questionFolds } from '../questions/fold';
import { exportFolds } from '../exports/fold';
import { tempoFolds } from '../tempo/fold';
import { participationFolds } from '../participation/fold';
import { issueFolds } from '../issue/fold';
import { sourceFolds } from '../sources/fold';
import { by } from './fold';
import type { Fold } from './fold';

/** Changes one entry of a record, if it is there. */
function on<V>(record: Record<string, V>, id: string, change: (value: V) => V): Record<string, V> {
  const value = record[id];
  return value === undefined ? record : { ...record, [id]: change(value) };
}

const onCycle = (state: ProjectState, id: string, change: (cycle: Cycle) => Cycle): ProjectState => ({
  ...state,
  cycles: state.cycles.map((cycle) => (cycle.id === id ? change(cycle) : cycle)),
});
const onRequest = (s: ProjectState, id: string, change: (r: DataRequest) => DataRequest): ProjectState => ({
  ...s,
  requests: on(s.requests, id, change),
});
const onDeposit = (s: ProjectState, id: string, change: (d: Deposit) => Deposit): ProjectState => ({
  ...s,
  deposits: on(s.deposits, id, change),
});
const onRelease = (s: ProjectState, id: string, change: (r: Release) => Release): ProjectState => ({
  ...s,
  releases: on(s.releases, id, change),
});
const onAnalysis = (s: ProjectState, id: string, change: (a: Analysis) => Analysis): ProjectState => ({
  ...s,
  analyses: on(s.analyses, id, change),
});

const lifecycle: Pick<
  { [T in keyof ProjectOnlyEvents]: Fold<T> },
  | 'ProjectStarted'
  | 'ProjectSuspended'
  | 'ProjectResumed'
  | 'ProjectClosed'
  | 'EthicsRecorded'
  | 'EthicsEnded'
> = {
  ProjectStarted: (s, { programme, title, lead, rulesVersion }, { at }) => ({
    ...s,
    programme,
    title,
    lead,
    rulesVersion,
    startedAt: at,
  }),
  ProjectSuspended: (s, _data, { at }) => ({ ...s, suspensions: [...s.suspensions, { from: at, to: null }] }),
  ProjectResumed: (s, _data, { at }) => ({
    ...s,
    suspensions: s.suspensions.map((p) => (p.to === null ? { ...p, to: at } : p)),
  }),
  ProjectClosed: (s, _data, { at }) => ({ ...s, closedAt: at }),
  EthicsRecorded: (s, { ethics, expires }) => ({
    ...s,
    ethics: [...s.ethics, { id: ethics, expires, endedAt: null }],
  }),
  EthicsEnded: (s, { ethics }, { at }) => ({
    ...s,
    ethics: s.ethics.map((e) => (e.id === ethics ? { ...e, endedAt: at } : e)),
  }),
};

const cycle: Pick<
  { [T in keyof ProjectOnlyEvents]: Fold<T> },
  | 'CycleStarted'
  | 'StageAnnounced'
  | 'BoundaryProposed'
  | 'AnalysisStageClosed'
  | 'StageSettledEmpty'
  | 'StageReopened'
  | 'InterpretationAdded'
  | 'InsightRecorded'
  | 'ReflectionProposed'
  | 'RefinementProposed'
> = {
  CycleStarted: (s, data, { at }) => {
    const started: Cycle = {
      id: data.cycle,
      number: s.cycles.length + 1,
      descendsFrom: data.descendsFrom,
      startedAt: at,
      announced: [],
      settledEmpty: {},
      analysisClosedAt: null,
      requestRounds: [],
      reopened: [],
      reflections: [],
      refinements: [],
    };
    return { ...s, cycles: [...s.cycles, started] };
  },
  StageAnnounced: (s, { cycle: id, stage, opening }, { at }) =>
    onCycle(s, id, (c) => ({ ...c, announced: [...c.announced, { stage, opening, at }] })),
  BoundaryProposed: (s, { boundary, ...proposed }, { at }) => ({
    ...s,
    boundaries: [...s.boundaries, { id: boundary, ...proposed, at }],
  }),
  AnalysisStageClosed: (s, { cycle: id }, { at }) => onCycle(s, id, (c) => ({ ...c, analysisClosedAt: at })),
  StageSettledEmpty: (s, { cycle: id, stage }, { at }) =>
    onCycle(s, id, (c) => ({ ...c, settledEmpty: { ...c.settledEmpty, [stage]: at } })),
  StageReopened: (s, { cycle: id, stage }, { at }) =>
    onCycle(s, id, (c) => ({
      ...c,
      reopened: [...c.reopened, { stage, at }],
      requestRounds: stage === 'dataRequest' ? [...c.requestRounds, nextRequestRound(s)] : c.requestRounds,
    })),
  InterpretationAdded: (s, { interpretation, cycle: id, person, as, text, misreading }, { at }) => ({
    ...s,
    interpretations: [
      ...s.interpretations,
      { id: interpretation, cycle: id, person, as, text, misreading, at },
    ],
  }),
  InsightRecorded: (s, { insight: id, owner = null, ...recorded }, { at }) => ({
    ...s,
    insights: [...s.insights, { id, owner, ...recorded, at, changes: [], summaries: [] }],
  }),
  ReflectionProposed: (s, { cycle: id, reflection, content }, { at }) =>
    onCycle(s, id, (c) => ({ ...c, reflections: [...c.reflections, { id: reflection, content, at }] })),
  RefinementProposed: (s, { cycle: id, refinement, content, next }, { at }) =>
    onCycle(s, id, (c) => ({ ...c, refinements: [...c.refinements, { id: refinement, content, next, at }] })),
};

/** Request rounds are numbered over the whole project, so that waves can be compared across cycles (B22). */
export const nextRequestRound = (s: ProjectState): number =>
  1 + Math.max(0, ...s.cycles.flatMap((c) => c.requestRounds));

const requests: Pick<
  { [T in keyof ProjectOnlyEvents]: Fold<T> },
  | 'RequestSent'
  | 'RequestReminded'
  | 'RequestAnswered'
  | 'RequestLapsed'
  | 'GrantWithdrawn'
  | 'DepositInvited'
  | 'DepositReceived'
  | 'DepositOpened'
  | 'DepositAccepted'
  | 'DepositRefused'
  | 'DepositDestroyed'
> = {
  RequestSent: (s, data, event) => {
    const { request: id, ...terms } = data;
    const sent: DataRequest = {
      ...terms,
      id,
      sender: by(event),
      sentAt: event.at,
      reminders: 0,
      answer: null,
      lapsedAt: null,
      withdrawn: null,
    };
    const withRound = onCycle(s, data.cycle, (c) =>
      c.requestRounds.includes(data.requestRound)
        ? c
        : { ...c, requestRounds: [...c.requestRounds, data.requestRound] },
    );
    return { ...withRound, requests: { ...s.requests, [id]: sent } };
  },
  RequestReminded: (s, { request, count }) => onRequest(s, request, (r) => ({ ...r, reminders: count })),
  RequestAnswered: (s, { request, assurance: _assurance, ...answer }, { at }) =>
    onRequest(s, request, (r) => ({ ...r, answer: { ...answer, at } })),
  RequestLapsed: (s, { request }, { at }) => onRequest(s, request, (r) => ({ ...r, lapsedAt: at })),
  GrantWithdrawn: (s, { request, person, mode, atOnce, ...words }, { at }) =>
    onRequest(s, request, (r) => ({
      ...r,
      withdrawn: r.withdrawn ?? { person, at, mode, atOnce, disowned: false, ...confided(words) },
    })),
  DepositInvited: (s, { deposit: id, request, publicKey }, { at }) => {
    const invited: Deposit = {
      id,
      request,
      publicKey,
      invitedAt: at,
      received: null,
      outcome: null,
      opened: [],
      destroyed: null,
    };
    return { ...s, deposits: { ...s.deposits, [id]: invited } };
  },
  DepositReceived: (s, { deposit, person, digest, bytes, object }, { at }) =>
    onDeposit(s, deposit, (d) => ({ ...d, received: { person, digest, bytes, object, at } })),
  DepositOpened: (s, { deposit, purpose }, { at }) =>
    onDeposit(s, deposit, (d) => ({ ...d, opened: [...d.opened, { purpose, at }] })),
  DepositAccepted: (s, { deposit, rows, report }, { at }) =>
    onDeposit(s, deposit, (d) => ({ ...d, outcome: { accepted: true, rows, report, at } })),
  DepositRefused: (s, { deposit, report }, { at }) =>
    onDeposit(s, deposit, (d) => ({ ...d, outcome: { accepted: false, rows: null, report, at } })),
  DepositDestroyed: (s, { deposit, certificate }, { at }) =>
    onDeposit(s, deposit, (d) => ({ ...d, destroyed: { certificate, at } })),
};

const releases: Pick<
  { [T in keyof ProjectOnlyEvents]: Fold<T> },
  | 'ReleaseProposed'
  | 'ReleaseSealed'
  | 'ReleaseGivenUp'
  | 'BenefitProposed'
  | 'PermitGiven'
  | 'ReleaseDestroyed'
  | 'AnalysisRegistered'
  | 'ReadOpened'
  | 'AnalysisEnded'
  | 'AnalysisCancelled'
  | 'OutputWithheld'
  | 'ResultDestroyed'
> = {
  ReleaseProposed: (s, data, event) => {
    const { release: id, ...terms } = data;
    const proposed: Release = {
      ...terms,
      id,
      proposer: by(event),
      proposedAt: event.at,
      sealed: null,
      permit: null,
      givenUpAt: null,
      destroyed: null,
    };
    return { ...s, releases: { ...s.releases, [id]: proposed } };
  },
  ReleaseSealed: (s, { release, ...sealed }, { at }) =>
    onRelease(s, release, (r) => ({ ...r, sealed: { ...sealed, at } })),
  ReleaseGivenUp: (s, { release }, { at }) => onRelease(s, release, (r) => ({ ...r, givenUpAt: at })),
  BenefitProposed: (s, { wave, cycle: id, content }, { at }) => ({
    ...s,
    benefits: [...s.benefits, { wave, cycle: id, content, at }],
  }),
  PermitGiven: (s, { release, conditions, expires }, { at, version }) =>
    onRelease(s, release, (r) => ({ ...r, permit: { at, version, conditions, expires } })),
  ReleaseDestroyed: (s, { release, certificate }, { at }) =>
    onRelease(s, release, (r) => ({ ...r, destroyed: { certificate, at } })),
  AnalysisRegistered: (s, data, event) => {
    const { analysis: id, ...terms } = data;
    const registered: Analysis = {
      ...terms,
      id,
      author: by(event),
      registeredAt: event.at,
      reads: [],
      ended: null,
      withheldAt: null,
      destroyed: null,
    };
    return { ...s, analyses: { ...s.analyses, [id]: registered } };
  },
  ReadOpened: (s, { analysis }, { at }) =>
    onAnalysis(s, analysis, (a) => ({ ...a, reads: [...a.reads, at] })),
  AnalysisEnded: (s, { analysis, ...ended }, { at }) =>
    onAnalysis(s, analysis, (a) => ({ ...a, ended: { ...ended, at } })),
  AnalysisCancelled: (s, { analysis }, { at }) =>
    onAnalysis(s, analysis, (a) => ({
      ...a,
      ended: { outcome: 'STOPPED', result: null, object: null, reason: 'CANCELLED', at },
    })),
  OutputWithheld: (s, { analysis }, { at }) => onAnalysis(s, analysis, (a) => ({ ...a, withheldAt: at })),
  ResultDestroyed: (s, { analysis, certificate }, { at }) =>
    onAnalysis(s, analysis, (a) => ({ ...a, destroyed: { certificate, at } })),
};

export const projectFolds: { [T in keyof ProjectOnlyEvents]: Fold<T> } = {
  ...lifecycle,
  ...cycle,
  ...requests,
  ...releases,
  ...questionFolds,
  ...tempoFolds,
  ...exportFolds,
  ...participationFolds,
  ...issueFolds,
  ...sourceFolds,
  ...admissibilityFolds,
  ...negotiationFolds,
  ...evidenceFolds,
  ...meetingFolds,
  ...hypothesesFolds,
  ...insightsFolds,
  ...actionsFolds,
  ...publicationFolds,
  ...legalFolds,
  ...collectionFolds,
  ...objectionFolds,
  ...dictionaryFolds,
  ...expiryFolds,
  ...outputCheckFolds,
  ...publishedFolds,
};
