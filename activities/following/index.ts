// Follows a stream: whatever its ledger says should be going is started if it is missing, and woken if its part changed.
import type { DataSource } from 'typeorm';
import { currentCycle, isUnitKeyOver, projectStatus } from '#libs/domain';
import type { Ledger, Outbox } from '#libs/ledger';
import type { Vault } from '#libs/vault';
import { keepIncidentTime } from '../incidents';
import { createMeetingKeeping } from '../meetings';
import { projectParts, roundParts, sharedMark } from './plan';
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
  /** The mark of the programme that its projects were last woken for. */
  shared?: string | null;
  reached?: Reached | null;
}

/** How far waking a programme's projects for a mark has come, where there are more than one step wakes. */
export interface Reached {
  shared: string;
  project: string;
}

/** By workflow id, the mark each was last woken for. */
export type Told = Record<string, string>;

export interface Followed {
  /** The version of the stream that was read. */
  version: number;
  told: Told;
  /** Milliseconds until a meeting or an incident needs something; absent in histories recorded before there were meetings. */
  dueIn?: number | null;
}

/** Absent in histories recorded when every change woke every project at once. */
interface FollowedProgramme extends Followed {
  shared?: string | null;
  reached?: Reached | null;
}

const sooner = (one: number | null, other: number | null): number | null =>
  one === null ? other : other === null ? one : Math.min(one, other);

/** So many wakes take a moment, not the half a minute after which the step would be begun again from the start. */
const PROJECTS_AT_ONCE = 200;

export interface FollowingDeps {
  ledger: Ledger;
  outbox: Pick<Outbox, 'seen'>;
  dataSource: DataSource;
  starter: Starter;
  vault: Pick<Vault, 'keys'>;
}

export function createFollowingActivities({ ledger, outbox, dataSource, starter, vault }: FollowingDeps) {
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

  /** Wakes the next of the programme's projects; null when all have been woken for this mark. */
  async function wakeProjects(programme: string, shared: string, reached?: Reached | null) {
    const after = reached?.shared === shared ? reached.project : '';
    const projects: { id: string }[] = await dataSource.query(
      `select id from parley.streams where programme = $1 and kind = 'project' and id > $2 order by id limit $3`,
      [programme, after, PROJECTS_AT_ONCE],
    );
    await Promise.all(projects.map(({ id }) => starter.wakeProject(id)));
    const last = projects.at(-1);
    return last && projects.length === PROJECTS_AT_ONCE ? { shared, project: last.id } : null;
  }

  /** Both halves; repeating it is harmless, so that a crash in between, or before, leaves nothing. */
  async function destroyUnitKey(project: string): Promise<void> {
    await ledger.destroyUnitPart(project);
    await vault.keys.destroy('units', project);
  }

  return {
    async followProject(at: ProjectInput): Promise<Followed & { cycle: string | null; isOver: boolean }> {
      const { programme, project, now, dueIn } = await keepMeetings(async () => {
        const { world, now } = await ledger.world(at.project);
        return { ...world, now };
      });
      if (project === null) throw new Error(`${at.project} is no project`);
      const world = { programme, project };
      const incidentDueIn = await keepIncidentTime(ledger, project, now);
      const parts = projectParts(world, now);
      const told = await wakeChanged(parts, at.told ?? {});
      const { version } = world.project;
      if (isUnitKeyOver(world.project)) await destroyUnitKey(at.project);
      // Only now has the change had its effect; until here the sweep would have woken the project again.
      await outbox.seen(at.project, version);
      const isOver =
        projectStatus(world.project) === 'CLOSED' && parts.length === 0 && incidentDueIn === null;
      return {
        version,
        told,
        dueIn: sooner(dueIn, incidentDueIn),
        cycle: currentCycle(world.project)?.id ?? null,
        isOver,
      };
    },

    async followProgramme(at: ProgrammeInput): Promise<FollowedProgramme> {
      const {
        programme: state,
        now,
        dueIn,
      } = await keepMeetings(async () => {
        const { state, now } = await ledger.programme(at.programme);
        return { programme: state, project: null, now };
      });
      const told = await wakeChanged(roundParts(state, null, now), at.told ?? {});
      const { version } = state;
      // Agreement and roster are part of every rule of every project: each looks for itself what that means.
      const shared = sharedMark(state);
      const reached = at.shared === shared ? null : await wakeProjects(at.programme, shared, at.reached);
      if (reached) return { version, told, dueIn, shared: at.shared ?? null, reached };
      await outbox.seen(at.programme, version);
      return { version, told, dueIn, shared, reached };
    },
  };
}
