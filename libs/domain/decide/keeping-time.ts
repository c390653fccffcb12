// What a round's time brings, kept by the worker: the next turn, reminder, escalation, lapse (T1). Nothing here ever approves.
import type { CheckpointCommands } from '../commands';
import type { Decided } from '../refusal';
import { DEFAULT_RULES, agreementInForce } from '../rules/agreement';
import { awaited, currentRound, roundStatus } from '../rules/standing';
import { timesFrom } from '../rules/timings';
import { askedSince, nextTurn } from '../rules/turns';
import type { ProgrammeState, Round } from '../state';
import type { Instant, PersonId } from '../words';
import type { Answering, CheckpointEvent } from './answering';

/** When what was planned at the opening is due: suspension moves both, a shock only hastens what reminds people (T13). */
export interface Due {
  deadline: (since: Instant, planned: Instant) => Instant;
  reminder: (since: Instant, planned: Instant) => Instant;
}

/** T1: what is due by `now`: reminder, escalation, lapse; nothing when answered or closed. */
export function keepTime(
  { programme, checkpoints, now }: Answering,
  command: CheckpointCommands['KeepTime'],
  due: Due,
): Decided<CheckpointEvent> {
  const checkpoint = checkpoints[command.checkpoint];
  const round = checkpoint?.rounds.find((r) => r.round === command.round);
  if (!checkpoint || !round || currentRound(checkpoint) !== round) return { ok: true, events: [] };
  if (roundStatus(programme, checkpoint.kind, round, now) !== 'OPEN') return { ok: true, events: [] };
  const since = askedSince(round);
  const isReminderDue = (planned: Instant): boolean => due.reminder(since, planned) <= now;
  const at = { checkpoint: checkpoint.id, round: round.round };
  const waitingFor = awaited(programme, round, now);
  const next = nextTurn(programme, round, now);
  if (next) return { ok: true, events: [beginTurn(programme, round, at, next, now)] };
  if (due.deadline(since, round.deadline) <= now)
    return { ok: true, events: [{ type: 'RoundLapsed', data: at }] };
  const events: CheckpointEvent[] = [];
  if (isReminderDue(round.remindAt) && round.reminders === 0 && waitingFor.length > 0)
    events.push({ type: 'Reminded', data: { ...at, people: waitingFor, count: 1 } });
  if (isReminderDue(round.escalateAt) && round.escalatedAt === null) {
    const deputies = waitingFor.flatMap((person) => programme.people[person]?.deputy ?? []);
    events.push({
      type: 'Escalated',
      data: { ...at, to: [...new Set([round.proposer, ...deputies])], waitingFor },
    });
  }
  return { ok: true, events };
}

/** Everybody asked so far has answered, so the next are asked, with the time the agreement gives everybody. */
const beginTurn = (
  programme: ProgrammeState,
  { turn = 1, subject }: Round,
  at: { checkpoint: string; round: number },
  people: PersonId[],
  now: Instant,
): CheckpointEvent => {
  // An agreement is signed under its own rules, everything else under those in force.
  const own = subject.type === 'agreement' && programme.agreements.find(({ id }) => id === subject.id);
  const { rules } = (own || agreementInForce(programme, now)) ?? { rules: DEFAULT_RULES };
  return { type: 'TurnBegun', data: { ...at, turn: turn + 1, people, ...timesFrom(rules, now) } };
};
