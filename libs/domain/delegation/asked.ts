// As whom a person is asked in a round: in their own right, or for a colleague who handed it to them.
import type { Asked } from '../events';
import type { Round } from '../state';
import type { Instant, PersonId } from '../words';

export const hasAnswered = (round: Round, person: PersonId): boolean =>
  round.decisions.some((d) => d.person === person && d.withdrawn === null);

export type Delegated = Asked & { onBehalfOf: PersonId; until: Instant };

const isDelegated = (asked: Asked): asked is Delegated =>
  asked.onBehalfOf !== undefined && asked.until !== undefined;

/** By the clock, and beyond it once it was used: who signed for somebody goes on doing so until that answer is withdrawn. */
const stands = (round: Round, delegated: Delegated, at: Instant): boolean =>
  at < delegated.until || hasAnswered(round, delegated.person);

/** The delegation of this person's own part that stands, or null. */
export const delegationOf = (round: Round, person: PersonId, at: Instant): Delegated | null =>
  round.asked.filter(isDelegated).find((a) => a.onBehalfOf === person && stands(round, a, at)) ?? null;

/** The delegation by which this person signs for another, or null. */
export const delegationTo = (round: Round, person: PersonId, at: Instant): Delegated | null =>
  round.asked.filter(isDelegated).find((a) => a.person === person && at < a.until) ?? null;

/** As whom a person is asked now: in their own right, or for somebody who handed it to them. */
export const askedAs = (round: Round, person: PersonId, at: Instant): Asked | null =>
  round.asked.find((a) => a.person === person && !isDelegated(a)) ?? delegationTo(round, person, at);

/** Whether somebody was among those asked when they signed. */
export const wasAsked = (round: Round, person: PersonId, at: Instant): boolean =>
  askedAs(round, person, at) !== null;
