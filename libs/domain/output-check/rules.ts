// What a checker has to decide before a result is approved, which exceptions a run is made with, and how long a holder reviews.
import type { CheckpointCommands } from '../commands';
import { refuse } from '../refusal';
import { workingDaysAfter } from '../calendar';
import { holidaysOf } from '../rules/agreement';
import { shifted } from '../rules/project';
import { roundAbout, settledAt } from '../rules/standing';
import type { Analysis, ProjectState, Round, World } from '../state';
import type { Instant, OrganisationId } from '../words';
import type { OutputException, OutputFinding } from './terms';
import { REVIEW_WORKING_DAYS } from './terms';

/** Rules that no checker overrides: a condition is the holder's, and the others only protect what a rule before them hid. */
export const NEVER_EXCEPTED: readonly string[] = ['condition', 'complementary', 'derived'];

/** Results of before findings were recorded have none to decide. */
export const findingsOf = (analysis: Analysis): OutputFinding[] => analysis.ended?.findings ?? [];

/** Other results that are shown, or may come to be: what a new one is compared with, whatever its cycle and wave. */
export const resultsBeside = (project: ProjectState, analysis: Analysis): Analysis[] =>
  Object.values(project.analyses).filter(
    ({ id, ended, withheldAt }) => id !== analysis.id && ended?.result && withheldAt === null,
  );

const APPROVALS: readonly string[] = ['APPROVED', 'APPROVED_WITH_CONDITIONS'];

/** Why an answer about a result may not be given with these findings decided; null if it may, or is about something else. */
export function badFindings(
  { project }: World,
  { checkpoint: id, round: number, choice, findings = [] }: CheckpointCommands['RecordDecision'],
) {
  const checkpoint = project.checkpoints[id];
  const round = checkpoint?.rounds.find((each) => each.round === number);
  const analysis = checkpoint?.kind === 'OUTPUT' && round ? project.analyses[round.subject.id] : undefined;
  const toDecide = (analysis ? findingsOf(analysis) : [])
    .filter(({ verdict }) => verdict === 'review')
    .map((finding) => finding.id);
  const said = findings.map(({ finding }) => finding);
  const stray = said.filter((finding, at) => !toDecide.includes(finding) || said.indexOf(finding) !== at);
  if (stray.length > 0)
    return refuse(
      'INVALID',
      'FINDINGS',
      `nothing is to be decided, or it is decided twice, on ${stray.join(', ')}`,
      toDecide.length > 0 ? `decide each of ${toDecide.join(', ')} once` : 'decide without findings',
    );
  const open = toDecide.filter((finding) => !said.includes(finding));
  if (!APPROVALS.includes(choice) || open.length === 0) return null;
  return refuse(
    'CONFLICT',
    'FINDINGS_UNDECIDED',
    `findings wait for a person's decision: ${open.join(', ')}`,
    'give a written reason for each, or ask for changes',
    open.map((finding) => ({
      ...{ rule: 'FINDING', reason: `${finding} goes to a person`, since: analysis?.ended?.at ?? null },
      waitingFor: round?.asked.map(({ person }) => person) ?? [],
    })),
  );
}

/** The same parameters, in whatever order they were written. */
const asText = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** Exceptions granted for the same run: the same release, method and parameters. */
export function exceptionsFor({ project }: World, run: Analysis): OutputException[] {
  return project.exceptions.filter(({ granted, analysis }) => {
    const other = project.analyses[analysis];
    const isSame =
      other?.release === run.release &&
      other.method === run.method &&
      other.rounding === run.rounding &&
      asText(other.params) === asText(run.params);
    return granted !== null && isSame;
  });
}

/** Holders that asked to review results of this run's data before they are shared. */
export function reviewers({ programme, project }: World, analysis: Analysis): OrganisationId[] {
  const release = project.releases[analysis.release];
  const isAsked = release?.permit?.conditions.some(({ kind }) => kind === 'REVIEW_BEFORE_SHARING');
  if (!release || !isAsked) return [];
  const holders = release.requests.flatMap((id) => project.requests[id] ?? []);
  const trust: Round | null = roundAbout(project.checkpoints, 'TRUST', release.id);
  const asking = [
    ...holders
      .filter(({ answer }) => answer?.grant?.conditions.some((c) => c.kind === 'REVIEW_BEFORE_SHARING'))
      .map(({ holder }) => holder),
    ...(trust?.decisions ?? [])
      .filter(({ conditions }) => conditions.some((c) => c.kind === 'REVIEW_BEFORE_SHARING'))
      .map(({ organisation }) => organisation),
  ];
  return [...new Set(asking)].filter((organisation) => programme.organisations[organisation]);
}

export interface OutputReview {
  organisations: OrganisationId[];
  /** Of those, whoever has said nothing yet. */
  awaited: OrganisationId[];
  /** Suspension moves it, as it moves every deadline of people. */
  until: Instant;
}

/** The review of a checked result; null where nobody asked for one, or it was never checked. Its end does nothing by itself. */
export function outputReview(world: World, analysis: Analysis, now: Instant): OutputReview | null {
  const { programme, project } = world;
  const organisations = reviewers(world, analysis);
  const round = roundAbout(project.checkpoints, 'OUTPUT', analysis.id);
  const since = round && settledAt(programme, round);
  if (organisations.length === 0 || since === null) return null;
  const holidays = holidaysOf(programme);
  const said = project.outputComments.filter((comment) => comment.analysis === analysis.id);
  return {
    organisations,
    awaited: organisations.filter((each) => !said.some(({ organisation }) => organisation === each)),
    until: shifted(project, since, workingDaysAfter(since, REVIEW_WORKING_DAYS, holidays), now),
  };
}

/** Results whose holder may still comment and has not: a finding that rests on them waits that long, and no longer. */
export const underReview = (world: World, analyses: string[], now: Instant): string[] =>
  analyses.filter((id) => {
    const analysis = world.project.analyses[id];
    const review = analysis ? outputReview(world, analysis, now) : null;
    return review !== null && review.awaited.length > 0 && now < review.until;
  });
