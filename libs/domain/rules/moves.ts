// Whose move it is, and since when: everything the project waits for, person by person.
import type { World } from '../state';
import type { Instant, PersonId, Stage } from '../words';
import { STAGES } from '../words';
import { clarificationMove, clarificationStatus, requestInstant } from '../negotiation/clarifications';
import { unsafeReaders } from '../safe-people/rules';
import { unreportedActions } from '../actions/rules';
import { untriedRivals } from '../hypotheses/rules';
import { releaseGate, releaseStatus } from './gate';
import { projectStatus, shifted } from './project';
import { depositStatus, requestStatus } from './requests';
import { awaitedForNotes, mayRead } from '../evidence/rules';
import { resultStatus } from './results';
import { currentCycle, stageStatus } from './stages';
import { awaited, currentRound, outOfReach, roundStatus } from './standing';
import { outputReview } from '../output-check/rules';
import { sufficiency } from '../questions/sufficiency';
import { checkersOf, importStatus } from '../published/rules';
import { participants } from '../participation/taking-part';

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
    const move = { about: checkpoint.id, since: round.openedAt, due };
    const who = awaited(programme, round, now);
    const lost = outOfReach(programme, round, now);
    // T3: whoever is still asked cannot complete it; with the roster as it is now it has to be proposed again.
    return lost.length > 0
      ? [{ ...move, what: `propose ${checkpoint.kind} again: ${lost.join('; ')}`, who: [round.proposer] }]
      : [{ ...move, what: `answer ${checkpoint.kind}`, who }];
  });

const holding = (world: World, now: Instant): Move[] => [
  ...Object.values(world.project.requests)
    .filter((request) => requestStatus(request) === 'SENT')
    .map((request) => ({
      what: 'answer the data request',
      about: request.id,
      who: participants(world, now, { organisation: request.holder, roles: ['dataHolder'] })
        .map((p) => p.person)
        .filter((person) => request.asked?.includes(person) ?? true),
      since: request.sentAt,
      due: requestInstant(world.project, request, request.deadline, now),
    })),
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

/** B54: what keeps the gate closed for a reader is that reader's move, and their registrar's. */
const becomingSafe = (world: World, now: Instant): Move[] =>
  Object.values(world.project.releases)
    .filter((release) => ['PROPOSED', 'SEALED'].includes(releaseStatus(world, release, now)))
    .flatMap((release) =>
      unsafeReaders(world, release, now).map(({ reason, waitingFor }) => ({
        ...{ what: `make reading safe: ${reason}`, about: release.id, who: waitingFor },
        ...{ since: release.proposedAt, due: null },
      })),
    );

/** B53: the 72 hours of an incident run on, also for whoever did not cause it. */
const reporting = (world: World, now: Instant): Move[] =>
  world.project.incidents
    .filter(({ reported }) => reported === null)
    .map(({ id, awareAt, due }) => ({
      ...{ what: 'report the incident, or say why it need not be', about: id, since: awareAt, due },
      who: participants(world, now, { roles: ['informationRiskOwner', 'dataProtectionOfficer'] }).map(
        (p) => p.person,
      ),
    }));

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

/** What is asked of one person about a hypothesis of theirs, or an action they own. */
function accounting(world: World, now: Instant): Move[] {
  const { project } = world;
  const cycle = currentCycle(project);
  const unanswered = untriedRivals(world, now).flatMap(({ id, holder, versions, untestable }) =>
    untestable
      .filter((found) => found.version === versions.length)
      .map((found) => ({ about: id, who: [holder], since: found.at })),
  );
  const unreported = cycle ? unreportedActions(project, cycle.id) : [];
  return [
    ...unanswered.map((asked) => ({
      what: 'answer whether the hypothesis is untestable',
      ...asked,
      due: null,
    })),
    ...unreported.map(({ id, owner }) => ({
      ...{ what: 'say what became of the action', about: id, who: [owner], due: null },
      since: cycle?.startedAt ?? now,
    })),
  ];
}

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

/** B27: a holder that asked to review a result may comment on it, and need not. */
const reviewing = (world: World, now: Instant): Move[] =>
  Object.values(world.project.analyses).flatMap((analysis) => {
    const review = outputReview(world, analysis, now);
    if (!review || now >= review.until) return [];
    return review.awaited.map((organisation) => ({
      ...{ what: 'comment on the result, if there is something to say', about: analysis.id },
      who: participants(world, now, { organisation, roles: ['dataHolder', 'informationRiskOwner'] }).map(
        (p) => p.person,
      ),
      ...{ since: analysis.ended?.at ?? now, due: review.until },
    }));
  });

/** B23: a published file waits for whoever imports it, its legal check for their risk owner. */
const importing = (world: World, now: Instant): Move[] =>
  Object.values(world.project.imports).flatMap((found) => {
    const awaited = Object.values(world.project.deposits).find(
      (deposit) => deposit.request === found.id && depositStatus(deposit) === 'INVITED',
    );
    const isUnchecked = importStatus(found, now) === 'UNCHECKED';
    return [
      ...(awaited
        ? [
            {
              what: 'hand over the published file',
              about: awaited.id,
              who: [found.person],
              since: awaited.invitedAt,
              due: null,
            },
          ]
        : []),
      ...(isUnchecked
        ? [
            {
              what: 'record the legal check',
              about: found.id,
              who: checkersOf(world, found, now),
              since: found.at,
              due: null,
            },
          ]
        : []),
    ];
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
    ...clarifying(world, now),
    ...becomingSafe(world, now),
    ...reporting(world, now),
    ...leading(world, now),
    ...working(world, now),
    ...requalifying(world, now),
    ...accounting(world, now),
    ...agreeing(world, now),
    ...reviewing(world, now),
    ...importing(world, now),
  ];
}
