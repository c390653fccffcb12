// The issue behind a question: what it is like, dated, and the narratives that compete over it (B44).
import type { Instant, PersonId, Role, Text } from '../words';

export const TRAITS = ['contested', 'urgent', 'open', 'risky'] as const;
export type Trait = (typeof TRAITS)[number];
export const DEGREES = ['NO', 'SOMEWHAT', 'YES'] as const;
export type Degree = (typeof DEGREES)[number];

/** How the issue is seen, each trait with the reason for seeing it so. */
export type Traits = Record<Trait, { degree: Degree; because: Text }>;

export interface IssueProfile {
  id: string;
  cycle: string | null;
  traits: Traits;
  person: PersonId;
  at: Instant;
}

/** A way of telling what the issue is, held by a role; its holder is named only if they agree. */
export interface Narrative {
  id: string;
  heldAs: Role;
  /** Told by the one who holds it; otherwise reported, and then nobody is ever named as its holder. */
  isOwn: boolean;
  isNamed: boolean;
  text: Text;
  person: PersonId;
  at: Instant;
}

export interface IssueEvents {
  IssueProfiled: { profile: string; cycle: string | null; traits: Traits };
  NarrativeTold: { narrative: string; heldAs: Role; isOwn: boolean; isNamed: boolean; text: Text };
  NarrativeNamed: { narrative: string; isNamed: boolean };
}

export interface IssueCommands {
  ProfileIssue: { traits: Traits };
  TellNarrative: { heldAs: Role; isOwn: boolean; isNamed: boolean; text: Text };
  /** Agrees to be named as the holder, or takes that back. */
  NameNarrative: { narrative: string; isNamed: boolean };
}

export interface IssueState {
  profiles: IssueProfile[];
  narratives: Narrative[];
}
