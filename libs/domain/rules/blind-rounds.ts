// T5: in a blind round nobody reads what another answered before it closes: where one signer's organisation commissions another's.
import type { Checkpoint, ProgrammeState, Round } from '../state';
import type { Actor, Instant, PersonId } from '../words';
import { holds } from './roster';
import { roundStatus } from './standing';

/** Entries that tell how somebody answered. */
const ANSWERS: ReadonlySet<string> = new Set([
  'DecisionRecorded',
  'DecisionCountersigned',
  'DecisionWithdrawn',
]);

/** Whether the answers in a round are hidden now. */
export const areAnswersHidden = (
  programme: ProgrammeState,
  { kind }: Pick<Checkpoint, 'kind'>,
  round: Round,
  now: Instant,
): boolean => round.blind && roundStatus(programme, kind, round, now) === 'OPEN';

/** Answers in a blind round are their signer's, whoever wrote or confirmed them, and an auditor's. `person` is null for a public reader. */
export function mayReadAnswerEntry(
  programme: ProgrammeState,
  checkpoints: ProgrammeState['checkpoints'],
  { type, actor, data }: { type: string; actor: Actor; data: object },
  person: PersonId | null,
  now: Instant,
): boolean {
  if (!ANSWERS.has(type)) return true;
  const answer = data as { checkpoint: string; round: number; person: PersonId };
  const checkpoint = checkpoints[answer.checkpoint];
  const round = checkpoint?.rounds.find(({ round }) => round === answer.round);
  if (!checkpoint || !round || !areAnswersHidden(programme, checkpoint, round, now)) return true;
  if (person === null) return false;
  const isOwn = person === answer.person || ('person' in actor && actor.person === person);
  return isOwn || holds(programme, person, ['auditor'], now);
}
