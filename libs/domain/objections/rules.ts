// What an objection closes: every release that was made with the person in it. One made afterwards leaves them out.
import type { Cycle, ProjectState, Release, Withdrawal } from '../state';
import { sealedBeside } from '../rules/requests';
import type { Objection } from './terms';

/** Objections that a sealed release does not heed, as withdrawals: reading stops, what was checked is flagged. */
export function objectionsAgainst(project: ProjectState, { deposits, sealed }: Release): Withdrawal[] {
  if (sealed === null) return [];
  // A sealing of before they were named heeds every earlier one.
  const isHeeded = ({ id, at }: Objection) => sealed.heeded?.includes(id) ?? at < sealed.at;
  return project.objections
    .filter((objection) => deposits.includes(objection.deposit) && !isHeeded(objection))
    .map(({ person, at }) => ({ person, at, mode: 'STOP', atOnce: false, disowned: false }));
}

/** The objections that whoever makes a release of this deposit heeds. */
export const objectionsTo = (project: ProjectState, deposit: string): Objection[] =>
  project.objections.filter((objection) => objection.deposit === deposit);

/** All that whoever makes this release now has to heed: who objected, and the releases it is compared with (T9). */
export const heedOf = (
  project: ProjectState,
  release: Release,
): { heeded: string[]; compared: string[] } => ({
  heeded: release.deposits.flatMap((deposit) => objectionsTo(project, deposit).map(({ id }) => id)),
  compared: sealedBeside(project, release).map(({ id }) => id),
});

/**
 * Whether a release of these requests was closed by an objection and is to be made anew without who objected: that opens no new
 * round of requests, so it waits for no stage.
 */
export function isMadeAnew(project: ProjectState, cycle: Cycle, requests: readonly string[]): boolean {
  const same = Object.values(project.releases).filter(
    (release) =>
      release.cycle === cycle.id &&
      release.requests.length === requests.length &&
      release.requests.every((id) => requests.includes(id)),
  );
  const latest = same.at(-1);
  return latest !== undefined && objectionsAgainst(project, latest).length > 0;
}
