// What the events of a programme add up to: its organisations and people, and the agreements between them.
import type { Actor, Instant, OrganisationId, PersonId, Role, Text } from './words';
import type { AgreementParty, AgreementRules, SignedContent } from './terms';
import type { SafePeopleState } from './safe-people/terms';
import type { CoreTeamState } from './core-team/terms';
import type { EvidenceState } from './evidence/terms';
import type { MeetingsState, SeriesState } from './meetings/terms';
import type { Checkpoint } from './checkpoint-state';

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
