// What the events add up to of a sign-off: its rounds, who was asked in each, and what they decided and took back.
import type {
  Assurance,
  CheckpointKind,
  Choice,
  Condition,
  ContentId,
  Instant,
  OrganisationId,
  PersonId,
  Role,
  Text,
  WithdrawalMode,
} from './words';
import type { QuorumRule, SignedContent, Subject } from './terms';
import type { Asked } from './events';
import type { FindingDecided } from './output-check/terms';
import type { Countersignature, WrittenDown } from './recorded-answers/terms';

export interface Withdrawal {
  person: PersonId;
  at: Instant;
  mode: WithdrawalMode;
  atOnce: boolean;
  disowned: boolean;
  written?: WrittenDown;
  /** T5: a reason given in confidence, and the one neutral person who reads it. */
  reason?: Text;
  confidant?: PersonId;
}

export interface Decision {
  person: PersonId;
  organisation: OrganisationId;
  roles: Role[];
  choice: Choice;
  core: ContentId;
  cover: ContentId;
  at: Instant;
  version: number;
  assurance: Assurance;
  conditions: Condition[];
  reason: Text | null;
  dissent: Text | null;
  confidant?: PersonId;
  askAgain?: true;
  findings?: FindingDecided[];
  /** T15: of a RECORDED answer; an approval counts from its countersignature on. */
  written?: WrittenDown;
  countersigned?: Countersignature;
  onBehalfOf?: PersonId;
  withdrawn: Withdrawal | null;
}

export interface Round {
  round: number;
  subject: Subject;
  content: SignedContent;
  /** T3: the covering text the round began with, where it was changed since. */
  firstCover?: ContentId;
  rule: QuorumRule;
  asked: Asked[];
  proposer: PersonId;
  openedAt: Instant;
  remindAt: Instant;
  escalateAt: Instant;
  deadline: Instant;
  needsCode: boolean;
  blind: boolean;
  told?: PersonId[];
  /** Where people are asked in turns; `turn` counts from 1 and is 1 where it is missing. */
  turns?: PersonId[][];
  turn?: number;
  turnBegunAt?: Instant;
  /** In order of recording; at most one effective decision per person (I5). */
  decisions: Decision[];
  reminders: number;
  escalatedAt: Instant | null;
  lapsedAt: Instant | null;
  voidedAt: Instant | null;
}

export interface Checkpoint {
  id: string;
  kind: CheckpointKind;
  /** The last is the current one. */
  rounds: Round[];
}
