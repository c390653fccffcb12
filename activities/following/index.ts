// Follows a stream: whatever its ledger says should be going is started if it is missing, and woken if its part changed.
import type { DataSource } from 'typeorm';
import { currentCycle, projectStatus } from '#libs/domain';
import type { Ledger, Outbox } from '#libs/ledger';
import { createMeetingKeeping } from '../meetings';
import { projectParts, roundParts } from './plan';
import type { Part } from './plan';
import type { Starter } from './starter';

export { temporalStarter } from './starter';
export type { Starter } from './starter';

export interface ProjectInput {
  project: string;
  /** What an earlier run of the workflow has told already; nothing, when it is started. */
  told?: Told;
}

export interface ProgrammeInput {
  programme: string;
  told?: Told;
}

/** By workflow id, the mark each was last woken for. */
export type Told = Record<string, string>;

export interface Followed {
  /** The version of the stream that was read. */
  version: number;
  told: Told;
  /** Milliseconds until a meeting needs something; absent in histories recorded before there were meetings. */
  dueIn?: number | null;
}

export interface FollowingDeps {
  ledger: Ledger;
  outbox: Pick<Outbox, 'seen'>;
  dataSource: DataSource;
  starter: Starter;
}

export function createFollowingActivities({ ledger, outbox, dataSource, starter }: FollowingDeps) {
  const keepMeetings = createMeetingKeeping({ ledger, dataSource });

  async function wakeChanged(parts: Part[], told: Told): Promise<Told> {
    const now = Object.fromEntries(parts.map(({ id, mark }) => [id, mark]));
    const changed = parts.filter(({ id, mark }) => told[id] !== mark);
    const over = Object.keys(told).filter((id) => !(id in now));
    await Promise.all([
      ...changed.map((part) => starter.wake(part)),
      ...over.map((id) => starter.dismiss(id)),
    ]);
    return now;
  }

  return {
    async followProject(at: ProjectInput): Promise<Followed & { cycle: string | null; isOver: boolean }> {
      const { programme, project, now, dueIn } = await keepMeetings(async () => {
        const { world, now } = await ledger.world(at.project);
        return { ...world, now };
      });
      if (project === null) throw new Error(`${at.project} is no project`);
      const world = { programme, project };
      const parts = projectParts(world, now);
      const told = await wakeChanged(parts, at.told ?? {});
      const { version } = world.project;
      // Only now has the change had its effect; until here the sweep would have woken the project again.
      await outbox.seen(at.project, version);
      const isOver = projectStatus(world.project) === 'CLOSED' && parts.length === 0;
      return { version, told, dueIn, cycle: currentCycle(world.project)?.id ?? null, isOver };
    },

    async followProgramme(at: ProgrammeInput): Promise<Followed> {
      const {
        programme: state,
        now,
        dueIn,
      } = await keepMeetings(async () => {
        const { state, now } = await ledger.programme(at.programme);
        return { programme: state, project: null, now };
      });
      const told = await wakeChanged(roundParts(state, null, now), at.told ?? {});
      // Agreement and roster are part of every rule of every project: each looks for itself what that means.
      const projects: { id: string }[] = await dataSource.query(
        `select id from parley.streams where programme = $1 and kind = 'project'`,
        [at.programme],
      );
      await Promise.all(projects.map(({ id }) => starter.wakeProject(id)));
      await outbox.seen(at.programme, state.version);
      return { version: state.version, told, dueIn };
    },
  };
}
