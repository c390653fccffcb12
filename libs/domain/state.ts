// What the events add up to: plain data, folded by `evolve`, read by rules and views.
import type {
  Actor,
  Assurance,
  CheckpointKind,
  Choice,
  Condition,
  ContentId,
  DepositPurpose,
  Instant,
  InsightStatus,
  NextStep,
  OrganisationId,
  PersonId,
  RefusalReason,
  Role,
  Stage,
  Text,
  Tier,
  WithdrawalMode,
} from './words';
import type {
  AgreementParty,
  AgreementRules,
  Ask,
  BoundaryScope,
  Grant,
  QuorumRule,
  Rationale,
  SignedContent,
  Subject,
} from './terms';
import type { Asked, ProjectOnlyEvents } from './events';
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
import type { SafePeopleState } from './safe-people/terms';
import type { Addressees, AnswerWords, AskWords, NegotiationState } from './negotiation/terms';
import type { CoreTeamState } from './core-team/terms';
import type { EvidenceState } from './evidence/terms';
import type { MeetingsState, SeriesState } from './meetings/terms';
import type { HypothesesState, Tested } from './hypotheses';
import type { InsightHistory, InsightsState } from './insights';
import type { ActionsState } from './actions';
import type { PublicationState } from './publication';
import type { FindingDecided, OutputCheckState } from './output-check/terms';
import type { PublishedState } from './published/terms';
import type { Countersignature, WrittenDown } from './recorded-answers/terms';

export interface Withdrawal {
  person: PersonId;
  at: Instant;
  mode: WithdrawalMode;
  atOnce: boolean;
  disowned: boolean;
  written?: WrittenDown;
  /** T5: a reason given in confidence, and the one neutral person who reads it. */
  reason?: Text;
  confidant?: PersonId;
}

export interface Decision {
  person: PersonId;
  organisation: OrganisationId;
  roles: Role[];
  choice: Choice;
  core: ContentId;
  cover: ContentId;
  at: Instant;
  version: number;
  assurance: Assurance;
  conditions: Condition[];
  reason: Text | null;
  dissent: Text | null;
  confidant?: PersonId;
  askAgain?: true;
  findings?: FindingDecided[];
  /** T15: of a RECORDED answer; an approval counts from its countersignature on. */
  written?: WrittenDown;
  countersigned?: Countersignature;
  onBehalfOf?: PersonId;
  withdrawn: Withdrawal | null;
}

export interface Round {
  round: number;
  subject: Subject;
  content: SignedContent;
  /** T3: the covering text the round began with, where it was changed since. */
  firstCover?: ContentId;
  rule: QuorumRule;
  asked: Asked[];
  proposer: PersonId;
  openedAt: Instant;
  remindAt: Instant;
  escalateAt: Instant;
  deadline: Instant;
  needsCode: boolean;
  blind: boolean;
  told?: PersonId[];
  /** Where people are asked in turns; `turn` counts from 1 and is 1 where it is missing. */
  turns?: PersonId[][];
  turn?: number;
  turnBegunAt?: Instant;
  /** In order of recording; at most one effective decision per person (I5). */
  decisions: Decision[];
  reminders: number;
  escalatedAt: Instant | null;
  lapsedAt: Instant | null;
  voidedAt: Instant | null;
}

export interface Checkpoint {
  id: string;
  kind: CheckpointKind;
  /** The last is the current one. */
  rounds: Round[];
}

/** A period during which a person held roles for an organisation. */
export interface Tenure {
  organisation: OrganisationId;
  roles: Role[];
  from: Instant;
  to: Instant | null;
}

export interface Person {
  id: PersonId;
  name: Text;
  /** Null for somebody without e-mail (T15). */
  address: Text | null;
  /** The last change of address, and what it replaced; it takes effect after a delay. */
  change?: { effectiveAt: Instant; before: Text | null };
  tenures: Tenure[];
  deputy: PersonId | null;
}

export interface Organisation {
  id: OrganisationId;
  name: Text;
  commissionedBy: OrganisationId[];
}

export interface Agreement {
  id: string;
  content: SignedContent;
  parties: AgreementParty[];
  rules: AgreementRules;
  expires: Instant;
  proposedAt: Instant;
  proposer: Actor;
}

export interface ProgrammeState
  extends CoreTeamState, EvidenceState, MeetingsState, SeriesState, SafePeopleState {
  id: string;
  name: Text;
  version: number;
  lastAt: Instant | null;
  organisations: Record<OrganisationId, Organisation>;
  people: Record<PersonId, Person>;
  agreements: Agreement[];
  checkpoints: Record<string, Checkpoint>;
}

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
