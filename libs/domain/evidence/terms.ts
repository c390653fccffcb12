// Evidence with discretion (B7, B17, B20): what is recorded, asked for and remembered, alike for a programme and a project.
import type { Instant, OrganisationId, PersonId, Role, Text } from '../words';

export const EVIDENCE_KINDS = ['DOCUMENT', 'COMMENT', 'MINUTES', 'EMAIL', 'CALL', 'REA'] as const;
/** REA: a Rapid Evidence Assessment, evidence that is not data (§4.1). */
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

export const AUDIENCES = ['AUTHOR', 'CORE_TEAM', 'PARTNERS', 'PUBLIC'] as const;
/** Each includes the one before. PARTNERS is everybody on the programme's roster. */
export type Audience = (typeof AUDIENCES)[number];

export const NOTES_STATUSES = ['DRAFT', 'AGREED'] as const;
export type NotesStatus = (typeof NOTES_STATUSES)[number];

/** Whose word it is: a person of the roster, a role (of an organisation, or without saying which), or somebody outside. */
export type Attribution =
  | { type: 'PERSON'; person: PersonId }
  | { type: 'ROLE'; role: Role; organisation: OrganisationId | null }
  | { type: 'OUTSIDE'; who: Text };

/** Where it comes from, when it was made or took place, and which earlier items it was made from (W3C PROV). */
export interface EvidenceOrigin {
  origin: Text;
  dated: Instant;
  derivedFrom: string[];
}

/** B17: a protocol, a search bounded in sources, terms and time, findings, and what they do not show. */
export interface Assessment {
  protocol: Text;
  search: { sources: Text; terms: Text; from: Instant; to: Instant };
  findings: Text;
  limits: Text;
}

export const CONSIDERED_IN = ['question', 'analysis', 'insight'] as const;
/** What evidence stands beside: B20, data is one form of evidence. */
export interface ConsideredIn {
  type: (typeof CONSIDERED_IN)[number];
  id: string;
}

export interface StoredFile {
  name: Text;
  /** SHA-256 (hex) and length of the file as it was sent. */
  digest: string;
  bytes: number;
  mediaType: string;
  /** The sealed object in the vault. */
  object: string;
}

interface Recording {
  kind: EvidenceKind;
  title: Text;
  audience: Audience;
  attribution: Attribution;
  provenance: EvidenceOrigin;
  /** Who was present, or wrote and received it; people of the roster. */
  participants: PersonId[];
  /** How many more took part who are not on the roster. */
  others: number;
  /** The meeting these minutes are of. */
  meeting: string | null;
  /** Null where nothing but the fact is recorded, or the words are in a file. */
  text: Text | null;
  assessment: Assessment | null;
  /** The request that was refused, or came to nothing, whose data this speaks of: cited, and seen by nobody but its holder. */
  unseen?: string | null;
}

export const EVIDENCE_STANDINGS = ['SEEN', 'CITED_NOT_SEEN'] as const;
/** CITED_NOT_SEEN: what it rests on was never shown, so it is a statement and proves nothing by itself. */
export type EvidenceStanding = (typeof EVIDENCE_STANDINGS)[number];

export interface EvidenceEvents {
  EvidenceRecorded: Recording & { evidence: string };
  EvidenceFileStored: StoredFile & { evidence: string };
  AudienceChanged: { evidence: string; audience: Audience };
  NotesAmended: { evidence: string; version: number; text: Text };
  NotesAgreed: { evidence: string; version: number; person: PersonId };
  ResearchUseConsented: { evidence: string; person: PersonId };
  ResearchUseWithdrawn: { evidence: string; person: PersonId };
  EvidenceConsidered: { evidence: string; in: ConsideredIn; because: Text };
  CitedAsResearchData: { evidence: string; in: ConsideredIn; because: Text };
}

export interface EvidenceCommands {
  RecordEvidence: Recording;
  StoreEvidenceFile: StoredFile & { evidence: string };
  ChangeAudience: { evidence: string; audience: Audience };
  AmendNotes: { evidence: string; text: Text };
  /** `version` is the one read: agreeing to words that have changed meanwhile is refused. */
  AgreeNotes: { evidence: string; version: number };
  ConsentToResearchUse: { evidence: string };
  WithdrawResearchUse: { evidence: string };
  ConsiderEvidence: { evidence: string; in: ConsideredIn; because: Text };
  CiteAsResearchData: { evidence: string; in: ConsideredIn; because: Text };
}

export interface NotesVersion {
  version: number;
  text: Text;
  person: PersonId;
  at: Instant;
  agreed: { person: PersonId; at: Instant }[];
}

/** One use of an item beside a question, an analysis or an insight. */
export interface EvidenceUse {
  in: ConsideredIn;
  because: Text;
  person: PersonId;
  at: Instant;
}

export interface Evidence extends Omit<Recording, 'text'> {
  id: string;
  author: PersonId;
  recordedAt: Instant;
  /** The words, last version last; empty where there are none. */
  versions: NotesVersion[];
  file: (StoredFile & { at: Instant }) | null;
  /** Each participant's own word on research use, the last one given. */
  consents: Record<PersonId, { at: Instant; withdrawnAt: Instant | null }>;
  considered: EvidenceUse[];
  cited: EvidenceUse[];
}

export interface EvidenceState {
  evidence: Evidence[];
}
