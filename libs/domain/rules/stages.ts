// Where each stage of a cycle stands, derived from what was decided; no stage is ever set by hand.
import type { Instant, RequestStatus, RoundStatus, Stage, StageStatus } from '../words';
import { STAGES } from '../words';
import type { Analysis, Cycle, ProjectState, Question, Round, World } from '../state';
import { resultStatus } from './results';
import { requestStatus } from './requests';
import { roundAbout, roundStatus } from './standing';

/** The stage's status when only its newest proposal counts. */
const BY_ROUND: Record<RoundStatus, StageStatus> = {
  OPEN: 'ASKED',
  SETTLED: 'SETTLED',
  REJECTED: 'REJECTED',
  CHANGES_REQUESTED: 'CHANGES_REQUESTED',
  LAPSED: 'LAPSED',
  VOID: 'OPEN',
  WITHDRAWN: 'REOPENED',
};

/**
 * A pending amendment reopens what was settled. A rejected one changes nothing; a lapsed one keeps the stage
 * closed until a person proposes again, because no time-out may ever open anything (I12).
 */
const BY_AMENDMENT: Record<RoundStatus, StageStatus> = {
  OPEN: 'REOPENED',
  SETTLED: 'SETTLED',
  REJECTED: 'SETTLED',
  CHANGES_REQUESTED: 'REOPENED',
  LAPSED: 'LAPSED',
  VOID: 'REOPENED',
  WITHDRAWN: 'REOPENED',
};

type SignedStage = 'question' | 'reflection' | 'refinement';
const KIND = { question: 'QUESTION', reflection: 'REFLECTION', refinement: 'REFINEMENT' } as const;

const proposals = (project: ProjectState, cycle: Cycle, stage: SignedStage): { id: string }[] => {
  const all: Record<SignedStage, { id: string }[]> = {
    question: project.questions.filter((q) => q.cycle === cycle.id),
    reflection: cycle.reflections,
    refinement: cycle.refinements,
  };
  return all[stage];
};

const status = ({ programme }: World, stage: SignedStage, round: Round | null, now: Instant): RoundStatus =>
  round ? roundStatus(programme, KIND[stage], round, now) : 'VOID';

/** The latest proposal of a signed stage whose quorum stands. */
export function settledProposal(world: World, cycle: Cycle, stage: SignedStage, now: Instant): string | null {
  return (
    proposals(world.project, cycle, stage).findLast(
      ({ id }) =>
        status(world, stage, roundAbout(world.project.checkpoints, KIND[stage], id), now) === 'SETTLED',
    )?.id ?? null
  );
}

function signedStageStatus(world: World, cycle: Cycle, stage: SignedStage, now: Instant): StageStatus {
  const latest = proposals(world.project, cycle, stage).at(-1);
  if (!latest) return 'OPEN';
  const round = roundAbout(world.project.checkpoints, KIND[stage], latest.id);
  const settled = settledProposal(world, cycle, stage, now);
  const table = settled !== null && settled !== latest.id ? BY_AMENDMENT : BY_ROUND;
  return table[status(world, stage, round, now)];
}

const CLOSED_WITHOUT_DATA: RequestStatus[] = ['REFUSED', 'NOT_OBTAINED', 'LAPSED', 'WITHDRAWN'];

const lastReopened = (cycle: Cycle, stage: 'dataRequest' | 'analysis'): Instant | null =>
  cycle.reopened.findLast((r) => r.stage === stage)?.at ?? null;

/** B10: every request answered or lapsed, every grant used or given up, every release permitted or given up; or settled empty. */
function dataRequestStatus({ project }: World, cycle: Cycle): StageStatus {
  const reopened = lastReopened(cycle, 'dataRequest');
  const emptied = cycle.settledEmpty.dataRequest;
  if (emptied !== undefined && (reopened === null || reopened < emptied)) return 'SETTLED';
  const releases = Object.values(project.releases).filter((r) => r.cycle === cycle.id);
  const requests = Object.values(project.requests).filter((r) => r.cycle === cycle.id);
  const currentRound = cycle.requestRounds.at(-1);
  const isResolved = requests.every((request) => {
    const state = requestStatus(request);
    if (state === 'SENT') return false;
    if (CLOSED_WITHOUT_DATA.includes(state)) return true;
    return releases.some((r) => r.requests.includes(request.id));
  });
  const areReleased = releases.every((r) => r.permit !== null || r.givenUpAt !== null);
  const isPermitted = releases.some((r) => r.permit !== null && r.requestRound === currentRound);
  if (requests.length > 0 && isResolved && areReleased && isPermitted) return 'SETTLED';
  return reopened === null ? 'OPEN' : 'REOPENED';
}

const isDealtWith = (world: World, analysis: Analysis, now: Instant): boolean => {
  const result = resultStatus(world, analysis, now);
  return result !== 'RUNNING' && result !== 'UNCHECKED';
};

/** B10: the lead closed it, no run is going, each result is checked, withheld or quarantined; or settled empty. */
function analysisStatus(world: World, cycle: Cycle, now: Instant): StageStatus {
  const reopened = lastReopened(cycle, 'analysis');
  const ended = [cycle.settledEmpty.analysis, cycle.analysisClosedAt].filter(
    (at): at is Instant => at != null,
  );
  const closed = ended.some((at) => reopened === null || reopened < at);
  const runs = Object.values(world.project.analyses).filter((a) => a.cycle === cycle.id);
  if (closed && runs.every((a) => isDealtWith(world, a, now))) return 'SETTLED';
  return reopened === null ? 'OPEN' : 'REOPENED';
}

/** The status of one stage; it waits while any stage before it is not settled. */
export function stageStatus(world: World, cycle: Cycle, stage: Stage, now: Instant): StageStatus {
  const before = STAGES.slice(0, STAGES.indexOf(stage));
  if (before.some((earlier) => ownStatus(world, cycle, earlier, now) !== 'SETTLED')) return 'WAITING';
  return ownStatus(world, cycle, stage, now);
}

function ownStatus(world: World, cycle: Cycle, stage: Stage, now: Instant): StageStatus {
  if (stage === 'dataRequest') return dataRequestStatus(world, cycle);
  if (stage === 'analysis') return analysisStatus(world, cycle, now);
  return signedStageStatus(world, cycle, stage, now);
}

/** The question version the cycle works under: the latest settled one. */
export function currentQuestion(world: World, cycle: Cycle, now: Instant): Question | null {
  const id = settledProposal(world, cycle, 'question', now);
  return world.project.questions.find((q) => q.id === id) ?? null;
}

export const currentCycle = (project: ProjectState): Cycle | null => project.cycles.at(-1) ?? null;

export const isCycleSettled = (world: World, cycle: Cycle, now: Instant): boolean =>
  STAGES.every((stage) => stageStatus(world, cycle, stage, now) === 'SETTLED');
