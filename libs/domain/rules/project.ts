// A project's own status, and how suspension moves people's deadlines (never expiries).
import type { Instant, ProjectStatus } from '../words';
import type { ProjectState } from '../state';
import { between, latest, plus } from './time';

export function projectStatus(project: ProjectState): ProjectStatus {
  if (project.closedAt !== null) return 'CLOSED';
  return project.suspensions.some((s) => s.to === null) ? 'SUSPENDED' : 'ACTIVE';
}

/** A deadline given at `since`, moved by the time the project has been suspended from then until `now`. */
export function shifted(project: ProjectState, since: Instant, deadline: Instant, now: Instant): Instant {
  const suspended = project.suspensions.reduce((sum, { from, to }) => {
    const end = to ?? now;
    return end <= since ? sum : sum + between(latest(from, since), end);
  }, 0);
  return plus(deadline, suspended);
}
