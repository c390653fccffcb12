// The matrix as people see it: each place with its whole history, how the boundary stands, and what rests on the field.
import {
  boundaryInForce,
  openChallenges,
  restingOn,
  resultStatus,
  roundAbout,
  roundStatus,
  seenBefore,
} from '#libs/domain';
import type { Challenge, Instant, Judgement, LocalKnowledge, MatrixEntry, World } from '#libs/domain';
import { organisation, person, said } from '../http/said';

export function placeView(world: World, entry: MatrixEntry, now: Instant) {
  const { judgements, challenges, knowledge, ...place } = entry;
  return {
    ...place,
    ...approvedApart(world, entry, now),
    judgements: judgements.map((judgement) => judgementView(world, judgement)),
    challenges: challenges.map((challenge) => challengeView(world, entry, challenge, now)),
    knowledge: knowledge.map((each) => knowledgeView(world, each)),
  };
}

/** B41: where LEGAL and ETHICAL stand on this field, each for itself; neither stands in for the other. */
function approvedApart(world: World, entry: MatrixEntry, now: Instant) {
  const boundary = boundaryInForce(world, now) ?? world.project.boundaries.at(-1) ?? null;
  const isInside = boundary?.scope.sources.some(
    (each) => each.source === entry.source && each.fields.includes(entry.field),
  );
  const standing = (kind: 'LEGAL' | 'ETHICAL') => {
    const round = boundary && isInside ? roundAbout(world.project.checkpoints, kind, boundary.id) : null;
    return round && roundStatus(world.programme, kind, round, now);
  };
  return { legal: standing('LEGAL'), ethical: standing('ETHICAL') };
}

const whose = ({ programme }: World, said: { person: string; organisation: string }) => ({
  person: person(programme, said.person),
  organisation: organisation(programme, said.organisation),
});

const judgementView = (world: World, { reason, caveat, seriesBreak, ...judgement }: Judgement) => ({
  ...{ ...judgement, ...whose(world, judgement), reason: said(reason), caveat: said(caveat) },
  seriesBreak: seriesBreak && { at: seriesBreak.at, cause: said(seriesBreak.cause) },
});

const knowledgeView = (world: World, { text, ...knowledge }: LocalKnowledge) => ({
  ...{ ...knowledge, ...whose(world, knowledge), text: said(text) },
});

/** B35: raised after results, it shows every other finding that rests on the same field. */
function challengeView(world: World, entry: MatrixEntry, challenge: Challenge, now: Instant) {
  const resting = restingOn(world.project, entry);
  const seen = seenBefore(world, resting, challenge.person, challenge.at).map((analysis) => analysis.id);
  const others = resting.filter((analysis) => analysis.id !== challenge.against);
  const { claim, evidence, ...rest } = challenge;
  return {
    ...{ ...rest, ...whose(world, challenge), claim: said(claim), evidence: said(evidence) },
    isOpen: openChallenges(entry).some(({ id }) => id === challenge.id),
    raised: seen.length > 0 ? 'AFTER_RESULTS' : 'BEFORE_RESULTS',
    seen,
    alsoRestOnIt: {
      analyses: others.map((a) => ({ id: a.id, cycle: a.cycle, status: resultStatus(world, a, now) })),
      insights: world.project.insights
        .filter((insight) => insight.analyses.some((id) => resting.some((a) => a.id === id)))
        .map(({ id, cycle, status }) => ({ id, cycle, status })),
    },
  };
}

/** B37: each person's latest word on each field; how accurate and how valued stand side by side. */
export function ratingsView(world: World) {
  const latest = new Map(
    world.project.ratings.map((rating) => [`${rating.source}\n${rating.field}\n${rating.person}`, rating]),
  );
  return [...latest.values()].map(({ reason, ...rating }, index) => ({
    ...{ id: String(index + 1), ...rating, ...whose(world, rating), reason: said(reason) },
    statuses: Object.values(world.project.matrix)
      .filter((entry) => entry.source === rating.source && entry.field === rating.field)
      .map(({ id, status, uses }) => ({ place: id, status, uses })),
  }));
}
