// When a round of sign-off next needs the engine: pure, by the ledger's clock.
import { askedSince, nextTurn, projectStatus, reminderDue, roundStatus, shifted } from '#libs/domain';
import type { CheckpointKind, Instant, ProgrammeState, ProjectState, Round } from '#libs/domain';

export interface RoundStanding {
  isOpen: boolean;
  /** The next reminder, escalation or deadline not yet kept; null while none will come (a suspended project). */
  due: Instant | null;
}

/** `project` is null for a programme's own rounds, which no suspension touches. */
export function roundStanding(
  programme: ProgrammeState,
  project: ProjectState | null,
  kind: CheckpointKind,
  round: Round,
  now: Instant,
): RoundStanding {
  const status = project === null ? 'ACTIVE' : projectStatus(project);
  const isOpen = roundStatus(programme, kind, round, now) === 'OPEN' && status !== 'CLOSED';
  if (!isOpen || status === 'SUSPENDED') return { isOpen, due: null };
  // The next turn is asked as soon as those before have answered.
  if (nextTurn(programme, round, now)) return { isOpen, due: now };
  const { remindAt, escalateAt, deadline } = round;
  const since = askedSince(round);
  const reminder = (at: Instant) => (project === null ? at : reminderDue(project, since, at, now));
  if (round.reminders === 0) return { isOpen, due: reminder(remindAt) };
  if (round.escalatedAt === null) return { isOpen, due: reminder(escalateAt) };
  return { isOpen, due: project === null ? deadline : shifted(project, since, deadline, now) };
}
