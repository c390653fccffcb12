// Every event Parley records, past tense. What is written here stays readable for ever: shapes only grow.
import type {
  Assurance,
  CheckpointKind,
  Choice,
  Condition,
  ContentId,
  Instant,
  InsightStatus,
  NextStep,
  OrganisationId,
  PersonId,
  RefusalReason,
  Role,
  RunOutcome,
  Stage,
  Text,
  Tier,
  WithdrawalMode,
  Actor,
} from './words';
import type { QuestionEvents, QuestionForm } from './questions/terms';
import type { SourceEvents } from './sources/terms';
import type { IssueEvents } from './issue/terms';
import type { ExportEvents } from './exports/terms';
import type { TempoEvents } from './tempo/terms';
import type { ParticipationEvents } from './participation/terms';
import type {
  AgreementParty,
  AgreementRules,
  Ask,
  BoundaryScope,
  Erasure,
  Grant,
  QuorumRule,
  Rationale,
  SignedContent,
  Subject,
} from './terms';
import type { AdmissibilityEvents, Caveat, Intention } from './admissibility';
import type { Addressees, AnswerWords, AskWords, NegotiationEvents } from './negotiation/terms';
import type { CoreTeamEvents } from './core-team/terms';
import type { EvidenceEvents } from './evidence/terms';
import type { MeetingEvents, SeriesEvents } from './meetings/terms';
import type { HypothesesEvents, Tested } from './hypotheses';
import type { InsightsEvents } from './insights';
import type { ActionsEvents } from './actions';
import type { PublicationEvents } from './publication';
import type { CollectionEvents } from './collection/terms';
import type { ExpiryEvents } from './expiry/terms';
import type { DictionaryEvents } from './dictionaries/terms';
import type { ObjectionEvents } from './objections/terms';
import type { LegalEvents, LegalReference } from './legal/terms';
import type { SafePeopleEvents } from './safe-people/terms';
import type { ComputedBy, FindingDecided, OutputCheckEvents, OutputFinding } from './output-check/terms';
import type { PublishedEvents } from './published/terms';
import type { RecordedAnswerEvents, WrittenDown } from './recorded-answers/terms';
import type { DelegationEvents } from './delegation/terms';

/** A person asked in a round, for which slots, speaking for which organisation. */
export interface Asked {
  person: PersonId;
  organisation: OrganisationId;
  slots: string[];
  /** Whoever handed their part to this person, and until when; see delegation/. */
  onBehalfOf?: PersonId;
  until?: Instant;
}

/** Events that occur in programme and project streams alike: sign-off. */
export interface CheckpointEvents extends RecordedAnswerEvents, DelegationEvents {
  CheckpointOpened: {
    checkpoint: string;
    kind: CheckpointKind;
    round: number;
    subject: Subject;
    content: SignedContent;
    rule: QuorumRule;
    asked: Asked[];
    proposer: PersonId;
    remindAt: Instant;
    escalateAt: Instant;
    deadline: Instant;
    needsCode: boolean;
    blind: boolean;
    /** T5: of those asked, people who declined an earlier version: told of this one, neither reminded nor escalated. */
    told?: PersonId[];
    /** Where they are asked in turns: the people of each, in order. Only the first have been asked by the opening. */
    turns?: PersonId[][];
  };
  /** Those before have answered: the people of the next turn are asked, and have the time that everybody has. */
  TurnBegun: {
    checkpoint: string;
    round: number;
    turn: number;
    people: PersonId[];
    remindAt: Instant;
    escalateAt: Instant;
    deadline: Instant;
  };
  /** T3: covering text changed; nobody's answer is void, everybody asked is told. */
  CoverChanged: { checkpoint: string; round: number; cover: ContentId };
  DecisionRecorded: {
    checkpoint: string;
    round: number;
    person: PersonId;
    organisation: OrganisationId;
    roles: Role[];
    choice: Choice;
    core: ContentId;
    cover: ContentId;
    assurance: Assurance;
    conditions: Condition[];
    reason: Text | null;
    dissent: Text | null;
    signedAs: Text;
    page: { locale: string; digest: string } | null;
    /** T5: the one neutral person who reads the reason. */
    confidant?: PersonId;
    /** T5: whoever declines wishes to be asked about the next version, and not only told of it. */
    askAgain?: true;
    /** Of a result: why each finding that goes to a person may stand. */
    findings?: FindingDecided[];
    /** T15: of a RECORDED answer, who wrote it down, how they heard it, and what shows it. */
    written?: WrittenDown;
    /** The colleague who handed this sign-off to them. */
    onBehalfOf?: PersonId;
  };
  DecisionWithdrawn: {
    checkpoint: string;
    round: number;
    person: PersonId;
    mode: WithdrawalMode;
    atOnce: boolean;
    /** True for "this was not me". */
    disowned: boolean;
    assurance: Assurance;
    reason: Text | null;
    /** T5: the one neutral person who reads the reason. */
    confidant?: PersonId;
    signedAs: Text;
    written?: WrittenDown;
  };
  Reminded: { checkpoint: string; round: number; people: PersonId[]; count: number };
  /** To the asker and to deputies the addressees named, never to anyone's manager, commissioner or funder (T1). */
  Escalated: { checkpoint: string; round: number; to: PersonId[]; waitingFor: PersonId[] };
  RoundLapsed: { checkpoint: string; round: number };
}

export interface ProgrammeOnlyEvents
  extends CoreTeamEvents, EvidenceEvents, MeetingEvents, SeriesEvents, SafePeopleEvents {
  ProgrammeStarted: { name: Text };
  OrganisationAdded: { organisation: OrganisationId; name: Text; commissionedBy: OrganisationId[] };
  PersonAttested: {
    person: PersonId;
    organisation: OrganisationId;
    roles: Role[];
    name: Text;
    /** T15: null for somebody without e-mail, who is asked by telephone or on paper. */
    address: Text | null;
  };
  RolesChanged: { person: PersonId; roles: Role[] };
  AddressChanged: { person: PersonId; address: Text; effectiveAt: Instant };
  /** Before it took effect; `stays` is the address that mail goes on to, if there is one. */
  AddressChangeCancelled: { person: PersonId; address: Text; stays: Text | null };
  DeputyNamed: { person: PersonId; deputy: PersonId };
  PersonLeft: { person: PersonId };
  /** Right to erasure: what is named here is destroyed, and the record stays; `reason` says why, and names nobody. */
  PersonErased: Erasure;
  AgreementProposed: {
    agreement: string;
    content: SignedContent;
    parties: AgreementParty[];
    rules: AgreementRules;
    expires: Instant;
  };
}

export interface ProjectOnlyEvents
  extends
    QuestionEvents,
    SourceEvents,
    IssueEvents,
    TempoEvents,
    ExportEvents,
    ParticipationEvents,
    AdmissibilityEvents,
    NegotiationEvents,
    EvidenceEvents,
    MeetingEvents,
    HypothesesEvents,
    InsightsEvents,
    ActionsEvents,
    PublicationEvents,
    LegalEvents,
    CollectionEvents,
    ObjectionEvents,
    DictionaryEvents,
    ExpiryEvents,
    OutputCheckEvents,
    PublishedEvents {
  ProjectStarted: { programme: string; title: Text; lead: PersonId; rulesVersion: 1 | 2 };
  EthicsRecorded: { ethics: string; body: Text; reference: Text; conditions: Text | null; expires: Instant };
  EthicsEnded: { ethics: string; reason: Text };
  CycleStarted: { cycle: string; descendsFrom: string | null };
  /** The engine told the people whose move it is that a stage stands open; openness itself is derived. */
  StageAnnounced: { cycle: string; stage: Stage; opening: number };
  QuestionProposed: {
    question: string;
    cycle: string;
    content: SignedContent;
    sufficient: boolean;
    form?: QuestionForm;
  };
  BoundaryProposed: {
    boundary: string;
    amends: string | null;
    content: SignedContent;
    scope: BoundaryScope;
    legalFile?: LegalReference;
  };
  RequestSent: {
    request: string;
    cycle: string;
    requestRound: number;
    holder: OrganisationId;
    ask: Ask;
    question: string;
    boundary: string;
    content: SignedContent;
    rationale: Rationale;
    remindAt: Instant;
    deadline: Instant;
  } & AskWords &
    Addressees;
  RequestReminded: { request: string; count: number };
  RequestAnswered: {
    request: string;
    person: PersonId;
    outcome: 'GRANTED' | 'PARTLY_GRANTED' | 'REFUSED';
    grant: Grant | null;
    reasons: RefusalReason[];
    reason: Text | null;
    assurance: Assurance;
  } & AnswerWords;
  RequestLapsed: { request: string };
  GrantWithdrawn: {
    request: string;
    person: PersonId;
    mode: WithdrawalMode;
    atOnce: boolean;
    assurance: Assurance;
    reason: Text | null;
    /** T5: the one neutral person who reads the reason. */
    confidant?: PersonId;
    /** The name typed by whoever took it back by link. */
    signedAs?: Text;
    written?: WrittenDown;
  };
  /** `request`: the data request, or the import, that the file answers. */
  DepositInvited: { deposit: string; request: string; publicKey: string };
  DepositReceived: {
    deposit: string;
    person: PersonId;
    digest: string;
    bytes: number;
    object: string;
    /** Of a file handed over by link: with the mailed code, under this typed name. */
    assurance?: 'LINK_CODE';
    signedAs?: Text;
  };
  DepositOpened: { deposit: string; purpose: 'check' | 'materialise' };
  DepositAccepted: { deposit: string; rows: number; report: ContentId };
  DepositRefused: { deposit: string; report: ContentId };
  DepositDestroyed: { deposit: string; certificate: ContentId };
  ReleaseProposed: {
    release: string;
    cycle: string;
    requestRound: number;
    wave: number;
    requests: string[];
    /** Published data in it; alone, it needs no boundary, wave or TRUST: `boundary` is empty and `wave` 0. */
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
  };
  ReleaseSealed: {
    release: string;
    content: SignedContent;
    digest: string;
    rows: number;
    bytes: number;
    object: string;
    /** The objections whose people are left out; absent before they were named: then every earlier one. */
    heeded?: string[];
  };
  ReleaseGivenUp: { release: string; reason: Text };
  BenefitProposed: { wave: number; cycle: string; content: SignedContent };
  PermitGiven: {
    release: string;
    wave: number;
    core: ContentId;
    conditions: Condition[];
    expires: Instant;
    /** The heads the gate judged by. */
    programmeVersion: number;
    projectVersion: number;
  };
  AnalysisRegistered: {
    analysis: string;
    cycle: string;
    release: string;
    method: string;
    params: Record<string, unknown>;
    hypothesis: Text;
    support: Text;
    question: string;
    boundary: string;
    /** What it said it would do with which fields; without it, whatever the release allows. */
    intention?: Intention;
    /** Counts of its result are rounded to this base, and the small ones not hidden. */
    rounding?: number;
    /** In force when it was registered; they travel with its result. */
    caveats?: Caveat[];
    /** The hypothesis it names, in its version of then. */
    tests?: Tested;
  };
  ReadOpened: { release: string; analysis: string; read: number };
  AnalysisEnded: {
    analysis: string;
    outcome: RunOutcome;
    /** The result's manifest (names, lengths, digests), the core of OUTPUT; null if nothing was produced. */
    result: SignedContent | null;
    object: string | null;
    reason: string | null;
    /** What the output check found, beyond what passed; without it, nothing is left to decide. */
    findings?: OutputFinding[];
    /** What computed the result; unknown of results from before it was recorded. */
    code?: ComputedBy;
  };
  /** By its author or the lead while it was going: nothing of it is kept. */
  AnalysisCancelled: { analysis: string; reason: Text };
  OutputWithheld: { analysis: string; reason: Text };
  AnalysisStageClosed: { cycle: string };
  StageSettledEmpty: { cycle: string; stage: 'dataRequest' | 'analysis'; reason: Text };
  StageReopened: { cycle: string; stage: 'dataRequest' | 'analysis'; reason: Text };
  InterpretationAdded: {
    interpretation: string;
    cycle: string;
    person: PersonId;
    as: 'PRACTITIONER' | 'RESEARCHER';
    text: Text;
    misreading: Text;
  };
  InsightRecorded: {
    insight: string;
    cycle: string;
    status: InsightStatus;
    text: Text;
    authors: PersonId[];
    analyses: string[];
    /** Who owns it nationally, where it is outside the local remit. */
    owner?: Text | null;
  };
  ReflectionProposed: { reflection: string; cycle: string; content: SignedContent };
  RefinementProposed: { refinement: string; cycle: string; content: SignedContent; next: NextStep };
  ProjectSuspended: { reason: Text };
  ProjectResumed: Record<string, never>;
  ProjectClosed: { reason: Text };
  ReleaseDestroyed: { release: string; certificate: ContentId };
}

type EventOf<Catalogue> = { [T in keyof Catalogue]: { type: T; data: Catalogue[T] } }[keyof Catalogue];

export type ProgrammeEvent = EventOf<ProgrammeOnlyEvents & CheckpointEvents>;
export type ProjectEvent = EventOf<ProjectOnlyEvents & CheckpointEvents>;
export type DomainEvent = ProgrammeEvent | ProjectEvent;
export type EventType = DomainEvent['type'];
export type EventData<T extends EventType> = Extract<DomainEvent, { type: T }>['data'];

/** An event as the ledger holds it. */
export type Recorded<E extends DomainEvent = DomainEvent> = E & {
  at: Instant;
  actor: Actor;
  version: number;
};
