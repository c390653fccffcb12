// Where a hypothesis stands, derived from runs and decisions; and which rivals keep a cycle from closing.
import type { Analysis, World } from '../state';
import type { Instant, PersonId } from '../words';
import { resultStatus } from '../rules/results';
import { peopleAt, tenureOf } from '../rules/roster';
import type { Hypothesis, HypothesisStatus } from './terms';

export const versionOf = (hypothesis: Hypothesis): number => hypothesis.versions.length;

/** Runs that named this version, by what they said when they were registered. */
export const testsOf = (world: World, hypothesis: Hypothesis, version: number): Analysis[] =>
  Object.values(world.project.analyses).filter(
    ({ tests }) => tests?.hypothesis === hypothesis.id && tests.version === version,
  );

/** Tested: the result of a run that named the present version has passed its check. */
export const isTested = (world: World, hypothesis: Hypothesis, now: Instant): boolean =>
  testsOf(world, hypothesis, versionOf(hypothesis)).some((analysis) => {
    const status = resultStatus(world, analysis, now);
    return status === 'CHECKED' || status === 'FLAGGED';
  });

/** Who speaks for a hypothesis: its holder, and once they have left, their organisation's people. */
export function speaksFor(world: World, hypothesis: Hypothesis, person: PersonId, now: Instant): boolean {
  if (tenureOf(world.programme, hypothesis.holder, now)) return person === hypothesis.holder;
  return tenureOf(world.programme, person, now)?.organisation === hypothesis.organisation;
}

const isSpokenFor = ({ programme }: World, { holder, organisation }: Hypothesis, now: Instant): boolean =>
  tenureOf(programme, holder, now) !== null || peopleAt(programme, now, { organisation }).length > 0;

const latestUntestable = (hypothesis: Hypothesis) =>
  hypothesis.untestable.findLast((each) => each.version === versionOf(hypothesis)) ?? null;

/** Recorded with a reason, and its holder has answered; where nobody speaks for it any more, the reason stands alone. */
export function isUntestable(world: World, hypothesis: Hypothesis, now: Instant): boolean {
  const found = latestUntestable(hypothesis);
  return found !== null && (found.answer !== null || !isSpokenFor(world, hypothesis, now));
}

const fateOf = (hypothesis: Hypothesis) =>
  hypothesis.decisions.findLast((decision) => decision.version === versionOf(hypothesis)) ?? null;

export function hypothesisStatus(world: World, hypothesis: Hypothesis, now: Instant): HypothesisStatus {
  const decided = fateOf(hypothesis);
  if (decided) return decided.fate;
  if (isTested(world, hypothesis, now)) return 'TESTED';
  if (isUntestable(world, hypothesis, now)) return 'UNTESTABLE';
  return versionOf(hypothesis) > 1 ? 'REVISED' : 'PROPOSED';
}

/** Given up by the one who held it: nobody else can drop a rival to be rid of it. */
const isGivenUp = (hypothesis: Hypothesis): boolean => {
  const decided = fateOf(hypothesis);
  return decided?.fate === 'DROPPED' && decided.person === hypothesis.holder;
};

/** Rivalry goes both ways, whoever declared it. */
export const rivalsOf = ({ project }: World, hypothesis: Hypothesis): Hypothesis[] =>
  project.hypotheses.filter(
    (other) =>
      other.id !== hypothesis.id &&
      (other.rivals.some((r) => r.rival === hypothesis.id) ||
        hypothesis.rivals.some((r) => r.rival === other.id)),
  );

/** B45: rivals neither tested nor recorded as untestable with a reason and their holder's answer; nothing closes over them. */
export const untriedRivals = (world: World, now: Instant): Hypothesis[] =>
  world.project.hypotheses.filter(
    (hypothesis) =>
      !isGivenUp(hypothesis) &&
      rivalsOf(world, hypothesis).some((rival) => !isGivenUp(rival)) &&
      !isTested(world, hypothesis, now) &&
      !isUntestable(world, hypothesis, now),
  );
