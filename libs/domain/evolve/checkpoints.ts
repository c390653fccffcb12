// Folding sign-off events, the same in programme and project streams.
import type { CheckpointEvents, Recorded } from '../events';
import type { Checkpoint, Decision, Round } from '../state';
import type { Instant, PersonId, Text } from '../words';
import { delegated, takenBack } from '../delegation/fold';

interface Meta {
  at: Instant;
  version: number;
}
type Checkpoints = Record<string, Checkpoint>;
type Fold<T extends keyof CheckpointEvents> = (
  all: Checkpoints,
  data: CheckpointEvents[T],
  meta: Meta,
) => Checkpoints;

const onRound = (
  all: Checkpoints,
  id: string,
  number: number,
  change: (round: Round) => Round,
): Checkpoints => {
  const checkpoint = all[id];
  if (!checkpoint) return all;
  const rounds = checkpoint.rounds.map((round) => (round.round === number ? change(round) : round));
  return { ...all, [id]: { ...checkpoint, rounds } };
};

const opened: Fold<'CheckpointOpened'> = (all, data, { at }) => {
  const earlier = all[data.checkpoint]?.rounds ?? [];
  const { checkpoint, kind, ...round } = data;
  // I8: a new round voids what was pending; what had settled keeps its standing (see roundStatus).
  const rounds = earlier.map((r) => (r.voidedAt === null ? { ...r, voidedAt: at } : r));
  const fresh: Round = {
    ...round,
    openedAt: at,
    decisions: [],
    reminders: 0,
    escalatedAt: null,
    lapsedAt: null,
    voidedAt: null,
  };
  return { ...all, [checkpoint]: { id: checkpoint, kind, rounds: [...rounds, fresh] } };
};

const decided: Fold<'DecisionRecorded'> = (all, data, { at, version }) => {
  const { checkpoint, round, signedAs: _signedAs, page: _page, ...answer } = data;
  const decision: Decision = { ...answer, at, version, withdrawn: null };
  return onRound(all, checkpoint, round, (r) => ({ ...r, decisions: [...r.decisions, decision] }));
};

/** T5: of a withdrawal's reason the state keeps what was given in confidence, so that nobody else reads it. */
export const confided = ({ confidant, reason }: { confidant?: PersonId; reason: Text | null }) =>
  confidant === undefined || reason === null ? {} : { confidant, reason };

const withdrawn: Fold<'DecisionWithdrawn'> = (all, data, { at }) => {
  const { person, mode, atOnce, disowned, written } = data;
  const by = { ...(written ? { written } : {}), ...confided(data) };
  return onRound(all, data.checkpoint, data.round, (round) => ({
    ...round,
    decisions: round.decisions.map((d) =>
      d.person === person && d.withdrawn === null
        ? { ...d, withdrawn: { person, at, mode, atOnce, disowned, ...by } }
        : d,
    ),
  }));
};

/** T15: from here on it counts, with the roles the signer holds now. */
const countersigned: Fold<'DecisionCountersigned'> = (all, data, { at, version }) =>
  onRound(all, data.checkpoint, data.round, (round) => ({
    ...round,
    decisions: round.decisions.map((d) =>
      d.person === data.person && d.withdrawn === null
        ? { ...d, roles: data.roles, countersigned: { by: data.by, at, version } }
        : d,
    ),
  }));

const folds: { [T in keyof CheckpointEvents]: Fold<T> } = {
  CheckpointOpened: opened,
  DecisionRecorded: decided,
  DecisionWithdrawn: withdrawn,
  DecisionCountersigned: countersigned,
  TurnBegun: (all, { checkpoint, round, turn, remindAt, escalateAt, deadline }, { at }) =>
    onRound(all, checkpoint, round, (r) => ({
      ...{ ...r, turn, turnBegunAt: at, remindAt, escalateAt, deadline },
      ...{ reminders: 0, escalatedAt: null },
    })),
  CoverChanged: (all, { checkpoint, round, cover }) =>
    onRound(all, checkpoint, round, (r) => ({
      ...{ ...r, content: { ...r.content, cover } },
      firstCover: r.firstCover ?? r.content.cover,
    })),
  Reminded: (all, { checkpoint, round, count }) =>
    onRound(all, checkpoint, round, (r) => ({ ...r, reminders: count })),
  Escalated: (all, { checkpoint, round }, { at }) =>
    onRound(all, checkpoint, round, (r) => ({ ...r, escalatedAt: at })),
  RoundLapsed: (all, { checkpoint, round }, { at }) =>
    onRound(all, checkpoint, round, (r) => ({ ...r, lapsedAt: at })),
  SigningDelegated: (all, data) =>
    onRound(all, data.checkpoint, data.round, (round) => delegated(round, data)),
  DelegationTakenBack: (all, data, { at }) =>
    onRound(all, data.checkpoint, data.round, (round) => takenBack(round, data, at)),
};

export const isSignOffEvent = (type: string): boolean => Object.hasOwn(folds, type);

/** The checkpoints after a sign-off event; null if the event is of another kind. */
export function foldSignOff(all: Checkpoints, event: Recorded): Checkpoints | null {
  if (!(event.type in folds)) return null;
  const fold = folds[event.type as keyof CheckpointEvents] as (
    all: Checkpoints,
    data: unknown,
    meta: Meta,
  ) => Checkpoints;
  return fold(all, event.data, event);
}
