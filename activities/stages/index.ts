// Opens the stages of a cycle: says where one stands, and tells the people whose move it is.
import { projectStatus, stageStatus } from '#libs/domain';
import type { Cycle, Stage, StageStatus } from '#libs/domain';
import type { Ledger } from '#libs/ledger';
import { step, WORKER } from '../answers';

export interface CycleInput {
  project: string;
  cycle: string;
}

export interface StageAnswer {
  status: StageStatus;
  /** The project is closed: no stage moves any more. */
  isClosed: boolean;
}

/** Whether somebody's move is awaited to get the stage going, which is when they are told. */
const CALLS_FOR_A_MOVE: Record<StageStatus, boolean> = {
  WAITING: false,
  OPEN: true,
  ASKED: false, // those asked have their own mail
  CHANGES_REQUESTED: true,
  REJECTED: true,
  LAPSED: true,
  REOPENED: true,
  SETTLED: false,
};

export function createStageActivities({ ledger }: { ledger: Ledger }) {
  return {
    /** Announces the stage if it calls for somebody's move (the domain does so once per opening), and says how it stands. */
    async openStage({ project, cycle, stage }: CycleInput & { stage: Stage }): Promise<StageAnswer> {
      const { world, now } = await ledger.world(project);
      const found = world.project.cycles.find(({ id }) => id === cycle);
      const standing = projectStatus(world.project);
      if (!found || standing === 'CLOSED') return { status: 'WAITING', isClosed: true };
      const status = stageStatus(world, found, stage, now);
      if (CALLS_FOR_A_MOVE[status] && standing === 'ACTIVE' && !isAnnounced(found, stage)) {
        await step(() =>
          ledger.onProject(project, WORKER, () => ({ command: { type: 'AnnounceStage', cycle, stage } })),
        );
      }
      return { status, isClosed: false };
    },
  };
}

/** Spares a transaction at each look; the domain itself never announces an opening twice. */
function isAnnounced({ announced, reopened }: Cycle, stage: Stage): boolean {
  const openings = 1 + reopened.filter((r) => r.stage === stage).length;
  return announced.filter((a) => a.stage === stage).length >= openings;
}
