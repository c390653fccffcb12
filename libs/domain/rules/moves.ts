// Whose move it is, and since when: everything the project waits for, person by person.
import type { World } from '../state';
import type { Instant, PersonId, Stage } from '../words';
import { STAGES } from '../words';
import { releaseGate, releaseStatus } from './gate';
import { projectStatus, shifted } from './project';
import { depositStatus, requestStatus } from './requests';
import { awaitedForNotes, mayRead } from '../evidence/rules';
import { resultStatus } from './results';
import { peopleAt } from './roster';
import { currentCycle, stageStatus } from './stages';
import { currentRound, roundStatus, unanswered } from './standing';

export interface Move {
  what: string;
  /** The id it is about: a checkpoint, request, deposit, release, analysis or stage. */
  about: string;
  who: PersonId[];
  since: Instant;
  due: Instant | null;
}

const signing = ({ programme, project }: World, now: Instant): Move[] =>
  Object.values(project.checkpoints).flatMap((checkpoint) => {
    const round = currentRound(checkpoint);
    if (!round || roundStatus(programme, checkpoint.kind, round, now) !== 'OPEN') return [];
    const due = shifted(project, round.openedAt, round.deadline, now);
    const who = unanswered(programme, round, now);
    return [{ what: `answer ${checkpoint.kind}`, about: checkpoint.id, who, since: round.openedAt, due }];
  });

const holding = ({ programme, project }: World, now: Instant): Move[] => [
  ...Object.values(project.requests)
    .filter((request) => requestStatus(request) === 'SENT')
    .map((request) => ({
      what: 'answer the data request',
      about: request.id,
      who: peopleAt(programme, now, { organisation: request.holder, roles: ['dataHolder'] }).map(
        (p) => p.person,
      ),
      since: request.sentAt,
      due: shifted(project, request.sentAt, request.deadline, now),
    })),
  ...Object.values(project.deposits)
    .filter((deposit) => depositStatus(deposit) === 'INVITED')
    .map((deposit) => ({
      what: 'deposit the granted data',
      about: deposit.id,
      who: peopleAt(programme, now, {
        organisation: project.requests[deposit.request]?.holder ?? '',
        roles: ['dataCustodian'],
      }).map((p) => p.person),
      since: deposit.invitedAt,
      due: null,
    })),
];

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

/** Notes that wait for those present; silence agrees to nothing, and nobody is pressed. */
const agreeing = ({ programme, project }: World, now: Instant): Move[] =>
  Object.values(project.evidence).flatMap((item) => {
    const who = awaitedForNotes(programme, item, now).filter((person) =>
      mayRead(programme, item, person, now),
    );
    const since = item.versions.at(-1)?.at ?? item.recordedAt;
    return who.length === 0
      ? []
      : [{ what: 'agree or amend the notes', about: item.id, who, since, due: null }];
  });

export function moves(world: World, now: Instant): Move[] {
  const { project } = world;
  const status = projectStatus(project);
  if (status === 'CLOSED') return [];
  if (status === 'SUSPENDED') {
    const since = project.suspensions.at(-1)?.from ?? now;
    return [{ what: 'resume the project', about: project.id, who: [project.lead], since, due: null }];
  }
  return [
    ...signing(world, now),
    ...holding(world, now),
    ...leading(world, now),
    ...working(world, now),
    ...agreeing(world, now),
  ];
}
