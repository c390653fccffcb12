// Answers in a round: recording, handing on, withdrawing. The same rules for programme and project streams.
import type { CheckpointCommands } from '../commands';
import type { CheckpointEvents } from '../events';
import type { Decided, Refusal } from '../refusal';
import { refuse } from '../refusal';
import type { Checkpoint, ProgrammeState, Round } from '../state';
import type { Actor, CheckpointKind, Instant, PersonId } from '../words';
import { delegateSigning, takeBackDelegation } from '../delegation/decide';
import { askedAs, delegationOf, delegationTo } from '../delegation/asked';
import { badConfidence } from '../negotiation/audience';
import { mayFill } from '../rules/quorum';
import { tenureOf } from '../rules/roster';
import { suffices } from '../rules/signers';
import { isAskedYet, currentRound, effectiveDecision, roundAbout, roundStatus } from '../rules/standing';

export type CheckpointEvent = {
  [T in keyof CheckpointEvents]: { type: T; data: CheckpointEvents[T] };
}[keyof CheckpointEvents];

export interface Answering {
  programme: ProgrammeState;
  checkpoints: Record<string, Checkpoint>;
  actor: Actor;
  now: Instant;
}

const actingPerson = (actor: Actor): PersonId | null => ('person' in actor ? actor.person : null);

type Found =
  | { ok: true; checkpoint: Checkpoint; round: Round; person: PersonId }
  | Extract<Decided<never>, { ok: false }>;

export function find({ checkpoints, actor }: Answering, id: string, number: number): Found {
  const checkpoint = checkpoints[id];
  const round = checkpoint?.rounds.find((r) => r.round === number);
  const person = actingPerson(actor);
  if (!checkpoint || !round)
    return refuse(
      'NOT_FOUND',
      'UNKNOWN_CHECKPOINT',
      `there is no round ${number} of ${id}`,
      'follow the link in the latest mail',
    );
  if (person === null)
    return refuse(
      'FORBIDDEN',
      'NOT_A_PERSON',
      'only a person can answer',
      'answer by the link mailed to the person',
    );
  return { ok: true, checkpoint, round, person };
}

/** Why this person may not answer this round, or the roles they answer with. */
export function entitlement(answering: Answering, checkpoint: Checkpoint, round: Round, person: PersonId) {
  const { programme, checkpoints, now } = answering;
  if (person === round.proposer)
    return refuse(
      'FORBIDDEN',
      'SELF_APPROVAL',
      'who proposed the content cannot sign it',
      'the other people asked decide',
    );
  const handed = delegationOf(round, person, now);
  if (handed)
    return refuse(
      'CONFLICT',
      'DELEGATED',
      `this person handed the answer to ${handed.person}`,
      'take the delegation back first, while your colleague has not answered',
    );
  const asked = askedAs(round, person, now);
  if (!asked)
    return refuse(
      'FORBIDDEN',
      'NOT_ASKED',
      'this person was not asked in this round',
      'only the people asked can answer',
    );
  if (!isAskedYet(round, person))
    return refuse(
      'CONFLICT',
      'NOT_YET_ASKED',
      'the people of this round are asked in turns, and it has not come to this person’s',
      'wait for the mail that asks you; it comes when those before you have answered',
    );
  const tenure = tenureOf(programme, person, now);
  const candidate = tenure && { person, organisation: tenure.organisation, roles: tenure.roles };
  const stillFills = round.rule.slots.some(
    (s) => asked.slots.includes(s.key) && candidate && mayFill(s, candidate),
  );
  if (!tenure || tenure.organisation !== asked.organisation || !stillFills)
    return refuse(
      'FORBIDDEN',
      'ROLE_LOST',
      'this person no longer holds the role or place they were asked in',
      'ask your registrar if this is wrong',
    );
  if (asked.onBehalfOf !== undefined && !mayStillSign(programme, round, asked.onBehalfOf, now))
    return refuse(
      'FORBIDDEN',
      'DELEGATOR_LEFT',
      'whoever handed this to you no longer holds the role or place they were asked in',
      'ask your registrar if this is wrong',
    );
  if (signedTheOther(checkpoints, checkpoint, round, person))
    return refuse(
      'FORBIDDEN',
      'LEGAL_AND_ETHICAL',
      'one person cannot sign both LEGAL and ETHICAL for the same boundary',
      'a colleague must give the other sign-off',
    );
  return { ok: true as const, organisation: tenure.organisation, roles: tenure.roles };
}

/** Whether somebody asked in their own right still holds the role or place they were asked in. */
function mayStillSign(programme: ProgrammeState, round: Round, person: PersonId, now: Instant): boolean {
  const asked = round.asked.find((a) => a.person === person && a.onBehalfOf === undefined);
  const tenure = tenureOf(programme, person, now);
  const candidate = tenure && { person, organisation: tenure.organisation, roles: tenure.roles };
  return (
    candidate?.organisation === asked?.organisation &&
    round.rule.slots.some((s) => asked?.slots.includes(s.key) && candidate && mayFill(s, candidate))
  );
}

/** T7: legal never stands in for ethical, so nobody gives both. */
function signedTheOther(
  checkpoints: Record<string, Checkpoint>,
  { kind }: Checkpoint,
  round: Round,
  person: PersonId,
): boolean {
  if (kind !== 'LEGAL' && kind !== 'ETHICAL') return false;
  const other = roundAbout(checkpoints, kind === 'LEGAL' ? 'ETHICAL' : 'LEGAL', round.subject.id);
  return other !== null && effectiveDecision(other, person) !== null;
}

export function recordDecision(
  answering: Answering,
  command: CheckpointCommands['RecordDecision'],
): Decided<CheckpointEvent> {
  const found = find(answering, command.checkpoint, command.round);
  if (!found.ok) return found;
  const { checkpoint, round, person } = found;
  const entitled = entitlement(answering, checkpoint, round, person);
  if (!entitled.ok) return entitled;
  const obstacle =
    ownWord(command) ??
    timeliness(answering, checkpoint, round, person) ??
    answerForm(checkpoint, round, command) ??
    badConfidence(answering, round.proposer, person, command);
  if (obstacle) return obstacle;
  const { organisation, roles } = entitled;
  const onBehalfOf = delegationTo(round, person, answering.now)?.onBehalfOf;
  const data = { ...command, person, organisation, roles: [...roles] };
  return {
    ok: true,
    events: [
      { type: 'DecisionRecorded', data: { ...data, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) } },
    ],
  };
}

/** Whoever may answer now may hand that to a colleague instead. */
export function delegate(
  answering: Answering,
  command: CheckpointCommands['DelegateSigning'],
): Decided<CheckpointEvent> {
  const obstacle = whyNotAnswer(answering, command);
  if (obstacle) return { ok: false, refusal: obstacle };
  const found = find(answering, command.checkpoint, command.round);
  return found.ok ? delegateSigning({ ...answering, ...found }, found.person, command) : found;
}

export function takeBack(
  answering: Answering,
  command: CheckpointCommands['TakeBackDelegation'],
): Decided<CheckpointEvent> {
  const found = find(answering, command.checkpoint, command.round);
  return found.ok ? takeBackDelegation({ ...answering, ...found }, found.person, command) : found;
}

/** Why this person's answer would be refused now, whatever it said; null: it would be taken. */
export function whyNotAnswer(
  answering: Answering,
  { checkpoint: id, round: number }: { checkpoint: string; round: number },
): Refusal | null {
  const found = find(answering, id, number);
  if (!found.ok) return found.refusal;
  const { checkpoint, round, person } = found;
  const entitled = entitlement(answering, checkpoint, round, person);
  if (!entitled.ok) return entitled.refusal;
  return timeliness(answering, checkpoint, round, person)?.refusal ?? null;
}

/** What a withdrawal closes for good: signing again would open it without anybody having asked (T10). */
const CLOSED_FOR_GOOD: CheckpointKind[] = ['AGREEMENT', 'LEGAL', 'ETHICAL'];

/** RECORDED is somebody else's word for what a person said (T15), never their own. */
const ownWord = ({ assurance }: CheckpointCommands['RecordDecision']) =>
  assurance === 'RECORDED'
    ? refuse('FORBIDDEN', 'ASSURANCE', 'nobody records an answer of their own', 'answer by your link')
    : null;

/** T3: only the current round, only while it is open. */
export function closed({ programme, now }: Answering, checkpoint: Checkpoint, round: Round) {
  if (currentRound(checkpoint) !== round)
    return refuse(
      'STALE',
      'CONTENT_CHANGED',
      'the content was replaced after this link was sent',
      'read the new version and answer that',
    );
  if (round.lapsedAt !== null)
    return refuse(
      'CONFLICT',
      'LAPSED',
      `the time to answer ended at ${round.lapsedAt}`,
      'the proposer can ask again',
    );
  if (
    CLOSED_FOR_GOOD.includes(checkpoint.kind) &&
    roundStatus(programme, checkpoint.kind, round, now) === 'WITHDRAWN'
  )
    return refuse(
      'CONFLICT',
      'WITHDRAWN',
      'what was signed here has been withdrawn',
      'a new version has to be proposed and signed afresh',
    );
  return null;
}

/** As `closed`; and I5: only once. */
export function timeliness(answering: Answering, checkpoint: Checkpoint, round: Round, person: PersonId) {
  const over = closed(answering, checkpoint, round);
  if (over) return over;
  return effectiveDecision(round, person)
    ? refuse(
        'CONFLICT',
        'ALREADY_DECIDED',
        'this person has already answered',
        'withdraw that answer first to give another',
      )
    : null;
}

export function answerForm(
  { kind }: Checkpoint,
  round: Round,
  command: CheckpointCommands['RecordDecision'],
) {
  if (command.core !== round.content.core || command.cover !== round.content.cover)
    return refuse(
      'STALE',
      'CONTENT_CHANGED',
      'the content shown is not the content asked about',
      'read what changed and answer again',
    );
  if (!suffices(kind, round.needsCode, command.assurance))
    return refuse(
      'FORBIDDEN',
      'ASSURANCE',
      `${command.assurance} is not enough for ${kind}`,
      round.needsCode ? 'give the code mailed to you' : 'use the way the invitation names',
    );
  if ((command.choice === 'APPROVED_WITH_CONDITIONS') !== command.conditions.length > 0)
    return refuse(
      'INVALID',
      'CONDITIONS',
      'conditions go with "approve with conditions" and with nothing else',
      'name at least one condition, or choose approve',
    );
  if (command.askAgain && command.choice !== 'REJECTED')
    return refuse(
      'INVALID',
      'ASK_AGAIN',
      'only who declines needs to wish to be asked again',
      'leave the wish out: everybody else is asked about a new version anyway',
    );
  if (command.choice === 'CHANGES_REQUESTED' && command.reason === null)
    return refuse(
      'INVALID',
      'REASON_MISSING',
      'asking for changes needs to say which',
      'write what should change',
    );
  return null;
}

/** Always possible, in every state, at once, without countersignature. */
export function withdrawDecision(
  answering: Answering,
  command: CheckpointCommands['WithdrawDecision'],
): Decided<CheckpointEvent> {
  const found = find(answering, command.checkpoint, command.round);
  if (!found.ok) return found;
  const { checkpoint, round, person } = found;
  if (!effectiveDecision(round, person))
    return refuse(
      'CONFLICT',
      'NOTHING_TO_WITHDRAW',
      'this person has no answer that stands in this round',
      'nothing needs to be done',
    );
  if (checkpoint.kind !== 'AGREEMENT' && command.mode !== 'STOP')
    return refuse(
      'INVALID',
      'MODE',
      'signers withdraw with STOP; holders and institutions choose other modes',
      'choose STOP, or ask the holder',
    );
  const flaw = badConfidence(answering, round.proposer, person, command);
  return flaw ?? { ok: true, events: [{ type: 'DecisionWithdrawn', data: { ...command, person } }] };
}

export function changeCover(
  { checkpoints }: Answering,
  command: CheckpointCommands['ChangeCover'],
): Decided<CheckpointEvent> {
  const round = currentRound(checkpoints[command.checkpoint]);
  if (!round)
    return refuse(
      'NOT_FOUND',
      'UNKNOWN_CHECKPOINT',
      `there is no checkpoint ${command.checkpoint}`,
      'check the id',
    );
  return { ok: true, events: [{ type: 'CoverChanged', data: { ...command, round: round.round } }] };
}
