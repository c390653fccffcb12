// Folding delegations: a delegate is asked beside the person they sign for, until a time that taking back shortens.
import type { Round } from '../state';
import type { Instant } from '../words';
import type { DelegationEvents } from './terms';

export const delegated = (
  round: Round,
  { person, to, organisation, slots, until }: DelegationEvents['SigningDelegated'],
): Round => ({
  ...round,
  asked: [...round.asked, { person: to, organisation, slots, onBehalfOf: person, until }],
});

export const takenBack = (
  round: Round,
  { person }: DelegationEvents['DelegationTakenBack'],
  at: Instant,
): Round => ({
  ...round,
  asked: round.asked.map((asked) =>
    asked.onBehalfOf === person && asked.until !== undefined && at < asked.until
      ? { ...asked, until: at }
      : asked,
  ),
});
