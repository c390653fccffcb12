// Words, events and commands of handing one's sign-off to a colleague.
import type { Assurance, CheckpointKind, Instant, OrganisationId, PersonId, Text } from '../words';

/** What an agreement allows: kinds whose signers may delegate, and for how many days at most. */
export interface DelegationRule {
  kinds: CheckpointKind[];
  days: number;
}

export interface DelegationEvents {
  /** `to` signs in their own name, for the slots that `person` was asked for, until `until`. */
  SigningDelegated: {
    checkpoint: string;
    round: number;
    person: PersonId;
    to: PersonId;
    organisation: OrganisationId;
    slots: string[];
    until: Instant;
    assurance: Assurance;
    signedAs: Text;
  };
  DelegationTakenBack: {
    checkpoint: string;
    round: number;
    person: PersonId;
    assurance: Assurance;
    signedAs: Text;
  };
}

export interface DelegationCommands {
  DelegateSigning: {
    checkpoint: string;
    round: number;
    to: PersonId;
    /** null: as long as the round and the agreement allow. */
    until: Instant | null;
    assurance: Assurance;
    signedAs: Text;
  };
  TakeBackDelegation: { checkpoint: string; round: number; assurance: Assurance; signedAs: Text };
}
