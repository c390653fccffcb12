// What waits, as one person may know it: draft notes are as discreet as they are (B7), and a blind round tells nobody who has answered (T5).
import { withId } from '../listed';
import { mayRead } from '../evidence/rules';
import { isAnswerHiddenFrom } from '../negotiation/audience';
import type { Missing } from '../refusal';
import type { DataRequest, ProgrammeState, Release, World } from '../state';
import type { Instant, PersonId } from '../words';
import { awaitedAsSeen, isKeptBlind } from './blind-rounds';
import { releaseGate } from './gate';
import type { GateAnswer } from './gate';
import { answering } from './moves';
import type { Move } from './moves';
import { requestStatus } from './requests';
import { currentRound, roundAbout } from './standing';

/** A programme, or a project with its programme. */
type Side = ProgrammeState | World;

/** Without what blind rounds and requests hide from this person; null for a page that everybody reads. */
export function blinded(side: Side, all: Move[], person: PersonId | null, now: Instant): Move[] {
  const [programme, stream] = 'project' in side ? [side.programme, side.project] : [side, side];
  return withBlindRequests(side, all, person, now).flatMap((move) => {
    const checkpoint = stream.checkpoints[move.about];
    const round = currentRound(checkpoint);
    if (!checkpoint || !round || !isKeptBlind(programme, checkpoint, round, person, now)) return [move];
    // Whose telephone call or countersignature is awaited tells who has answered, and how.
    if (move.people) return person !== null && move.who.includes(person) ? [move] : [];
    if (move.what !== `answer ${checkpoint.kind}`) return [move];
    return [{ ...move, who: awaitedAsSeen(programme, checkpoint, round, person, now) }];
  });
}

/** An answered request looks as awaited as before to those who are not to know, and no deposit of it is invited. */
function withBlindRequests(side: Side, all: Move[], person: PersonId | null, now: Instant): Move[] {
  if (!('project' in side)) return all;
  const { requests, deposits } = side.project;
  const isHidden = (request: DataRequest | undefined): boolean =>
    request !== undefined && isAnswerHiddenFrom(side, request, person, now);
  const isAnswered = (request: DataRequest): boolean => requestStatus(request) !== 'SENT';
  return [
    ...all.filter(({ about, who }) => {
      const request = requests[deposits[about]?.request ?? ''];
      return !isHidden(request) || (person !== null && who.includes(person));
    }),
    ...Object.values(requests)
      .filter((request) => isAnswered(request) && isHidden(request))
      .map((request) => answering(side, request, now)),
  ];
}

/** As one person may see them. */
export function movesSeenBy(side: Side, all: Move[], person: PersonId | null, now: Instant): Move[] {
  const [programme, { evidence }] = 'project' in side ? [side.programme, side.project] : [side, side];
  return blinded(side, all, person, now).filter(({ about }) => {
    const item = withId(evidence, about);
    return item === undefined || (person !== null && mayRead(programme, item, person, now));
  });
}

/** The gate as one person may see it: what is missing is everybody's, but not who has answered a blind round. */
export function gateSeenBy(
  world: World,
  release: Release,
  person: PersonId | null,
  now: Instant,
): GateAnswer {
  const gate = releaseGate(world, release, now);
  const round = roundAbout(world.project.checkpoints, 'TRUST', release.id);
  if (gate.open || round === null) return gate;
  if (!isKeptBlind(world.programme, { kind: 'TRUST' }, round, person, now)) return gate;
  const waitingFor = awaitedAsSeen(world.programme, { kind: 'TRUST' }, round, person, now);
  const seen = (missing: Missing): Missing =>
    missing.rule === 'TRUST' ? { ...missing, waitingFor } : missing;
  return { ...gate, missing: gate.missing.map(seen) };
}
