// Folding a project's stream into its state; the counters make ids that are never used twice.
import type { ProjectEvent, ProjectOnlyEvents, Recorded } from '../events';
import type { ProjectState } from '../state';
import type { Instant } from '../words';
import { noCollections } from '../collection/fold';
import { noExpiryWarnings } from '../expiry/fold';
import { noDictionaries } from '../dictionaries/fold';
import { noObjections } from '../objections/fold';
import { noLegal } from '../legal/fold';
import { noNegotiation } from '../negotiation/fold';
import { foldSignOff, isSignOffEvent } from './checkpoints';
import { noAdmissibility } from '../admissibility/fold';
import { noHypotheses } from '../hypotheses/fold';
import { noInsightHistory } from '../insights/fold';
import { noActions } from '../actions/fold';
import { noPublications } from '../publication/fold';
import { projectFolds } from './project-folds';
import { noRevocations } from '../questions/fold';
import { noExports } from '../exports/fold';
import { noTempo } from '../tempo/fold';
import { everybody } from '../participation/fold';
import { noIssue } from '../issue/fold';
import { noSources } from '../sources/fold';
import { noOutputChecks } from '../output-check/fold';
import { nothingPublished } from '../published/fold';

/** What rules about a project that has not started yet see. */
export const emptyProject = (id: string, startedAt: Instant): ProjectState => ({
  id,
  programme: '',
  version: 0,
  lastAt: null,
  title: '',
  lead: '',
  startedAt,
  ethics: [],
  cycles: [],
  questions: [],
  boundaries: [],
  benefits: [],
  requests: {},
  deposits: {},
  releases: {},
  analyses: {},
  interpretations: [],
  insights: [],
  checkpoints: {},
  suspensions: [],
  closedAt: null,
  counters: {},
  ...noRevocations,
  ...noTempo,
  ...noExports,
  ...everybody,
  ...noIssue,
  ...noSources,
  ...noAdmissibility,
  rulesVersion: 1,
  ...noNegotiation,
  evidence: [],
  ...{ meetings: {}, agendaItems: [], outcomes: [] },
  ...noHypotheses,
  ...noInsightHistory,
  ...noActions,
  ...noPublications,
  ...noLegal,
  ...noCollections,
  ...noObjections,
  ...noDictionaries,
  ...noExpiryWarnings,
  ...noOutputChecks,
  ...nothingPublished,
});

/** The field of each event that carries a newly given id. */
export const NEW_ID: Partial<Record<ProjectEvent['type'], string>> = {
  EthicsRecorded: 'ethics',
  CycleStarted: 'cycle',
  QuestionProposed: 'question',
  BoundaryProposed: 'boundary',
  RequestSent: 'request',
  DepositInvited: 'deposit',
  ReleaseProposed: 'release',
  AnalysisRegistered: 'analysis',
  InterpretationAdded: 'interpretation',
  InsightRecorded: 'insight',
  ReflectionProposed: 'reflection',
  RefinementProposed: 'refinement',
  CheckpointOpened: 'checkpoint',
  SufficiencyRevoked: 'revocation',
  SourceRegistered: 'source',
  DiscoveryRecorded: 'entry',
  IssueProfiled: 'profile',
  NarrativeTold: 'narrative',
  AdmissibilityOpened: 'place',
  ChallengeRaised: 'challenge',
  LocalKnowledgeAdded: 'knowledge',
  PublicReactionRecorded: 'consideration',
  ClarificationAsked: 'clarification',
  SuppositionRecorded: 'supposition',
  HypothesisProposed: 'hypothesis',
  DeviationRecorded: 'deviation',
  FindingAsked: 'demand',
  ActionPlanned: 'action',
  PublicationProposed: 'publication',
  PublicationCommented: 'comment',
  LegalFileDrafted: 'file',
  IncidentRecorded: 'incident',
  CollectionPlanned: 'collection',
  ObjectionRecorded: 'objection',
  ExceptionProposed: 'exception',
  OutputCommented: 'comment',
  ImportProposed: 'import',
  ProjectExported: 'export',
};

function count(counters: Record<string, number>, event: Recorded<ProjectEvent>): Record<string, number> {
  const field = NEW_ID[event.type];
  const id = field && (event.data as Record<string, unknown>)[field];
  const match = typeof id === 'string' ? /^([a-z]+)(\d+)$/.exec(id) : null;
  if (!match?.[1]) return counters;
  return { ...counters, [match[1]]: Math.max(counters[match[1]] ?? 0, Number(match[2])) };
}

/** The state after one more entry; `state` is null before the first. */
export function evolveProject(
  state: ProjectState | null,
  id: string,
  event: Recorded<ProjectEvent>,
): ProjectState {
  const start = state ?? emptyProject(id, event.at);
  const checkpoints = foldSignOff(start.checkpoints, event);
  const before = {
    ...start,
    version: event.version,
    lastAt: event.at,
    counters: count(start.counters, event),
    checkpoints: checkpoints ?? start.checkpoints,
  };
  if (checkpoints) return before;
  const fold = projectFolds[event.type as keyof ProjectOnlyEvents] as (
    state: ProjectState,
    data: unknown,
    event: Recorded<ProjectEvent>,
  ) => ProjectState;
  return fold(before, event.data, event);
}

/** Whether this version of the rules knows what such an entry of a project's stream means. */
export const knowsProjectEvent = (type: string): boolean =>
  isSignOffEvent(type) || Object.hasOwn(projectFolds, type);
