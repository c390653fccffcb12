// Which places of the matrix an analysis touches, what that forbids, and the caveats it has to carry.
import type { Analysis, ProjectState, Release, World } from '../state';
import type { Instant, PersonId } from '../words';
import { allSupplies, suppliesOf } from '../published/supplies';
import { holds } from '../rules/roster';
import { roundAbout, settledAt } from '../rules/standing';
import type { Caveat, Challenge, Intention, MatrixEntry, Period, Place, Subpopulation } from './terms';

const isBefore = (a: string | null, b: string | null): boolean => a !== null && b !== null && a < b;

export const periodsOverlap = (a: Period, b: Period): boolean =>
  !isBefore(a.to, b.from) && !isBefore(b.to, a.from);

/** Only values of one and the same field are known to keep two subpopulations apart. */
export const subpopulationsOverlap = (a: Subpopulation | null, b: Subpopulation | null): boolean =>
  a === null || b === null || a.field !== b.field || a.values.some((value) => b.values.includes(value));

/** B38: the window has days before the break and days from it on. */
export const crosses = (window: Period, breaksAt: string): boolean =>
  (window.from === null || window.from < breaksAt) && (window.to === null || window.to >= breaksAt);

const ALWAYS: Period = { from: null, to: null };

/** B38: the days a run reads: those it named only where a field tells them apart, otherwise every day there is. */
const daysRead = ({ window }: Intention): Period => (window?.by === undefined ? ALWAYS : window);

/** Whether two places speak of the same thing, word for word. */
export const isSamePlace = (a: Place, b: Place): boolean =>
  a.source === b.source &&
  a.field === b.field &&
  a.period.from === b.period.from &&
  a.period.to === b.period.to &&
  asText(a.uses) === asText(b.uses) &&
  a.subpopulation?.field === b.subpopulation?.field &&
  asText(a.subpopulation?.values ?? []) === asText(b.subpopulation?.values ?? []);

const asText = (words: string[]): string => [...words].sort().join('\n');

/** A name nobody has used yet would be a judgement on nothing, for example by a slip of the pen. */
export function isKnownField(project: ProjectState, source: string, field: string): boolean {
  const inScope = project.boundaries.some(({ scope }) =>
    scope.sources.some((each) => each.source === source && each.fields.includes(field)),
  );
  return inScope || allSupplies(project).some((each) => each.source === source && each.named.includes(field));
}

/** Whether a run uses the field of this source: as it said, otherwise as the release allows. */
function uses(project: ProjectState, release: Release, intention: Intention, place: Place): boolean {
  const from = suppliesOf(project, release).filter((supply) => supply.source === place.source);
  const isHeld = from.some(({ delivered }) => delivered.includes(place.field));
  return isHeld && (intention.fields?.includes(place.field) ?? true);
}

/** Every place of the matrix that speaks of what the run intends; what it leaves unsaid counts as everything. */
export const touched = (project: ProjectState, release: Release, intention: Intention): MatrixEntry[] =>
  Object.values(project.matrix).filter(
    (entry) =>
      uses(project, release, intention, entry) &&
      (intention.use === undefined || entry.uses.includes(intention.use)) &&
      periodsOverlap(entry.period, daysRead(intention)) &&
      subpopulationsOverlap(entry.subpopulation, intention.subpopulation ?? null),
  );

/** An exclusion for a broken series holds for a run that reads days on both sides; any other holds throughout. */
export const forbids = (entry: MatrixEntry, intention: Intention): boolean => {
  if (entry.status !== 'INADMISSIBLE') return false;
  const broken = entry.judgements.at(-1)?.seriesBreak;
  return !broken || crosses(daysRead(intention), broken.at);
};

export const openChallenges = (entry: MatrixEntry): Challenge[] => {
  const answered = entry.judgements.flatMap((judgement) => judgement.answers);
  return entry.challenges.filter((challenge) => !answered.includes(challenge.id));
};

/** What travels with the result (B35–B40): whatever is not plainly admissible. */
export const caveatsFor = (project: ProjectState, release: Release, intention: Intention): Caveat[] =>
  touched(project, release, intention)
    .filter((entry) => entry.status !== 'ADMISSIBLE')
    .map((entry) => {
      const latest = entry.judgements.at(-1);
      return {
        place: entry.id,
        source: entry.source,
        field: entry.field,
        status: entry.status,
        text: latest?.caveat ?? null,
        seriesBreak: latest?.seriesBreak ?? null,
        challenges: openChallenges(entry).map((challenge) => challenge.id),
        knowledge: entry.knowledge.map((each) => each.id),
      };
    });

/** Analyses that used the field of this place, whatever for: what is said against it concerns them all (B35). */
export const restingOn = (project: ProjectState, place: Place): Analysis[] =>
  Object.values(project.analyses).filter((analysis) => {
    const release = project.releases[analysis.release];
    return release !== undefined && uses(project, release, analysis.intention ?? {}, place);
  });

/** When a result could first be seen: by a checker who is not its author at its end, by everyone once checked. */
export function seenAt(world: World, analysis: Analysis, by: PersonId): Instant | null {
  if (!analysis.ended?.result) return null;
  const isChecker =
    analysis.author !== by && holds(world.programme, by, ['outputChecker'], analysis.ended.at);
  if (isChecker) return analysis.ended.at;
  const round = roundAbout(world.project.checkpoints, 'OUTPUT', analysis.id);
  return round && settledAt(world.programme, round);
}

/** Results that could be seen before a moment, by the person who then spoke; from the ledger, not from what they say. */
export const seenBefore = (world: World, among: Analysis[], by: PersonId, moment: Instant): Analysis[] =>
  among.filter((analysis) => {
    const seen = seenAt(world, analysis, by);
    return seen !== null && seen <= moment;
  });
