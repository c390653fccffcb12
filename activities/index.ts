// Everything workflows can have done: one folder per concern, idempotent, keyed by ledger ids, identifiers only.
import { createAnalysisActivities } from './analyses';
import type { AnalysisDeps, AnalysisInput } from './analyses';
import { createDepositActivities } from './deposits';
import { createFollowingActivities } from './following';
import type { FollowingDeps } from './following';
import { createReleaseActivities } from './releases';
import { createRequestActivities } from './requests';
import { createSigningActivities } from './signing';
import { createStageActivities } from './stages';

export type { AnalysisInput, RunProgress } from './analyses';
export type { DepositInput } from './deposits';
export { temporalStarter } from './following';
export type { ProgrammeInput, ProjectInput, Starter } from './following';
export type { ReleaseInput } from './releases';
export type { RequestInput } from './requests';
export type { RoundInput } from './signing';
export type { CycleInput } from './stages';

export type ActivityDeps = FollowingDeps & AnalysisDeps;

/** Activities of the `default` queue, where all workflows run. */
export function createDefaultActivities(deps: ActivityDeps) {
  const analyses = createAnalysisActivities(deps);
  return {
    ...createFollowingActivities(deps),
    ...createStageActivities(deps),
    ...createSigningActivities(deps),
    ...createRequestActivities(deps),
    ...createDepositActivities(deps),
    ...createReleaseActivities(deps),
    readRun: (at: AnalysisInput) => analyses.readRun(at),
  };
}

/** Activities of the `analysis` queue: its processes alone open releases for reading. */
export function createRunActivities(deps: AnalysisDeps) {
  const analyses = createAnalysisActivities(deps);
  return { runAnalysis: (at: AnalysisInput) => analyses.runAnalysis(at) };
}

type All = ReturnType<typeof createDefaultActivities> & ReturnType<typeof createRunActivities>;

/** Milliseconds on the ledger. */
export type LedgerWork = Pick<
  All,
  | 'followProject'
  | 'followProgramme'
  | 'openStage'
  | 'keepRoundTime'
  | 'nextForRequest'
  | 'nextForRelease'
  | 'askGate'
  | 'readRun'
>;
/** Minutes on files in the vault. */
export type FileWork = Pick<
  All,
  'inviteDeposit' | 'checkDeposit' | 'destroyDeposit' | 'sealRelease' | 'destroyRelease'
>;
/** Minutes to hours on one release. */
export type RunWork = Pick<All, 'runAnalysis'>;
