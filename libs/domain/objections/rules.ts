// What an objection closes: every release that was made with the person in it. One made afterwards leaves them out.
import type { Cycle, ProjectState, Release, Withdrawal } from '../state';
import type { Objection } from './terms';

/** Objections that a sealed release does not yet heed, as withdrawals: reading stops, what was checked is flagged. */
export function objectionsAgainst(project: ProjectState, { deposits, sealed }: Release): Withdrawal[] {
  if (sealed === null) return [];
  return project.objections
    .filter(({ deposit, at }) => deposits.includes(deposit) && at >= sealed.at)
    .map(({ person, at }) => ({ person, at, mode: 'STOP', atOnce: false, disowned: false }));
}

/** The objections that whoever makes a release of this deposit heeds. */
export const objectionsTo = (project: ProjectState, deposit: string): Objection[] =>
  project.objections.filter((objection) => objection.deposit === deposit);

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
