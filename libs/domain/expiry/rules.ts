// When which warning is due. A warning opens and extends nothing; suspension does not move it, since it never extends an end.
import type { Deposit, ProjectState, Release, World } from '../state';
import type { Instant } from '../words';
import { depositStatus } from '../rules/requests';
import { releaseStatus } from '../rules/gate';
import { plus } from '../rules/time';
import { WARNING_DAYS } from './terms';
import type { Expiring, WarningDays } from './terms';

const DAY = 24 * 60 * 60 * 1000;

/** Something that ends at `ends` by the clock alone, and since when it is there. */
export interface Ending {
  what: Expiring;
  id: string;
  since: Instant;
  ends: Instant;
}

export function endingOfRelease(world: World, release: Release, now: Instant): Ending | null {
  const status = releaseStatus(world, release, now);
  if (release.sealed === null || (status !== 'SEALED' && status !== 'PERMITTED')) return null;
  const ends = release.permit?.expires ?? release.expires;
  return { what: 'RELEASE', id: release.id, since: release.sealed.at, ends };
}

export function endingOfDeposit({ requests }: ProjectState, deposit: Deposit): Ending | null {
  const request = requests[deposit.request];
  const ends = request?.answer?.grant?.expires;
  if (!request || request.withdrawn || depositStatus(deposit) !== 'ACCEPTED') return null;
  if (ends === undefined || deposit.received === null) return null;
  return { what: 'DEPOSIT', id: deposit.id, since: deposit.received.at, ends };
}

const warnAt = ({ ends }: Ending, days: WarningDays): Instant => plus(ends, -days * DAY);

/** The latest warning whose time has come and that was not given; earlier ones that were missed are not made up for. */
export function warningDue(project: ProjectState, ending: Ending, now: Instant): WarningDays | null {
  if (ending.ends <= now) return null;
  const days = WARNING_DAYS.findLast((each) => warnAt(ending, each) <= now);
  // What never had so long to live was known to end soon when it was made.
  if (days === undefined || warnAt(ending, days) < ending.since) return null;
  const given = project.expiryWarnings.some(
    (w) => w.id === ending.id && w.ends === ending.ends && w.days <= days,
  );
  return given ? null : days;
}

/** When the next warning comes; null if none does. */
export function nextWarning(ending: Ending, now: Instant): Instant | null {
  const days = WARNING_DAYS.find((each) => warnAt(ending, each) > now);
  return days === undefined ? null : warnAt(ending, days);
}

/** Everything of a project that ends by the clock. */
export function endings(world: World, now: Instant): Ending[] {
  const { project } = world;
  return [
    ...Object.values(project.deposits).map((deposit) => endingOfDeposit(project, deposit)),
    ...Object.values(project.releases).map((release) => endingOfRelease(world, release, now)),
  ].filter((ending) => ending !== null);
}
