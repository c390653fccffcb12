// T15: writing down what somebody without e-mail said, and confirming it. Refusals and withdrawals count at once, approvals once confirmed.
import { withId } from '../listed';
import type { Answering } from '../decide/answering';
import { answerForm, closed, entitlement, find, timeliness } from '../decide/answering';
import type { CheckpointEvents } from '../events';
import type { Evidence } from '../evidence/terms';
import { mayRead } from '../evidence/rules';
import type { Decided } from '../refusal';
import { refuse } from '../refusal';
import { tenureOf } from '../rules/roster';
import { effectiveDecision } from '../rules/standing';
import type { PersonId } from '../words';
import { awaitsCountersignature, isCommissionedBy } from './rules';
import type { RecordedAnswerCommands } from './terms';

export interface Hearing extends Answering {
  /** The register of the stream the round is in. */
  evidence: Evidence[];
}

type Event<T extends keyof CheckpointEvents> = { type: T; data: CheckpointEvents[T] };
type Refused = Extract<Decided<never>, { ok: false }>;

/** Why this person may not write down what `signer` said; null when they may. */
export function mayNotRecord(
  { programme, now }: Pick<Hearing, 'programme' | 'now'>,
  recorder: PersonId,
  signer: PersonId,
): Refused | null {
  const [by, whose] = [tenureOf(programme, recorder, now), tenureOf(programme, signer, now)];
  if (recorder === signer)
    return refuse(
      'FORBIDDEN',
      'OWN_ANSWER',
      'nobody records an answer of their own',
      'answer by the link mailed to you',
    );
  if (!by)
    return refuse(
      'FORBIDDEN',
      'NOT_ON_ROSTER',
      'this person is not on the roster',
      'ask a registrar to attest them',
    );
  if (by.organisation !== whose?.organisation && !by.roles.includes('projectLead'))
    return refuse(
      'FORBIDDEN',
      'WRONG_ROLE',
      'an answer is recorded by a project lead, or by somebody of the signer’s own organisation',
      'ask one of them to record it',
    );
  return null;
}

export const unproved = ({ evidence }: Pick<Hearing, 'evidence'>, item: string): Refused | null =>
  withId(evidence, item)
    ? null
    : refuse(
        'INVALID',
        'NO_EVIDENCE',
        `no evidence ${item} is registered here`,
        'register the letter, form or note of the call first, and name it',
      );

export function recordAnswerOf(
  hearing: Hearing,
  command: RecordedAnswerCommands['RecordAnswerOf'],
): Decided<Event<'DecisionRecorded'>> {
  const found = find(hearing, command.checkpoint, command.round);
  if (!found.ok) return found;
  const { checkpoint, round, person: by } = found;
  const { how, evidence, ...answer } = command;
  const entitled = entitlement(hearing, checkpoint, round, answer.person);
  if (!entitled.ok) return entitled;
  const obstacle =
    mayNotRecord(hearing, by, answer.person) ??
    commissioner(hearing, by, entitled.organisation) ??
    timeliness(hearing, checkpoint, round, answer.person) ??
    answerForm(checkpoint, round, { ...answer, assurance: 'RECORDED', page: null }) ??
    unproved(hearing, evidence);
  if (obstacle) return obstacle;
  const { organisation, roles } = entitled;
  const written = { by, how, evidence };
  const data = {
    ...answer,
    organisation,
    roles: [...roles],
    assurance: 'RECORDED' as const,
    page: null,
    written,
  };
  return { ok: true, events: [{ type: 'DecisionRecorded', data }] };
}

/** T4: whoever pays a provider does not speak for it, not even in writing down its words. */
function commissioner({ programme, now }: Hearing, recorder: PersonId, organisation: string) {
  const by = tenureOf(programme, recorder, now);
  return by && isCommissionedBy(programme, organisation, by.organisation)
    ? refuse(
        'FORBIDDEN',
        'COMMISSIONER',
        `${by.organisation} commissions ${organisation}, so its people record no answer for it`,
        'let a colleague of the person record it',
      )
    : null;
}

/** Always possible, in every state, at once, without countersignature. */
export function recordWithdrawalOf(
  hearing: Hearing,
  command: RecordedAnswerCommands['RecordWithdrawalOf'],
): Decided<Event<'DecisionWithdrawn'>> {
  const found = find(hearing, command.checkpoint, command.round);
  if (!found.ok) return found;
  const { checkpoint, round, person: by } = found;
  const { how, evidence, ...withdrawal } = command;
  if (!effectiveDecision(round, command.person))
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
  const obstacle = mayNotRecord(hearing, by, command.person) ?? unproved(hearing, evidence);
  if (obstacle) return obstacle;
  const data = {
    ...{ ...withdrawal, disowned: false, assurance: 'RECORDED' as const },
    written: { by, how, evidence },
  };
  return { ok: true, events: [{ type: 'DecisionWithdrawn', data }] };
}

export function countersignDecision(
  hearing: Hearing,
  command: RecordedAnswerCommands['CountersignDecision'],
): Decided<Event<'DecisionCountersigned'>> {
  const found = find(hearing, command.checkpoint, command.round);
  if (!found.ok) return found;
  const { checkpoint, round, person: by } = found;
  const decision = effectiveDecision(round, command.person);
  if (!decision || !awaitsCountersignature(decision))
    return refuse(
      'CONFLICT',
      'NOTHING_TO_COUNTERSIGN',
      'no recorded approval of this person awaits a countersignature',
      'look at the round again',
    );
  const entitled = entitlement(hearing, checkpoint, round, command.person);
  if (!entitled.ok) return entitled;
  const { programme, evidence, now } = hearing;
  const obstacle = closed(hearing, checkpoint, round) ?? notAColleague(hearing, by, round.proposer, decision);
  if (obstacle) return obstacle;
  const item = withId(evidence, decision.written?.evidence ?? '');
  if (!item || !mayRead(programme, item, by, now))
    return refuse(
      'FORBIDDEN',
      'EVIDENCE_UNREAD',
      'who countersigns has to be able to read the evidence of what was said',
      'ask whoever recorded it to widen its audience',
    );
  const { organisation, roles } = entitled;
  const data = { ...command, by, organisation, roles: [...roles] };
  return { ok: true, events: [{ type: 'DecisionCountersigned', data }] };
}

function notAColleague(
  { programme, now }: Hearing,
  by: PersonId,
  proposer: PersonId,
  { person, organisation, written }: { person: PersonId; organisation: string; written?: { by: PersonId } },
): Refused | null {
  if (tenureOf(programme, by, now)?.organisation !== organisation)
    return refuse(
      'FORBIDDEN',
      'OWN_ORGANISATION',
      `an approval is countersigned by somebody of ${organisation}, the signer’s own organisation`,
      'ask a colleague of the signer',
    );
  if ([person, written?.by, proposer].includes(by))
    return refuse(
      'FORBIDDEN',
      'NOT_ANOTHER',
      'neither the signer, nor whoever recorded the answer or proposed the content, countersigns it',
      'ask another colleague of the signer',
    );
  return null;
}
