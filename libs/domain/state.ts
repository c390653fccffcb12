// What the events add up to: plain data, folded by `evolve`, read by rules and views.
import type {
  Condition,
  ContentId,
  DepositPurpose,
  Instant,
  InsightStatus,
  NextStep,
  OrganisationId,
  PersonId,
  RefusalReason,
  Stage,
  Text,
  Tier,
} from './words';
import type { Ask, BoundaryScope, Grant, Rationale, SignedContent } from './terms';
import type { ProjectOnlyEvents } from './events';
import type { QuestionForm, QuestionState } from './questions/terms';
import type { ExportState } from './exports/terms';
import type { TempoState } from './tempo/terms';
import type { ParticipationState } from './participation/terms';
import type { IssueState } from './issue/terms';
import type { SourceState } from './sources/terms';
import type { AdmissibilityState, Caveat, Intention } from './admissibility';
import type { CollectionState } from './collection/terms';
import type { ExpiryState } from './expiry/terms';
import type { DictionaryState } from './dictionaries/terms';
import type { ObjectionState } from './objections/terms';
import type { LegalReference, LegalState } from './legal/terms';
import type { Addressees, AnswerWords, AskWords, NegotiationState } from './negotiation/terms';
import type { EvidenceState } from './evidence/terms';
import type { MeetingsState } from './meetings/terms';
import type { HypothesesState, Tested } from './hypotheses';
import type { InsightHistory, InsightsState } from './insights';
import type { ActionsState } from './actions';
import type { PublicationState } from './publication';
import type { OutputCheckState } from './output-check/terms';
import type { PublishedState } from './published/terms';
import type { Checkpoint, Withdrawal } from './checkpoint-state';
import type { ProgrammeState } from './programme-state';

export type * from './checkpoint-state';
export type * from './programme-state';

export interface Ethics {
  id: string;
  expires: Instant;
  endedAt: Instant | null;
}

export interface Question {
  id: string;
  cycle: string;
  content: SignedContent;
  /** Whether the data at hand, with what is asked for, is held to be enough to answer it. */
  sufficient: boolean;
  form: QuestionForm | null;
  at: Instant;
  version: number;
}

export interface Boundary {
  id: string;
  amends: string | null;
  content: SignedContent;
  scope: BoundaryScope;
  legalFile?: LegalReference;
  at: Instant;
}

export interface DataRequest extends AskWords, Addressees {
  id: string;
  cycle: string;
  requestRound: number;
  holder: OrganisationId;
  ask: Ask;
  question: string;
  boundary: string;
  content: SignedContent;
  rationale: Rationale;
  sender: PersonId;
  sentAt: Instant;
  remindAt: Instant;
  deadline: Instant;
  reminders: number;
  answer:
    | ({
        person: PersonId;
        at: Instant;
        outcome: 'GRANTED' | 'PARTLY_GRANTED' | 'REFUSED';
        grant: Grant | null;
        reasons: RefusalReason[];
        reason: Text | null;
      } & AnswerWords)
    | null;
  lapsedAt: Instant | null;
  withdrawn: Withdrawal | null;
}

export interface Deposit {
  id: string;
  /** The data request, or the import, that the file answers. */
  request: string;
  publicKey: string;
  invitedAt: Instant;
  received: { person: PersonId; digest: string; bytes: number; object: string; at: Instant } | null;
  outcome: { accepted: boolean; rows: number | null; report: ContentId; at: Instant } | null;
  opened: { purpose: DepositPurpose; at: Instant }[];
  destroyed: { certificate: ContentId; at: Instant } | null;
}

export interface Release {
  id: string;
  cycle: string;
  requestRound: number;
  wave: number;
  requests: string[];
  imports?: string[];
  deposits: string[];
  tier: Tier;
  purpose: string;
  methods: string[];
  readers: PersonId[];
  question: string;
  boundary: string;
  rationale: Rationale;
  expires: Instant;
  proposer: PersonId;
  proposedAt: Instant;
  sealed: {
    content: SignedContent;
    digest: string;
    rows: number;
    bytes: number;
    object: string;
    heeded?: string[];
    at: Instant;
  } | null;
  permit: { at: Instant; version: number; conditions: Condition[]; expires: Instant } | null;
  givenUpAt: Instant | null;
  destroyed: { certificate: ContentId; at: Instant } | null;
}

export interface Analysis {
  id: string;
  cycle: string;
  release: string;
  method: string;
  params: Record<string, unknown>;
  hypothesis: Text;
  support: Text;
  question: string;
  boundary: string;
  intention?: Intention;
  rounding?: number;
  caveats?: Caveat[];
  tests?: Tested;
  author: PersonId;
  registeredAt: Instant;
  reads: Instant[];
  /** How it ended, as its entry says. */
  ended: (Omit<ProjectOnlyEvents['AnalysisEnded'], 'analysis'> & { at: Instant }) | null;
  withheldAt: Instant | null;
  destroyed: { certificate: ContentId; at: Instant } | null;
}

export interface Interpretation {
  id: string;
  cycle: string;
  person: PersonId;
  as: 'PRACTITIONER' | 'RESEARCHER';
  text: Text;
  misreading: Text;
  at: Instant;
}

export interface Insight extends InsightHistory {
  id: string;
  cycle: string;
  status: InsightStatus;
  text: Text;
  authors: PersonId[];
  analyses: string[];
  at: Instant;
}

export interface Cycle {
  id: string;
  number: number;
  descendsFrom: string | null;
  startedAt: Instant;
  announced: { stage: Stage; opening: number; at: Instant }[];
  settledEmpty: Partial<Record<'dataRequest' | 'analysis', Instant>>;
  analysisClosedAt: Instant | null;
  /** Request rounds begun in this cycle: the first with its first request, others by reopening. */
  requestRounds: number[];
  reopened: { stage: 'dataRequest' | 'analysis'; at: Instant }[];
  reflections: { id: string; content: SignedContent; at: Instant }[];
  refinements: { id: string; content: SignedContent; next: NextStep; at: Instant }[];
}

export interface ProjectState
  extends
    QuestionState,
    SourceState,
    IssueState,
    TempoState,
    ExportState,
    ParticipationState,
    AdmissibilityState,
    NegotiationState,
    EvidenceState,
    MeetingsState,
    HypothesesState,
    InsightsState,
    ActionsState,
    PublicationState,
    LegalState,
    CollectionState,
    ObjectionState,
    DictionaryState,
    ExpiryState,
    OutputCheckState,
    PublishedState {
  id: string;
  programme: string;
  version: number;
  lastAt: Instant | null;
  title: Text;
  lead: PersonId;
  /** Rules grow: a project keeps those it was started under. */
  rulesVersion: 1 | 2;
  startedAt: Instant;
  ethics: Ethics[];
  cycles: Cycle[];
  questions: Question[];
  boundaries: Boundary[];
  benefits: { wave: number; cycle: string; content: SignedContent; at: Instant }[];
  requests: Record<string, DataRequest>;
  deposits: Record<string, Deposit>;
  releases: Record<string, Release>;
  analyses: Record<string, Analysis>;
  interpretations: Interpretation[];
  insights: Insight[];
  checkpoints: Record<string, Checkpoint>;
  suspensions: { from: Instant; to: Instant | null }[];
  closedAt: Instant | null;
  /** The last number given out per kind of id, so that ids are never used twice. */
  counters: Record<string, number>;
}

/** Both streams a project's rules read. */
export interface World {
  programme: ProgrammeState;
  project: ProjectState;
}
