// Whom the course of a round is told to: its outcome, its lapse, an approval that waits for a colleague.
import { hasAnswered } from '../delegation/asked';
import type { MailOrder } from '../effects-types';
import type { EventData } from '../events';
import { awaitsCountersignature, countersigners } from '../recorded-answers/rules';
import type { Checkpoint, Round } from '../state';
import type { Instant, PersonId } from '../words';
import { roundStatus } from './standing';
import { checkpointsOf, mail } from './telling';
import type { Telling } from './telling';
import { askedSoFar } from './turns';

export const answersSoFar = (t: Telling, id: string, round: number, person: PersonId): number =>
  t.checkpoints[id]?.rounds.find((r) => r.round === round)?.decisions.filter((d) => d.person === person)
    .length ?? 1;

/** The proposer hears when an answer changed where the round stands. */
export const outcome = (t: Telling, id: string, number: number, at: Instant): MailOrder[] => {
  const find = (all: Record<string, Checkpoint>) => all[id]?.rounds.find((r) => r.round === number);
  const [was, is] = [find(checkpointsOf(t.before)), find(t.checkpoints)];
  const kind = t.checkpoints[id]?.kind;
  if (!is || !kind) return [];
  const status = roundStatus(t.programme, kind, is, at);
  const changed = !was || roundStatus(t.programme, kind, was, at) !== status;
  return changed && status !== 'OPEN'
    ? mail('ROUND_OUTCOME', [is.proposer], id, number, is.decisions.length)
    : [];
};

/** T1: whoever was asked by the time a round lapsed, or signed for somebody; T5: not who was only told of it. */
export function askedInVain(round: Round): PersonId[] {
  const soFar = askedSoFar(round);
  const delegates = round.asked.filter(
    ({ person, until }) => until !== undefined && (until >= round.deadline || hasAnswered(round, person)),
  );
  const own = round.asked.filter(({ person, until }) => until === undefined && soFar.includes(person));
  return [...own, ...delegates].map(({ person }) => person).filter((person) => !round.told?.includes(person));
}

/** T15: colleagues of whoever is recorded to have approved hear that it waits for one of them. */
export function confirming(t: Telling, data: EventData<'DecisionRecorded'>, at: Instant, version: number) {
  const round = t.checkpoints[data.checkpoint]?.rounds.find((r) => r.round === data.round);
  const decision = round?.decisions.find((d) => d.person === data.person && awaitsCountersignature(d));
  return round && decision
    ? mail(
        'COUNTERSIGN_ASKED',
        countersigners(t.programme, round, decision, at),
        data.checkpoint,
        data.round,
        version,
      )
    : [];
}
