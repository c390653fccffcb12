// Words, events, commands and state of exports: what left the engine, for whom, and the digest of everything in it.
import type { Instant, PersonId } from '../words';

/** For whom an export is: anyone, the partners of the project, or its auditor. */
export const EXPORT_PROFILES = ['public', 'partners', 'auditor'] as const;
export type ExportProfile = (typeof EXPORT_PROFILES)[number];

export interface ExportEvents {
  /** `manifest` is the SHA-256 (hex) of the export's list of files and digests; the two versions are what it shows up to. */
  ProjectExported: {
    export: string;
    profile: ExportProfile;
    person: PersonId;
    manifest: string;
    programmeVersion: number;
    projectVersion: number;
  };
}

export interface ExportCommands {
  RecordExport: { profile: ExportProfile; manifest: string };
}

export interface ExportRecord {
  id: string;
  profile: ExportProfile;
  person: PersonId;
  at: Instant;
}

export interface ExportState {
  exports: ExportRecord[];
}
