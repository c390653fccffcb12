// Whom a withdrawal concerns: whoever reads, gave and leads what it closes, and whoever was shown what it takes back (T10).
import type { CheckpointEvents } from '../events';
import { participants } from '../participation/taking-part';
import type { Analysis, ProgrammeState, Release, Round, World } from '../state';
import type { Instant, OrganisationId, PersonId, ResultStatus, Role } from '../words';
import { resultStatus } from './results';
import { holds, peopleAt } from './roster';
import { roundAbout, settledAt, takenBack } from './standing';
import { releaseWithdrawals } from './withdrawal';

/** Who may withdraw what their organisation gave hears of its end. */
const HOLDING: readonly Role[] = ['dataHolder', 'informationRiskOwner'];

/** What everybody on the roster may see. */
const SHOWN: ReadonlySet<ResultStatus> = new Set<ResultStatus>(['CHECKED', 'FLAGGED']);

/**
 * By what a project's entry closes, whichever row of the withdrawal table it is: of each release it withdraws from, the readers and
 * the holders; of each result it takes back from those it was shown to, all of them; the lead, if there is any of either.
 */
export function concernedInProject(before: World, after: World, at: Instant): PersonId[] {
  const closed = Object.values(after.project.releases).filter(
    (release) =>
      release.givenUpAt === null &&
      releaseWithdrawals(after, release).length > releaseWithdrawals(before, release).length,
  );
  const recalled = Object.values(after.project.analyses).filter(
    (analysis) =>
      SHOWN.has(resultStatus(before, analysis, at)) && resultStatus(after, analysis, at) === 'QUARANTINED',
  );
  if (closed.length + recalled.length === 0) return [];
  return [
    after.project.lead,
    ...closed.flatMap((release) => [
      ...release.readers.filter((reader) => holds(after.programme, reader, [], at)),
      ...giversOf(after, release, at),
    ]),
    ...recalled.flatMap((analysis) => shownTo(after, analysis)),
  ];
}

/** Holders of what was granted, and whoever imported what is published and had it checked. */
const giversOf = (world: World, { requests, imports = [] }: Release, at: Instant): PersonId[] => [
  ...requests.flatMap((id) => speakingFor(world, world.project.requests[id]?.holder, at)),
  ...imports.flatMap((id) => importersOf(world, id, at)),
];

/** Whoever speaks for the holder of data in this project. */
export const speakingFor = (world: World, holder: OrganisationId | undefined, at: Instant): PersonId[] =>
  holder === undefined
    ? []
    : participants(world, at, { organisation: holder, roles: HOLDING }).map(({ person }) => person);

/** Whoever imported published data, and their organisation's risk owners. */
export function importersOf(world: World, id: string, at: Instant): PersonId[] {
  const found = world.project.imports[id];
  return found ? [found.person, ...speakingFor(world, found.organisation, at)] : [];
}

/** A checked result is open to the whole roster: to whoever was on it at any time since the check, also if they left. */
function shownTo({ programme, project }: World, analysis: Analysis): PersonId[] {
  const round = roundAbout(project.checkpoints, 'OUTPUT', analysis.id);
  const checked = round && settledAt(programme, round);
  return checked === null ? [] : onRosterSince(programme, checked);
}

const onRosterSince = ({ people }: ProgrammeState, since: Instant): PersonId[] =>
  Object.values(people)
    .filter(({ tenures }) => tenures.some(({ to }) => to === null || to > since))
    .map(({ id }) => id);

/**
 * An institution that takes back an agreement closes everything in every project, so that its readers, holders and leads are the
 * roster: all of it, and as UNLAWFUL, which takes back every result ever shown, also whoever has left.
 */
export function concernedInProgramme(
  before: ProgrammeState,
  after: ProgrammeState,
  { checkpoint, round, mode }: CheckpointEvents['DecisionWithdrawn'],
  at: Instant,
): PersonId[] {
  if (after.checkpoints[checkpoint]?.kind !== 'AGREEMENT') return [];
  const closing = (programme: ProgrammeState): number => {
    const found = programme.checkpoints[checkpoint]?.rounds.find((each) => each.round === round);
    return found ? closings(programme, found) : 0;
  };
  if (closing(after) === closing(before)) return [];
  return mode === 'UNLAWFUL' ? Object.keys(after.people) : peopleAt(after, at).map(({ person }) => person);
}

function closings(programme: ProgrammeState, round: Round): number {
  const settled = settledAt(programme, round);
  return settled === null ? 0 : takenBack(round, settled).length;
}
