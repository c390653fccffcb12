// What reading routes show of checkpoints, their rounds and the decisions in them.
import { z } from 'zod';
import { ASSURANCES, CHECKPOINT_KINDS, CHOICES, HEARD_BY } from '#libs/domain';
import {
  Condition,
  Content,
  Erasable,
  Id,
  Instant,
  Named,
  Role,
  RoundStatus,
  Withdrawal,
} from '../http/shown';
import { QuorumShown } from './quorum.view';

const Slot = z.object({ key: z.string(), roles: z.array(Role), organisation: Id.nullable(), count: z.int() });
const DecisionShown = z.object({
  ...{ person: Named, organisation: Named, roles: z.array(Role), choice: z.enum(CHOICES), core: z.string() },
  ...{ cover: z.string(), at: Instant, version: z.int(), assurance: z.enum(ASSURANCES) },
  ...{ conditions: z.array(Condition), withdrawn: Withdrawal, reason: Erasable, dissent: Erasable },
  /** T15: who wrote a RECORDED answer down and what shows it; an approval counts once it is countersigned. */
  written: z.object({ by: Named, how: z.enum(HEARD_BY), evidence: Id }).optional(),
  countersigned: z.object({ by: Named, at: Instant }).nullable().optional(),
});
export const RoundShown = z.object({
  ...{ round: z.int(), subject: z.record(z.string(), z.unknown()), content: Content, status: RoundStatus },
  ...{ proposer: Named, openedAt: Instant, blind: z.boolean(), deadline: Instant, reminders: z.int() },
  ...{ escalatedAt: Instant.nullable(), lapsedAt: Instant.nullable(), voidedAt: Instant.nullable() },
  rule: z.object({ slots: z.array(Slot), people: z.int(), organisations: z.int() }),
  quorum: QuorumShown,
  outOfReach: z.array(z.string()).describe('What the roster no longer offers an open round.'),
  asked: z.array(
    z.object({
      ...{ id: Id, name: Erasable, organisation: Named, slots: z.array(z.string()) },
      onBehalfOf: Named.nullable().describe('Who handed their sign-off to this person.'),
      until: Instant.nullable().describe('When that delegation ends, or ended.'),
      hasAnswered: z.boolean().nullable().describe('Null while the round is blind.'),
    }),
  ),
  decisions: z.array(DecisionShown).describe('While a blind round is open, only your own.'),
});
const CheckpointKind = z.enum(CHECKPOINT_KINDS);
export const CheckpointListed = z.object({
  ...{ id: Id, kind: CheckpointKind, rounds: z.int(), current: RoundShown.nullable() },
});
export const CheckpointShown = z.object({
  ...{ id: Id, kind: CheckpointKind, rounds: z.array(RoundShown) },
  content: z
    .object({ core: z.unknown(), cover: z.unknown() })
    .nullable()
    .describe('What is signed, as it is shown; parts are null once erased.'),
});
