// The machine-readable terms people sign: agreement rules, boundary scope, an ask, a grant, a quorum rule.
import type { DelegationRule } from './delegation/terms';
import type { FieldTerms, GranularityLevel, Reasking, Withheld } from './negotiation/terms';
import type {
  CheckpointKind,
  Condition,
  ContentId,
  Instant,
  OrganisationId,
  PersonId,
  Role,
  Text,
  Tier,
} from './words';

/** What is signed: the core binds, the cover explains (DESIGN § The ledger). */
export interface SignedContent {
  core: ContentId;
  cover: ContentId;
}

/** One place in a quorum: `count` people holding one of `roles` (any role if empty), of `organisation` if given. */
export interface Slot {
  key: string;
  roles: Role[];
  organisation: OrganisationId | null;
  count: number;
}

/** All slots filled by distinct people, who come from at least `organisations` organisations. */
export interface QuorumRule {
  slots: Slot[];
  people: number;
  organisations: number;
}

/** Milliseconds after opening at which a round is reminded, escalated and lapses. */
export interface Timings {
  remindAfter: number;
  escalateAfter: number;
  lapseAfter: number;
}

export interface AgreementRules {
  /** The smallest number of distinct people a shown figure may rest on; never below 10. */
  frequencyThreshold: number;
  timings: Timings;
  /** Kinds that need the mailed code besides those that always do. */
  codeAlsoFor: CheckpointKind[];
  /** Extra slots per kind; an agreement may ask for more, never for less. */
  moreSigners: { kind: CheckpointKind; slot: Slot }[];
  /** Milliseconds before a changed address takes effect. */
  addressDelay: number;
  /** T5: how people who declined may be approached again; the default where this is missing. */
  reasking?: Reasking;
  /** Instead of `timings`: so many working days after the opening, without weekends and holidays. */
  workingDays?: Timings;
  /** Requests and reminders to sign wait for this hour, and those of one person come in one mail. */
  oneMailADay?: { at: string; timeZone: string };
  /** Kinds whose signers are asked in turns, by role: the next when those before have answered. All others at once. */
  inTurns?: { kind: CheckpointKind; turns: Role[][] }[];
  /** Who may hand a sign-off to a colleague; the default where this is missing. */
  delegation?: DelegationRule;
  /** Kinds that need more than the table asks for; each at most once. */
  quorums?: RaisedQuorum[];
  /** Days without work besides weekends, such as 2027-01-01; the calendar's own where this is missing. */
  holidays?: string[];
}

/** What an agreement asks of a kind's rounds beyond the table: more people, of more organisations, unseen by one another. */
export interface RaisedQuorum {
  kind: CheckpointKind;
  people?: number;
  organisations?: number;
  /** Answers stay hidden until the round closes; what T5 keeps blind is blind anyway. */
  blind?: boolean;
}

export interface AgreementParty {
  organisation: OrganisationId;
  registrar: PersonId;
  /** Institutions sign; an organisation without a signatory only has its registrar confirmed. */
  signatory: PersonId | null;
}

export interface Source {
  source: string;
  holder: OrganisationId;
  fields: string[];
}

/** B57: what a boundary allows. Everything a release does must lie inside. */
export interface BoundaryScope {
  purposes: string[];
  sources: Source[];
  linkage: boolean;
  tier: Tier;
  methods: string[];
  readers: PersonId[];
  /** Organisations whose data, clients or standing are exposed; each holder of a release is always among those it asks for TRUST. */
  exposed: OrganisationId[];
  retentionDays: number;
  expires: Instant;
}

/** One field as a file holds it. The rules read its name and type; what the rest means, the vault enforces. */
export interface FieldSpec {
  name: string;
  type: 'integer' | 'number' | 'text' | 'category' | 'date' | 'pseudonym';
  codes?: string[];
  bands?: number[];
  min?: number;
  max?: number;
  precision?: 'DAY' | 'MONTH' | 'QUARTER' | 'YEAR';
  timeCode?: 'YEAR' | 'MONTH' | 'QUARTER' | 'FINANCIAL_YEAR' | 'ACADEMIC_YEAR';
  datedBy?: string;
  period?: { from: string; to: string };
  covers?: { from: string; to: string };
  place?: { level: 'SMALL_AREA' | 'ORGANISATION' | 'LOCAL_AUTHORITY'; vintage?: string };
  required?: boolean;
  unique?: boolean;
  quasiIdentifier?: boolean;
  sensitive?: boolean;
}

/** How data enters or leaves the vault: rows of fields, or a cell table of dimensions × n, sums, sums of squares. */
export interface DataSpec {
  level: 'ROWS' | 'CELLS';
  fields: FieldSpec[];
  dimensions: string[];
  sums: string[];
  /** B26: what a row is about, or the finest place a cell names. */
  granularity?: GranularityLevel;
  organisations?: string;
  key?: string[];
  rules?: (
    { field: string; notBefore: string } | { field: string; requiredWhere: { field: string; in: string[] } }
  )[];
  collected?: { kind: 'FLOW' | 'STOCK'; start?: string; end?: string; asAt?: string };
  outsidePeriod?: 'REFUSE' | 'REMOVE';
  fewest?: number;
  merge?: { dimension: string; into: string };
  maxRows?: number;
  rowOrder?: 'BY_PSEUDONYM' | 'KEEP';
}

export interface Ask {
  source: string;
  fields: string[];
  tier: Tier;
  purpose: string;
  methods: string[];
  linkage: boolean;
  /** B26: period and granularity field by field; a field without terms is asked for whole. */
  detail?: FieldTerms[];
}

export interface Grant {
  tier: Tier;
  fields: string[];
  depositAs: DataSpec;
  releaseAs: DataSpec;
  conditions: Condition[];
  expires: Instant;
  /** B27: period and granularity field by field, as asked or less. */
  detail?: FieldTerms[];
  /** B27: fields kept back, each with its reason where the holder states one. */
  withheld?: Withheld[];
}

/** B24: why a further wave is asked for, and which earlier releases it rests on. */
export interface Rationale {
  text: Text;
  cites: string[];
}

export type Subject =
  | { type: 'agreement'; id: string }
  | { type: 'question'; id: string; cycle: string }
  | { type: 'boundary'; id: string }
  | { type: 'release'; id: string }
  | { type: 'wave'; id: string; wave: number }
  | { type: 'output'; id: string }
  | { type: 'reflection'; id: string; cycle: string }
  | { type: 'refinement'; id: string; cycle: string };

/** Right to erasure: what of a person is destroyed. The record stays. */
export interface Erasure {
  person: PersonId;
  /** Texts that name them, or that they said. */
  words: Text[];
  /** Texts of others, and signed contents, that speak of them: commitments and content ids. */
  about?: string[];
  /** Files of evidence of theirs, each as `stream/evidence`. */
  files?: string[];
  /** Why; it names nobody. */
  reason: Text;
}
