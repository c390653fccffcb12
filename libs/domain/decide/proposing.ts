// Putting a proposal up for sign-off: which checkpoint it belongs to, who is asked, and who is only told (T5).
import type { ProjectEvent } from '../events';
import { refuse } from '../refusal';
import { approachRefusers, notYet, reaskingOf } from '../negotiation/reasking';
import type { AgreementRules, SignedContent, Subject } from '../terms';
import type { CheckpointKind, PersonId, StageStatus } from '../words';
import type { SigningContext } from '../rules/signers';
import type { Answer, Context } from './context';
import { accept, underAgreement } from './context';
import type { Opening } from './opening';
import { openRound } from './opening';
import { absentees } from '../participation/taking-part';

/** A signed stage takes a proposal in every status but WAITING; a pending one is replaced and its answers void (I8). */
export const PROPOSABLE: StageStatus[] = [
  'OPEN',
  'ASKED',
  'CHANGES_REQUESTED',
  'REJECTED',
  'LAPSED',
  'REOPENED',
  'SETTLED',
];

interface Proposal {
  kind: CheckpointKind;
  subject: Subject;
  content: SignedContent;
  proposer: PersonId;
  context?: Partial<SigningContext>;
  excluded?: PersonId[];
  /** Ids already given out by events of the same command. */
  taken?: number;
}

/** The id of the checkpoint this kind and place already has, so that a new proposal is a new round of it. */
function checkpointFor(context: Context, kind: CheckpointKind, subject: Subject, taken: number): string {
  const isSame = (other: Subject): boolean =>
    kind === 'LEGAL' || kind === 'ETHICAL'
      ? true
      : 'cycle' in subject && 'cycle' in other
        ? subject.cycle === other.cycle
        : subject.type === other.type && subject.id === other.id;
  const known = Object.values(context.world.project.checkpoints).find(
    (c) => c.kind === kind && c.rounds.some((r) => isSame(r.subject)),
  );
  return known?.id ?? `k${(context.world.project.counters['k'] ?? 0) + 1 + taken}`;
}

/** Opens the round that a proposal asks for, under the agreement's rules. */
export function ask(context: Context, proposal: Proposal): Answer {
  const { world, now } = context;
  const under = underAgreement(context);
  if (!under.ok) return under;
  const { rules } = under.agreement;
  const excluded = [...absentees(world, now), ...(proposal.excluded ?? [])];
  const opening: Opening = {
    checkpoint: checkpointFor(context, proposal.kind, proposal.subject, proposal.taken ?? 0),
    kind: proposal.kind,
    subject: proposal.subject,
    content: proposal.content,
    proposer: proposal.proposer,
    context: proposal.context ?? {},
    organisations: under.organisations,
    rules,
    excluded,
  };
  const open = (more: Partial<Opening>) =>
    openRound(world.programme, world.project.checkpoints, { ...opening, ...more }, now);
  const { resting, told } = refusersOf(context, opening.checkpoint, rules);
  const opened = open({ excluded: [...excluded, ...resting.map((r) => r.person)], told });
  // Where the quorum rests on somebody who declined, a new version waits until they may be told of it.
  if (!opened.ok && resting.length > 0 && open({}).ok) {
    const { rule, reason, remedy } = notYet(resting.map((r) => r.approach));
    return refuse(
      'CONFLICT',
      rule,
      `the quorum of ${proposal.kind} needs somebody who declined: ${reason}`,
      remedy,
    );
  }
  return opened;
}

/** T5: people who declined an earlier version, by whether they are told of this one or left in peace. */
function refusersOf({ world, now }: Context, checkpoint: string, rules: AgreementRules) {
  const { project } = world;
  const refusers =
    project.rulesVersion < 2
      ? []
      : approachRefusers(project, project.checkpoints[checkpoint], reaskingOf(rules), now);
  return {
    resting: refusers.filter((r) => r.approach.may === 'NOT'),
    told: refusers.filter((r) => r.approach.may === 'TELL').map((r) => r.person),
  };
}

/** The proposal's event followed by the rounds it opens; refused whole if one cannot open. */
export function propose(event: ProjectEvent, ...rounds: Answer[]): Answer {
  const events: ProjectEvent[] = [event];
  for (const round of rounds) {
    if (!round.ok) return round;
    events.push(...round.events);
  }
  return accept(...events);
}
