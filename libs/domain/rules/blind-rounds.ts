// T5: in a blind round nobody learns what another answered, or whether, before it closes: where one signer's organisation commissions another's.
import type { Checkpoint, ProgrammeState, Round } from '../state';
import type { Actor, Instant, PersonId } from '../words';
import { holds } from './roster';
import { awaited, isAskedYet, roundStatus } from './standing';

/** Entries that tell how somebody answered. */
const ANSWERS: ReadonlySet<string> = new Set([
  'DecisionRecorded',
  'DecisionCountersigned',
  'DecisionWithdrawn',
]);
/** Entries that name who had not answered yet, and so who had. */
const WAITS: ReadonlySet<string> = new Set(['Reminded', 'Escalated']);

/** Whether the answers in a round are hidden now. */
export const areAnswersHidden = (
  programme: ProgrammeState,
  { kind }: Pick<Checkpoint, 'kind'>,
  round: Round,
  now: Instant,
): boolean => round.blind && roundStatus(programme, kind, round, now) === 'OPEN';

/** Whether this person is kept from knowing who has answered; an auditor is not, a public reader (null) always is. */
export const isKeptBlind = (
  programme: ProgrammeState,
  checkpoint: Pick<Checkpoint, 'kind'>,
  round: Round,
  person: PersonId | null,
  now: Instant,
): boolean =>
  areAnswersHidden(programme, checkpoint, round, now) &&
  (person === null || !holds(programme, person, ['auditor'], now));

/** Whom a round awaits, as one person may know it: while it is blind everybody asked, but that person themselves once they answered. */
export function awaitedAsSeen(
  programme: ProgrammeState,
  checkpoint: Pick<Checkpoint, 'kind'>,
  round: Round,
  person: PersonId | null,
  now: Instant,
): PersonId[] {
  const truly = awaited(programme, round, now);
  if (!isKeptBlind(programme, checkpoint, round, person, now)) return truly;
  const asked = round.asked.map((each) => each.person).filter((each) => isAskedYet(round, each));
  return [...new Set(asked)].filter((each) => each !== person || truly.includes(each));
}

/** Answers in a blind round are their signer's, whoever wrote or confirmed them, and an auditor's. `person` is null for a public reader. */
export function mayReadAnswerEntry(
  programme: ProgrammeState,
  checkpoints: ProgrammeState['checkpoints'],
  { type, actor, data }: { type: string; actor: Actor; data: object },
  person: PersonId | null,
  now: Instant,
): boolean {
  if (!ANSWERS.has(type) && !WAITS.has(type)) return true;
  const answer = data as { checkpoint: string; round: number; person?: PersonId };
  const checkpoint = checkpoints[answer.checkpoint];
  const round = checkpoint?.rounds.find(({ round }) => round === answer.round);
  if (!checkpoint || !round || !isKeptBlind(programme, checkpoint, round, person, now)) return true;
  return person !== null && (person === answer.person || ('person' in actor && actor.person === person));
}
