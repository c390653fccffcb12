// Whom a signer may hand a sign-off to, how long that stands, and for whom somebody signs.
import { agreementInForce } from '../rules/agreement';
import { mayFill } from '../rules/quorum';
import { peopleAt, tenureOf } from '../rules/roster';
import { plus } from '../rules/time';
import type { Asked } from '../events';
import type { Checkpoint, ProgrammeState, Round } from '../state';
import type { CheckpointKind, Instant, PersonId } from '../words';
import { CHECKPOINT_KINDS } from '../words';
import { delegationOf, delegationTo, hasAnswered } from './asked';
import type { DelegationRule } from './terms';

const DAY = 24 * 3_600_000;

/** The agreement names its signatories itself, and a result is checked by account: neither is ever handed on. */
export const NEVER_DELEGATED: readonly CheckpointKind[] = ['AGREEMENT', 'OUTPUT'];

export const DEFAULT_DELEGATION: DelegationRule = {
  kinds: CHECKPOINT_KINDS.filter((kind) => !NEVER_DELEGATED.includes(kind)),
  days: 14,
};

const ruleNow = (programme: ProgrammeState, now: Instant): DelegationRule =>
  agreementInForce(programme, now)?.rules.delegation ?? DEFAULT_DELEGATION;

export const mayBeDelegated = (programme: ProgrammeState, kind: CheckpointKind, now: Instant): boolean =>
  !NEVER_DELEGATED.includes(kind) && ruleNow(programme, now).kinds.includes(kind);

/** The latest a delegation may stand: no longer than its round, nor than the agreement allows. */
export function longestUntil(programme: ProgrammeState, round: Round, now: Instant): Instant {
  const allowed = plus(now, ruleNow(programme, now).days * DAY);
  return allowed < round.deadline ? allowed : round.deadline;
}

/** T7: whoever is asked for LEGAL does not sign ETHICAL of the same boundary, nor the reverse. */
function isAskedForTheOther(
  checkpoints: Record<string, Checkpoint>,
  kind: CheckpointKind,
  subject: string,
  person: PersonId,
): boolean {
  if (kind !== 'LEGAL' && kind !== 'ETHICAL') return false;
  const other = kind === 'LEGAL' ? 'ETHICAL' : 'LEGAL';
  return Object.values(checkpoints).some(
    (c) =>
      c.kind === other &&
      c.rounds.some((r) => r.subject.id === subject && r.asked.some((a) => a.person === person)),
  );
}

export interface Place {
  programme: ProgrammeState;
  checkpoints: Record<string, Checkpoint>;
  checkpoint: Checkpoint;
  round: Round;
  now: Instant;
}

/** Why `to` cannot sign for somebody asked as `asked`; null if they can. */
export function whyNotDelegate(place: Place, asked: Asked, to: PersonId): string | null {
  const { programme, checkpoints, checkpoint, round, now } = place;
  const tenure = tenureOf(programme, to, now);
  if (to === asked.person) return 'is the person who delegates';
  if (to === round.proposer) return 'proposed the content';
  if (tenure?.organisation !== asked.organisation) return 'is not of the same organisation';
  const candidate = { person: to, organisation: tenure.organisation, roles: tenure.roles };
  if (!round.rule.slots.some((slot) => asked.slots.includes(slot.key) && mayFill(slot, candidate)))
    return 'holds no role that could sign here';
  if (hasAnswered(round, to)) return 'has already answered';
  if (delegationTo(round, to, now) !== null) return 'already signs for somebody else';
  if (delegationOf(round, to, now) !== null) return 'has handed this on';
  if (isAskedForTheOther(checkpoints, checkpoint.kind, round.subject.id, to))
    return 'is asked for the other sign-off on the same boundary';
  return null;
}

/** Colleagues a person may hand this to, in the order of the roster. */
export const delegatesFor = (place: Place, asked: Asked): PersonId[] =>
  peopleAt(place.programme, place.now, { organisation: asked.organisation })
    .map(({ person }) => person)
    .filter((person) => whyNotDelegate(place, asked, person) === null);
