// Which changes workflows need not be woken for: most signatures and all words leave what should be going as it is.
import type { ProgrammeEvent, ProjectEvent, Recorded } from '../events';
import type { ProgrammeState, World } from '../state';
import { roundStatus } from './standing';

/**
 * Recorded without starting, ending or moving anything a workflow waits for. Whatever is not named here wakes: what is forgotten
 * costs a look, what is named wrongly a standstill, so a property holds each to what is going (`activities/following`).
 */
const SILENT: ReadonlySet<ProjectEvent['type']> = new Set([
  'ActionPlanned',
  'ActionReported',
  'DeviationRecorded',
  'DictionaryGiven',
  'DictionaryPublished',
  'FindingAsked',
  'FindingMet',
  'HypothesisDecided',
  'HypothesisDiscussed',
  'HypothesisFoundUntestable',
  'HypothesisProposed',
  'HypothesisRevised',
  'InsightRecorded',
  'InsightStatusChanged',
  'InterpretationAdded',
  'NarrativeTold',
  'ProjectExported',
  'ReadOpened',
  'StageAnnounced',
  'SummaryApproved',
  'SummaryWritten',
  'SuppositionRecorded',
  'SuppositionReplied',
  'UntestableAnswered',
] satisfies ProjectEvent['type'][]);

/** Whether the stream's workflow has to look after these events. Every change of a programme does, and the first of a stream. */
export function stirs(
  before: World | ProgrammeState | null,
  after: World | ProgrammeState,
  events: readonly Recorded<ProgrammeEvent | ProjectEvent>[],
): boolean {
  if (before === null || !('project' in before) || !('project' in after)) return true;
  return !events.every(
    (event) =>
      SILENT.has(event.type as ProjectEvent['type']) ||
      (event.type === 'DecisionRecorded' && leavesOpen(before, after, event)),
  );
}

/** The round was open and is: whether an answer that comes later than what settled it narrows anything is not asked here. */
function leavesOpen(
  before: World,
  after: World,
  { data, at }: Recorded<Extract<ProgrammeEvent | ProjectEvent, { type: 'DecisionRecorded' }>>,
): boolean {
  return [before, after].every(({ programme, project }) => {
    const checkpoint = project.checkpoints[data.checkpoint];
    const round = checkpoint?.rounds.find((each) => each.round === data.round);
    return checkpoint && round && roundStatus(programme, checkpoint.kind, round, at) === 'OPEN';
  });
}
