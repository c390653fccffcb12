// Whose move it is, and since when: everything the project waits for, person by person.
import { awaitsCountersignature, callersFor, countersigners, hasAddress } from '../recorded-answers/rules';
import type { Checkpoint, DataRequest, ProgrammeState, Round, World } from '../state';
import type { Instant, PersonId, Stage } from '../words';
import { STAGES } from '../words';
import { clarificationMove, clarificationStatus, requestInstant } from '../negotiation/clarifications';
import { agreeing, duties } from './duties';
import { releaseGate, releaseStatus } from './gate';
import { projectStatus, shifted } from './project';
import { depositStatus, requestStatus } from './requests';
import { resultStatus } from './results';
import { currentCycle, stageStatus } from './stages';
import { askedSince, nextTurn } from './turns';
import { awaited, currentRound, outOfReach, roundStatus } from './standing';
import { sufficiency } from '../questions/sufficiency';
import { participants } from '../participation/taking-part';

export interface Move {
  what: string;
  /** T15: whom it concerns besides: people to be asked by telephone, or whose recorded answer is to be confirmed. */
  people?: PersonId[];
  /** The id it is about: a checkpoint, request, deposit, release, analysis or stage. */
  about: string;
  who: PersonId[];
  since: Instant;
  due: Instant | null;
}

/** Rounds of a programme or a project that wait for people; `shift` moves a deadline by the time the project was suspended. */
const signing = (
  programme: ProgrammeState,
  checkpoints: Record<string, Checkpoint>,
  now: Instant,
  shift: (since: Instant, deadline: Instant) => Instant = (_since, deadline) => deadline,
): Move[] =>
  Object.values(checkpoints).flatMap((checkpoint) => {
    const round = currentRound(checkpoint);
    if (!round || roundStatus(programme, checkpoint.kind, round, now) !== 'OPEN') return [];
    const due = shift(askedSince(round), round.deadline);
    const move = { about: checkpoint.id, since: askedSince(round), due };
    const who = awaited(programme, round, now);
    const lost = outOfReach(programme, round, now);
    // T3: whoever is still asked cannot complete it; with the roster as it is now it has to be proposed again.
    return lost.length > 0
      ? [{ ...move, what: `propose ${checkpoint.kind} again: ${lost.join('; ')}`, who: [round.proposer] }]
      : [
          // Between two turns the engine is about to ask the next.
          ...(nextTurn(programme, round, now) ? [] : [{ ...move, what: `answer ${checkpoint.kind}`, who }]),
          ...hearing(programme, checkpoint, round, move, now),
        ];
  });

/** T15: who asks those without an address, and whose colleagues confirm an approval that was written down for them. */
function hearing(
  programme: ProgrammeState,
  { kind }: Checkpoint,
  round: Round,
  move: Pick<Move, 'about' | 'since' | 'due'>,
  now: Instant,
): Move[] {
  const asked = awaited(programme, round, now)
    .filter((person) => !hasAddress(programme.people[person]))
    .map((person) => ({
      ...{ ...move, what: `ask by telephone or on paper, and record the answer on ${kind}` },
      ...{ who: callersFor(programme, round, person, now), people: [person] },
    }));
  const pending = round.decisions.filter(awaitsCountersignature).map((decision) => ({
    ...{ ...move, what: `countersign the recorded approval of ${kind}`, since: decision.at },
    ...{ who: countersigners(programme, round, decision, now), people: [decision.person] },
  }));
  return [...asked, ...pending];
}

/** What a holder is asked, whether or not they have answered. */
export const answering = (world: World, request: DataRequest, now: Instant): Move => ({
  what: 'answer the data request',
  about: request.id,
  who: participants(world, now, { organisation: request.holder, roles: ['dataHolder'] })
    .map((p) => p.person)
    .filter((person) => request.asked?.includes(person) ?? true),
  since: request.sentAt,
  due: requestInstant(world.project, request, request.deadline, now),
});

const holding = (world: World, now: Instant): Move[] => [
  ...Object.values(world.project.requests)
    .filter((request) => requestStatus(request) === 'SENT')
    .map((request) => answering(world, request, now)),
  ...Object.values(world.project.deposits)
    .filter((deposit) => depositStatus(deposit) === 'INVITED' && deposit.request in world.project.requests)
    .map((deposit) => ({
      what: 'deposit the granted data',
      about: deposit.id,
      who: participants(world, now, {
        organisation: world.project.requests[deposit.request]?.holder ?? '',
        roles: ['dataCustodian'],
      }).map((p) => p.person),
      since: deposit.invitedAt,
      due: null,
    })),
];

/** B14: a question awaits the other side's answer, an answer the verdict of the side that asked. */
const clarifying = (world: World, now: Instant): Move[] =>
  world.project.clarifications.flatMap((clarification) => {
    const request = world.project.requests[clarification.request];
    const side = clarificationMove(clarification);
    if (!request || side === null || requestStatus(request) !== 'SENT') return [];
    const holders = { organisation: request.holder, roles: ['dataHolder' as const] };
    const who = side === 'ASKER' ? [request.sender] : participants(world, now, holders).map((p) => p.person);
    const what =
      clarificationStatus(clarification) === 'ASKED'
        ? 'answer the clarification'
        : 'settle the clarification';
    const since = clarification.answers.at(-1)?.at ?? clarification.at;
    return [{ what, about: clarification.id, who, since, due: null }];
  });

const WHAT: Record<Stage, string> = {
  question: 'propose the question',
  dataRequest: 'request data, propose releases, or settle empty',
  analysis: 'analyse and close the stage',
  reflection: 'propose the reflection',
  refinement: 'propose the refinement',
};

/** What only the lead can move: an open stage with nobody else asked, or the start of a cycle. */
function leading(world: World, now: Instant): Move[] {
  const { project } = world;
  const cycle = currentCycle(project);
  if (!cycle)
    return [
      { what: 'start a cycle', about: project.id, who: [project.lead], since: project.startedAt, due: null },
    ];
  const stage = STAGES.find((s) => stageStatus(world, cycle, s, now) !== 'SETTLED');
  if (!stage) return [];
  const status = stageStatus(world, cycle, stage, now);
  if (status === 'ASKED' || status === 'WAITING') return [];
  const since = cycle.announced.findLast((a) => a.stage === stage)?.at ?? cycle.startedAt;
  return [{ what: WHAT[stage], about: `${cycle.id}.${stage}`, who: [project.lead], since, due: null }];
}

/** B18: after a revocation no wave opens, so somebody has to say for which question the data does suffice. */
function requalifying(world: World, now: Instant): Move[] {
  const { project } = world;
  const { status, since, by } = sufficiency(world, now);
  if (status !== 'REVOKED' || since === null || by === null) return [];
  const what = 'propose a question for which the data suffices';
  return [{ what, about: by, who: [project.lead], since, due: null }];
}

/** What the engine itself is doing. */
const working = (world: World, now: Instant): Move[] => [
  ...Object.values(world.project.releases)
    .filter(
      (release) => releaseStatus(world, release, now) === 'SEALED' && releaseGate(world, release, now).open,
    )
    .map((release) => ({ what: 'give the permit', about: release.id, who: [], since: now, due: null })),
  ...Object.values(world.project.analyses)
    .filter((analysis) => resultStatus(world, analysis, now) === 'RUNNING')
    .map((a) => ({ what: 'run the analysis', about: a.id, who: [], since: a.registeredAt, due: null })),
];

export function moves(world: World, now: Instant): Move[] {
  const { project } = world;
  const status = projectStatus(project);
  if (status === 'CLOSED') return [];
  if (status === 'SUSPENDED') {
    const since = project.suspensions.at(-1)?.from ?? now;
    return [{ what: 'resume the project', about: project.id, who: [project.lead], since, due: null }];
  }
  return [
    ...signing(world.programme, project.checkpoints, now, (since, at) => shifted(project, since, at, now)),
    ...holding(world, now),
    ...clarifying(world, now),
    ...leading(world, now),
    ...working(world, now),
    ...requalifying(world, now),
    ...duties(world, now),
  ];
}

/** What a programme's own stream waits for: its agreement's signatures, and notes of its meetings. */
export const programmeMoves = (programme: ProgrammeState, now: Instant): Move[] => [
  ...signing(programme, programme.checkpoints, now),
  ...agreeing(programme, programme, now),
];
