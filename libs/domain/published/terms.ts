// Published data (B23, B52): imported from its publisher's address, checked by law, and asked of nobody.
import type { DataSpec } from '../terms';
import type { Assurance, Instant, OrganisationId, PersonId, Text } from '../words';

/** What the publisher says of the file, as the register of sources said it when the file was imported. */
export interface PublishedFile {
  address: string;
  licence: string;
  version: string;
  disclosureControl: Text;
}

export interface ImportTerms {
  /** The registered source. */
  source: string;
  /** SHA-256 (hex) of the publisher's file: no other is taken in. */
  digest: string;
  depositAs: DataSpec;
  releaseAs: DataSpec;
  /** When the copy here is destroyed. */
  expires: Instant;
}

/** NOT_PERMITTED is final: the licence ended, or the check found a reason; another version is another import. */
export const LEGAL_CHECK_OUTCOMES = ['PERMITTED', 'NOT_PERMITTED'] as const;
export type LegalCheckOutcome = (typeof LEGAL_CHECK_OUTCOMES)[number];

export const IMPORT_STATUSES = ['UNCHECKED', 'PERMITTED', 'NOT_PERMITTED', 'EXPIRED'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

export interface PublishedEvents {
  ImportProposed: {
    import: string;
    cycle: string;
    file: PublishedFile;
    person: PersonId;
    /** Whose risk owner checks: the organisation that imports it. */
    organisation: OrganisationId;
  } & ImportTerms;
  LegalCheckRecorded: {
    import: string;
    person: PersonId;
    outcome: LegalCheckOutcome;
    text: Text;
    assurance: Assurance;
  };
}

export interface PublishedCommands {
  /** `version` and `licence` as whoever imports it read them at the address: both have to be those of the register. */
  ProposeImport: ImportTerms & { version: string; licence: string };
  RecordLegalCheck: { import: string; outcome: LegalCheckOutcome; text: Text; assurance: Assurance };
}

export interface LegalCheck {
  person: PersonId;
  outcome: LegalCheckOutcome;
  text: Text;
  at: Instant;
}

export interface PublishedImport extends ImportTerms {
  id: string;
  cycle: string;
  file: PublishedFile;
  person: PersonId;
  organisation: OrganisationId;
  at: Instant;
  /** In order; the last one holds. */
  checks: LegalCheck[];
}

export interface PublishedState {
  imports: Record<string, PublishedImport>;
}
