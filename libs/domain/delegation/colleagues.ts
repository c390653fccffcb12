// To whom somebody may hand a sign-off now: what page and API offer, and what the command then takes.
import { whyNotAnswer } from '../decide/answering';
import { absentees } from '../participation/taking-part';
import type { Checkpoint, ProgrammeState, ProjectState, Round } from '../state';
import type { Instant, PersonId } from '../words';
import { delegatesFor, mayBeDelegated } from './rules';

interface Standing {
  programme: ProgrammeState;
  project: ProjectState | null;
  now: Instant;
}

/** In the order of the roster; none where the agreement or the person's part in the round allows none. */
export function colleagues(
  { programme, project, now }: Standing,
  { checkpoint, round, person }: { checkpoint: Checkpoint; round: Round; person: PersonId },
): PersonId[] {
  const { checkpoints } = project ?? programme;
  const own = round.asked.find((a) => a.person === person && a.onBehalfOf === undefined);
  if (!own || !mayBeDelegated(programme, checkpoint.kind, now)) return [];
  const answering = { programme, checkpoints, actor: { person }, now };
  if (whyNotAnswer(answering, { checkpoint: checkpoint.id, round: round.round }) !== null) return [];
  const absent = project === null ? [] : absentees({ programme, project }, now);
  const place = { programme, checkpoints, checkpoint, round, now };
  return delegatesFor(place, own).filter((colleague) => !absent.includes(colleague));
}
