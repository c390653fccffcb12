// Safe people (B54): what the programme records of each person before they may read anything.
import type { Assurance, Instant, PersonId, Text } from '../words';

export interface SafePeopleEvents {
  /** Attested by the registrar of the person's own organisation. */
  TrainingRecorded: { person: PersonId; course: Text; completed: Instant; expires: Instant };
  UndertakingSigned: { person: PersonId; text: Text; signedAs: Text; assurance: Assurance };
  /** `interests` is null for "none to declare", which is a declaration too. */
  InterestsDeclared: { person: PersonId; interests: Text | null; assurance: Assurance };
}

export interface SafePeopleCommands {
  RecordTraining: { person: PersonId; course: Text; completed: Instant; expires: Instant };
  SignUndertaking: { text: Text; signedAs: Text; assurance: Assurance };
  DeclareInterests: { interests: Text | null; assurance: Assurance };
}

/** What stands on record of one person since they were last attested. */
export interface Safety {
  training: { course: Text; completed: Instant; expires: Instant; at: Instant } | null;
  undertaking: { text: Text; at: Instant } | null;
  interests: { declared: Text | null; at: Instant } | null;
}

export interface SafePeopleState {
  safety: Record<PersonId, Safety>;
}

export const SAFETY_LACKS = ['TRAINING', 'UNDERTAKING', 'INTERESTS'] as const;
export type SafetyLack = (typeof SAFETY_LACKS)[number];
