// What the answers in a round add up to: derived from single decisions, never recorded (no event says "settled").
import type { CheckpointKind, Instant, PersonId, RoundStatus } from '../words';
import type { Checkpoint, Decision, ProgrammeState, Round, Withdrawal } from '../state';
import type { Candidate } from './quorum';
import { mayFill, meets, shortfall } from './quorum';
import { asCounted, awaitsCountersignature, isApproval } from '../recorded-answers/rules';
import { tenureOf } from './roster';
import { delegationOf, wasAsked } from '../delegation/asked';
import { remembered } from '../remembered';

/** Kinds whose entitlement is judged again when the permit is given; the others outlive their signers' roles once settled. */
const JUDGED_AGAIN: Record<CheckpointKind, boolean> = {
  AGREEMENT: false,
  QUESTION: false,
  LEGAL: false,
  ETHICAL: false,
  TRUST: true,
  BENEFIT: true,
  OUTPUT: false,
  REFLECTION: false,
  REFINEMENT: false,
};

/** The person speaks for the same organisation, with a role, at `at` as at signing. */
function stillEntitled(programme: ProgrammeState, decision: Decision, at: Instant): boolean {
  const tenure = tenureOf(programme, decision.person, at);
  return (
    tenure !== null &&
    tenure.organisation === decision.organisation &&
    decision.roles.some((r) => tenure.roles.includes(r))
  );
}

const standsAt = (decision: Decision, at: Instant): boolean =>
  decision.at <= at && (decision.withdrawn === null || decision.withdrawn.at > at);

const asCandidate = ({ person, organisation, roles }: Decision): Candidate => ({
  person,
  organisation,
  roles,
});

/** With the roles a person has lost since taken away: a lost role no longer fills a slot. */
function asCandidateNow(programme: ProgrammeState, decision: Decision, at: Instant): Candidate {
  const held = tenureOf(programme, decision.person, at)?.roles ?? [];
  return { ...asCandidate(decision), roles: decision.roles.filter((role) => held.includes(role)) };
}

/** Approvals on exactly this round's core by people asked, or signing for one, other than the proposer. */
const approvals = (round: Round): Decision[] =>
  asCounted(round).filter(
    (d) =>
      isApproval(d) &&
      d.core === round.content.core &&
      d.person !== round.proposer &&
      wasAsked(round, d.person, d.at),
  );

function standingAt(programme: ProgrammeState, round: Round, at: Instant): Candidate[] {
  return approvals(round)
    .filter((d) => standsAt(d, at) && stillEntitled(programme, d, at))
    .map((d) => asCandidateNow(programme, d, at));
}

/** The instant the quorum first stood, judged among people then entitled; null if it never did. */
export const settledAt = (programme: ProgrammeState, round: Round): Instant | null =>
  quorumStood(round, programme);

const quorumStood = remembered((round: Round, programme: ProgrammeState): Instant | null => {
  // If all approvals ever given would not do, none of them did: most open rounds end here.
  if (!meets(round.rule, approvals(round).map(asCandidate))) return null;
  return approvals(round).find((d) => meets(round.rule, standingAt(programme, round, d.at)))?.at ?? null;
});

/** Approvals that count at `at`: the people and conditions a permit or a later stage rests on. */
export function counted(
  programme: ProgrammeState,
  kind: CheckpointKind,
  round: Round,
  at: Instant,
): Decision[] {
  const standing = approvals(round).filter((d) => standsAt(d, at));
  if (JUDGED_AGAIN[kind]) return standing.filter((d) => stillEntitled(programme, d, at));
  const settled = settledAt(programme, round);
  if (settled === null || at < settled) return standing.filter((d) => stillEntitled(programme, d, at));
  return standing.filter((d) => (d.at <= settled ? stillEntitled(programme, d, settled) : true));
}

/** Whether the round's quorum stands at `at`. */
export function stands(programme: ProgrammeState, kind: CheckpointKind, round: Round, at: Instant): boolean {
  const settled = settledAt(programme, round);
  if (JUDGED_AGAIN[kind]) return meets(round.rule, standingAt(programme, round, at));
  if (settled === null || at < settled) return false;
  // What was not taken back since meets it still: more approvals never unmeet a quorum.
  return (
    takenBack(round, settled).length === 0 ||
    meets(round.rule, counted(programme, kind, round, at).map(asCandidate))
  );
}

/** Withdrawals of approvals at `since` or later, given by `upTo`; within one millisecond a withdrawal counts as later. */
export const takenBack = (round: Round, since: Instant, upTo?: Instant): Withdrawal[] =>
  asCounted(round)
    .filter((d) => isApproval(d) && (upTo === undefined || d.at <= upTo))
    .flatMap((d) => (d.withdrawn !== null && d.withdrawn.at >= since ? [d.withdrawn] : []));

/** The person's answer that stands: the last one not withdrawn (I5: at most one). */
export const effectiveDecision = (round: Round, person: PersonId): Decision | null =>
  round.decisions.findLast((d) => d.person === person && d.withdrawn === null) ?? null;

/** Asked people who have not answered and are still entitled to; a delegate in place of whoever delegated. */
export function unanswered(programme: ProgrammeState, round: Round, at: Instant): PersonId[] {
  const people = round.asked
    .filter((asked) => asked.until === undefined || at < asked.until)
    .filter((asked) => asked.onBehalfOf !== undefined || delegationOf(round, asked.person, at) === null)
    .filter((asked) => effectiveDecision(round, asked.person) === null)
    .filter((asked) => {
      const tenure = tenureOf(programme, asked.person, at);
      const candidate = tenure && { ...tenure, person: asked.person };
      return (
        candidate?.organisation === asked.organisation &&
        round.rule.slots.some((slot) => asked.slots.includes(slot.key) && mayFill(slot, candidate))
      );
    })
    .map((asked) => asked.person);
  return [...new Set(people)];
}

/** T5: of them, those who may be reminded and escalated: who declined an earlier version was told, not asked. */
export const awaited = (programme: ProgrammeState, round: Round, at: Instant): PersonId[] =>
  unanswered(programme, round, at).filter(
    (person) => !round.told?.includes(person) && isAskedYet(round, person),
  );

/** Where people are asked in turns, whether it has come to this person's. */
export const isAskedYet = ({ turns, turn = 1 }: Round, person: PersonId): boolean =>
  turns?.slice(turn).every((later) => !later.includes(person)) ?? true;

/** Whoever stands, and whoever has not answered and still may: the best that can come of a round. */
function stillPossible(programme: ProgrammeState, round: Round, at: Instant): Candidate[] {
  const hoped = unanswered(programme, round, at).flatMap((person) => {
    const tenure = tenureOf(programme, person, at);
    return tenure ? [{ person, organisation: tenure.organisation, roles: tenure.roles }] : [];
  });
  // T15: what awaits its countersignature may still come to count.
  const pending = round.decisions
    .filter((d) => awaitsCountersignature(d) && d.person !== round.proposer)
    .filter((d) => stillEntitled(programme, d, at))
    .map((d) => asCandidateNow(programme, d, at));
  return [...standingAt(programme, round, at), ...hoped, ...pending];
}

/** Whether the quorum can still be met if everybody who has not answered approves. */
const canStillMeet = (programme: ProgrammeState, round: Round, at: Instant): boolean =>
  meets(round.rule, stillPossible(programme, round, at));

/** T3: what the roster no longer offers an open round, since people left or changed roles; empty while it can be met. */
export const outOfReach = (programme: ProgrammeState, round: Round, at: Instant): string[] =>
  canStillMeet(programme, round, at) ? [] : shortfall(round.rule, stillPossible(programme, round, at));

/** Where a round stands at `at`; silence is never consent, so nothing but approvals settles it. */
export function roundStatus(
  programme: ProgrammeState,
  kind: CheckpointKind,
  round: Round,
  at: Instant,
): RoundStatus {
  // Only an open round lapses, and a lapsed one never stands again, whoever comes back.
  if (round.lapsedAt !== null) return 'LAPSED';
  if (stands(programme, kind, round, at)) return 'SETTLED';
  const settled = settledAt(programme, round);
  if (settled !== null && !JUDGED_AGAIN[kind]) return 'WITHDRAWN';
  if (round.voidedAt !== null) return 'VOID';
  if (canStillMeet(programme, round, at)) return 'OPEN';
  const choices = round.decisions.filter((d) => d.withdrawn === null).map((d) => d.choice);
  if (choices.includes('CHANGES_REQUESTED')) return 'CHANGES_REQUESTED';
  // Where nobody said no (people left, or abstained) the round stays open and lapses: only a person rejects.
  return choices.includes('REJECTED') ? 'REJECTED' : 'OPEN';
}

export const currentRound = (checkpoint: Checkpoint | undefined): Round | null =>
  checkpoint?.rounds.at(-1) ?? null;

/** Every round with its checkpoint's kind, in order of opening. */
export function roundsOf(checkpoints: Record<string, Checkpoint>, kind: CheckpointKind): Round[] {
  return Object.values(checkpoints)
    .filter((checkpoint) => checkpoint.kind === kind)
    .flatMap((checkpoint) => checkpoint.rounds);
}

/** The last round about a subject, such as the release or question of this id. */
export const roundAbout = (
  checkpoints: Record<string, Checkpoint>,
  kind: CheckpointKind,
  id: string,
): Round | null => lastRounds(checkpoints).get(`${kind}/${id}`) ?? null;

const lastRounds = remembered(
  (checkpoints: Record<string, Checkpoint>) =>
    new Map(
      Object.values(checkpoints).flatMap(({ kind, rounds }) =>
        rounds.map((round) => [`${kind}/${round.subject.id}`, round] as const),
      ),
    ),
);
