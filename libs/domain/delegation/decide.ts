// Handing a sign-off to a colleague, and taking it back while they have not answered.
import type { CheckpointEvents } from '../events';
import type { Decided } from '../refusal';
import { refuse } from '../refusal';
import type { Round } from '../state';
import type { PersonId } from '../words';
import { suffices } from '../rules/signers';
import { effectiveDecision, outOfReach } from '../rules/standing';
import { delegated as folded } from './fold';
import type { Place } from './rules';
import { askedAs, delegationOf, delegationTo } from './asked';
import { longestUntil, mayBeDelegated, whyNotDelegate } from './rules';
import type { DelegationCommands } from './terms';

type Delegating = {
  [T in 'SigningDelegated' | 'DelegationTakenBack']: { type: T; data: CheckpointEvents[T] };
}['SigningDelegated' | 'DelegationTakenBack'];

/** `person` may answer the round, which the caller has found out; see `decide/answering`. */
export function delegateSigning(
  place: Place,
  person: PersonId,
  command: DelegationCommands['DelegateSigning'],
): Decided<Delegating> {
  const { programme, checkpoint, round, now } = place;
  const asked = askedAs(round, person, now);
  if (!mayBeDelegated(programme, checkpoint.kind, now))
    return refuse(
      'FORBIDDEN',
      'NOT_DELEGABLE',
      `the agreement lets nobody hand on ${checkpoint.kind}`,
      'answer yourself, or decline',
    );
  if (asked === null || asked.onBehalfOf !== undefined || delegationTo(round, person, now) !== null)
    return refuse(
      'FORBIDDEN',
      'DELEGATED_ALREADY',
      'who signs for somebody else cannot hand that on',
      'answer yourself, or leave it to the person you sign for',
    );
  // An account hands on, too: it decides nothing, and the colleague answers by a link and code of their own.
  if (command.assurance !== 'ACCOUNT' && !suffices(checkpoint.kind, round.needsCode, command.assurance))
    return refuse(
      'FORBIDDEN',
      'ASSURANCE',
      `${command.assurance} is not enough for ${checkpoint.kind}`,
      'give the code mailed to you',
    );
  const why = whyNotDelegate(place, asked, command.to);
  if (why !== null)
    return refuse('INVALID', 'DELEGATE', `${command.to} ${why}`, 'choose one of the colleagues listed');
  const longest = longestUntil(programme, round, now);
  const until = command.until ?? longest;
  if (until <= now || until > longest)
    return refuse('INVALID', 'UNTIL', `it can stand until ${longest} at the latest`, 'choose an earlier day');
  const { assurance, signedAs } = command;
  const { organisation, slots } = asked;
  const data = {
    ...{ checkpoint: checkpoint.id, round: round.round, person, to: command.to },
    ...{ organisation, slots, until, assurance, signedAs },
  };
  return leavesGap(place, folded(round, data)) ?? { ok: true, events: [{ type: 'SigningDelegated', data }] };
}

/** I7: where both colleagues are needed, one cannot stand for the other. */
function leavesGap({ programme, round, now }: Place, after: Round) {
  const gap = outOfReach(programme, after, now);
  return gap.length > 0 && outOfReach(programme, round, now).length === 0
    ? refuse(
        'CONFLICT',
        'QUORUM_IMPOSSIBLE',
        `without your own answer nobody could complete it: ${gap.join('; ')}`,
        'answer yourself, or choose a colleague who is not asked already',
      )
    : null;
}

export function takeBackDelegation(
  { checkpoint, round, now }: Place,
  person: PersonId,
  { assurance, signedAs }: DelegationCommands['TakeBackDelegation'],
): Decided<Delegating> {
  const delegated = delegationOf(round, person, now);
  if (delegated === null)
    return refuse(
      'CONFLICT',
      'NOTHING_DELEGATED',
      'no delegation of yours stands in this round',
      'nothing needs to be done',
    );
  if (effectiveDecision(round, delegated.person) !== null)
    return refuse(
      'CONFLICT',
      'ANSWERED_FOR_YOU',
      'your colleague has answered',
      'ask them to withdraw their answer, if it should not stand',
    );
  const data = { checkpoint: checkpoint.id, round: round.round, person, assurance, signedAs };
  return { ok: true, events: [{ type: 'DelegationTakenBack', data }] };
}
