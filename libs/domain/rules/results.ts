// What may be shown of an analysis: by its output check, and by what was withdrawn since (T10, I15).
import type { Instant, ResultStatus, WithdrawalMode } from '../words';
import type { Analysis, World } from '../state';
import { releaseClosure } from './withdrawal';
import { roundAbout, settledAt, stands } from './standing';

/** What a withdrawal of each mode does to results already checked. */
const CHECKED_AFTER: Record<WithdrawalMode, ResultStatus> = {
  STOP: 'FLAGGED',
  STOP_AND_DESTROY: 'FLAGGED',
  UNLAWFUL: 'QUARANTINED',
};

export function resultStatus(world: World, analysis: Analysis, now: Instant): ResultStatus {
  if (!analysis.ended) return 'RUNNING';
  if (analysis.ended.outcome !== 'COMPLETED' || !analysis.ended.result) return 'ENDED_WITHOUT_RESULT';
  if (analysis.withheldAt !== null) return 'WITHHELD';
  if (analysis.destroyed) return 'QUARANTINED';
  const round = roundAbout(world.project.checkpoints, 'OUTPUT', analysis.id);
  const wasChecked = round !== null && settledAt(world.programme, round) !== null;
  const isChecked = round !== null && stands(world.programme, 'OUTPUT', round, now);
  if (wasChecked && !isChecked) return 'QUARANTINED';
  const release = world.project.releases[analysis.release];
  const closure = release ? releaseClosure(world, release) : null;
  if (!closure) return isChecked ? 'CHECKED' : 'UNCHECKED';
  return isChecked ? CHECKED_AFTER[closure.mode] : 'QUARANTINED';
}
