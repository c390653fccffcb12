// What rests on a result, what was asked for and not used, and which summary stands.
import type { Analysis, Insight, ProjectState, World } from '../state';
import type { Instant } from '../words';
import { resultStatus } from '../rules/results';
import { settledProposal } from '../rules/stages';
import type { DemandStatus, FindingDemand, Summary } from './terms';

/** The summary a practitioner approved last. */
export const approvedSummary = (insight: Insight): Summary | null =>
  insight.summaries.findLast((summary) => summary.approved !== null) ?? null;

export const isChecked = (world: World, analysis: Analysis, now: Instant): boolean => {
  const status = resultStatus(world, analysis, now);
  return status === 'CHECKED' || status === 'FLAGGED';
};

/** Whether an insight or an action names the run as what it rests on. */
export const isUsed = ({ insights, actions }: ProjectState, analysis: string): boolean =>
  insights.some((insight) => insight.analyses.includes(analysis)) ||
  Object.values(actions).some((action) => action.analyses.includes(analysis));

const isReflectedOn = (world: World, { cycle: id }: Analysis, now: Instant): boolean => {
  const cycle = world.project.cycles.find((each) => each.id === id);
  return cycle !== undefined && settledProposal(world, cycle, 'reflection', now) !== null;
};

/** B45: checked results of cycles already reflected on that nothing was made of. */
export const unusedFindings = (world: World, now: Instant): Analysis[] =>
  Object.values(world.project.analyses).filter(
    (analysis) =>
      isChecked(world, analysis, now) &&
      isReflectedOn(world, analysis, now) &&
      !isUsed(world.project, analysis.id),
  );

export function demandStatus(world: World, demand: FindingDemand, now: Instant): DemandStatus {
  const runs = demand.met.flatMap(({ analysis }) => world.project.analyses[analysis] ?? []);
  if (runs.length === 0) return 'ASKED';
  const found = runs.filter((analysis) => isChecked(world, analysis, now));
  if (found.length === 0) return 'RUN';
  if (found.some(({ id }) => isUsed(world.project, id))) return 'USED';
  return found.some((analysis) => isReflectedOn(world, analysis, now)) ? 'UNUSED' : 'FOUND';
}
