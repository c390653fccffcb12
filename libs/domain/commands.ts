// Every command people or the engine's processes can give, imperative. `decide` answers with events or a refusal.
import type {
  Assurance,
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
} from './words';
import type { QuestionCommands, QuestionForm } from './questions/terms';
import type { SourceCommands } from './sources/terms';
import type { IssueCommands } from './issue/terms';
import type { ExportCommands } from './exports/terms';
import type { TempoCommands } from './tempo/terms';
import type { ParticipationCommands } from './participation/terms';
import type {
  AgreementParty,
  AgreementRules,
  Ask,
  BoundaryScope,
  Erasure,
  Grant,
  Rationale,
  SignedContent,
} from './terms';
import type { AdmissibilityCommands, Intention } from './admissibility';
import type { AnswerWords, AskWords, NegotiationCommands } from './negotiation/terms';
import type { CoreTeamCommands } from './core-team/terms';
import type { EvidenceCommands } from './evidence/terms';
import type { MeetingCommands, SeriesCommands } from './meetings/terms';
import type { HypothesesCommands } from './hypotheses';
import type { InsightsCommands } from './insights';
import type { ActionsCommands } from './actions';
import type { PublicationCommands } from './publication';
import type { CollectionCommands } from './collection/terms';
import type { ExpiryCommands } from './expiry/terms';
import type { DictionaryCommands } from './dictionaries/terms';
import type { ObjectionCommands } from './objections/terms';
import type { LegalCommands, LegalReference } from './legal/terms';
import type { SafePeopleCommands } from './safe-people/terms';
import type { ComputedBy, FindingDecided, OutputCheckCommands, OutputFinding } from './output-check/terms';
import type { PublishedCommands } from './published/terms';
import type { DelegationCommands } from './delegation/terms';
import type { RecordedAnswerCommands, RecordedGrantCommands } from './recorded-answers/terms';

/** Sign-off commands, the same in programme and project streams. */
export interface CheckpointCommands extends RecordedAnswerCommands, DelegationCommands {
  RecordDecision: {
    checkpoint: string;
    round: number;
    choice: Choice;
    core: ContentId;
    cover: ContentId;
    assurance: Assurance;
    conditions: Condition[];
    reason: Text | null;
    dissent: Text | null;
    signedAs: Text;
    page: { locale: string; digest: string } | null;
    confidant?: PersonId;
    askAgain?: true;
    findings?: FindingDecided[];
  };
  WithdrawDecision: {
    checkpoint: string;
    round: number;
    mode: WithdrawalMode;
    atOnce: boolean;
    disowned: boolean;
    assurance: Assurance;
    reason: Text | null;
    confidant?: PersonId;
    signedAs: Text;
  };
  ChangeCover: { checkpoint: string; cover: ContentId };
  /** Worker: due reminders, escalations and lapses of one round; idempotent. */
  KeepTime: { checkpoint: string; round: number };
}

export interface ProgrammeOnlyCommands
  extends CoreTeamCommands, EvidenceCommands, MeetingCommands, SeriesCommands, SafePeopleCommands {
  StartProgramme: { name: Text };
  AddOrganisation: { organisation: OrganisationId; name: Text; commissionedBy: OrganisationId[] };
  AttestPerson: {
    person: PersonId;
    organisation: OrganisationId;
    roles: Role[];
    name: Text;
    address: Text | null;
  };
  ChangeRoles: { person: PersonId; roles: Role[] };
  ChangeAddress: { person: PersonId; address: Text };
  CancelAddressChange: { person: PersonId };
  NameDeputy: { deputy: PersonId };
  RecordLeaver: { person: PersonId };
  /** By the registrar, once the person has left; `words`: everything that names them. */
  ErasePerson: Erasure;
  ProposeAgreement: {
    content: SignedContent;
    parties: AgreementParty[];
    rules: AgreementRules;
    expires: Instant;
  };
}

export interface ProjectOnlyCommands
  extends
    QuestionCommands,
    SourceCommands,
    IssueCommands,
    TempoCommands,
    ExportCommands,
    ParticipationCommands,
    AdmissibilityCommands,
    NegotiationCommands,
    EvidenceCommands,
    MeetingCommands,
    HypothesesCommands,
    InsightsCommands,
    ActionsCommands,
    PublicationCommands,
    LegalCommands,
    CollectionCommands,
    ObjectionCommands,
    DictionaryCommands,
    ExpiryCommands,
    OutputCheckCommands,
    PublishedCommands,
    RecordedGrantCommands {
  StartProject: { programme: string; title: Text };
  RecordEthics: { body: Text; reference: Text; conditions: Text | null; expires: Instant };
  EndEthics: { ethics: string; reason: Text };
  /** `descendsFrom`: the cycle whose settled reflection this one rests on; null only for the first. */
  StartCycle: { descendsFrom: string | null };
  AnnounceStage: { cycle: string; stage: Stage };
  ProposeQuestion: { content: SignedContent; sufficient: boolean; form?: QuestionForm };
  ProposeBoundary: { content: SignedContent; scope: BoundaryScope; legalFile?: LegalReference };
  SendRequest: { holder: OrganisationId; ask: Ask; content: SignedContent; rationale: Rationale } & AskWords;
  KeepRequestTime: { request: string };
  AnswerRequest: {
    request: string;
    outcome: 'GRANTED' | 'PARTLY_GRANTED' | 'REFUSED';
    grant: Grant | null;
    reasons: RefusalReason[];
    reason: Text | null;
    assurance: Assurance;
  } & AnswerWords;
  WithdrawGrant: {
    request: string;
    mode: WithdrawalMode;
    atOnce: boolean;
    assurance: Assurance;
    reason: Text | null;
    confidant?: PersonId;
    signedAs?: Text;
  };
  InviteDeposit: { request: string; publicKey: string };
  ReceiveDeposit: {
    deposit: string;
    digest: string;
    bytes: number;
    object: string;
    assurance?: 'LINK_CODE';
    signedAs?: Text;
  };
  OpenDeposit: { deposit: string; purpose: 'check' | 'materialise' };
  AcceptDeposit: { deposit: string; rows: number; report: ContentId };
  RefuseDeposit: { deposit: string; report: ContentId };
  CertifyDepositDestroyed: { deposit: string; certificate: ContentId };
  ProposeRelease: {
    requests: string[];
    imports?: string[];
    tier: Tier;
    purpose: string;
    methods: string[];
    readers: PersonId[];
    rationale: Rationale;
    expires: Instant;
  };
  SealRelease: {
    release: string;
    content: SignedContent;
    digest: string;
    rows: number;
    bytes: number;
    object: string;
    /** The objections whose people were left out. */
    heeded: string[];
    /** The other sealed releases of the project that it was compared with (T9). */
    compared: string[];
  };
  GiveUpRelease: { release: string; reason: Text };
  ProposeBenefit: { wave: number; content: SignedContent };
  /** The gate: refused with everything missing and whose move it is, or a permit. */
  GivePermit: { release: string };
  RegisterAnalysis: {
    release: string;
    method: string;
    params: Record<string, unknown>;
    hypothesis: Text;
    support: Text;
    intention?: Intention;
    /** Counts of its result are rounded to this base, and the small ones not hidden. */
    rounding?: number;
    /** The id of the hypothesis it tests, beside the words. */
    tests?: string;
  };
  OpenRead: { analysis: string };
  EndAnalysis: {
    analysis: string;
    outcome: RunOutcome;
    result: SignedContent | null;
    object: string | null;
    reason: string | null;
    findings?: OutputFinding[];
    code?: ComputedBy;
    /** The results it was checked against; where another has come since, it has to be checked anew. */
    compared?: string[];
  };
  CancelAnalysis: { analysis: string; reason: Text };
  WithholdOutput: { analysis: string; reason: Text };
  CloseAnalysisStage: Record<never, never>;
  SettleEmpty: { stage: 'dataRequest' | 'analysis'; reason: Text };
  ReopenStage: { stage: 'dataRequest' | 'analysis'; reason: Text };
  AddInterpretation: { as: 'PRACTITIONER' | 'RESEARCHER'; text: Text; misreading: Text };
  RecordInsight: {
    status: InsightStatus;
    text: Text;
    authors: PersonId[];
    analyses: string[];
    owner?: Text | null;
  };
  ProposeReflection: { content: SignedContent };
  ProposeRefinement: { content: SignedContent; next: NextStep };
  SuspendProject: { reason: Text };
  ResumeProject: Record<never, never>;
  CloseProject: { reason: Text };
  CertifyReleaseDestroyed: { release: string; certificate: ContentId };
}

type CommandOf<Catalogue> = { [T in keyof Catalogue]: { type: T } & Catalogue[T] }[keyof Catalogue];

export type CheckpointCommand = CommandOf<CheckpointCommands>;
export type ProgrammeCommand = CommandOf<ProgrammeOnlyCommands> | CheckpointCommand;
export type ProjectCommand = CommandOf<ProjectOnlyCommands> | CheckpointCommand;
export type Command = ProgrammeCommand | ProjectCommand;
