// The transition tables against generated histories: nothing happens that the diagrams do not show.
import fc from 'fast-check';
import {
  PROJECT_TRANSITIONS,
  projectStatus,
  RELEASE_TRANSITIONS,
  releaseStatus,
  REQUEST_TRANSITIONS,
  requestStatus,
  RESULT_TRANSITIONS,
  resultStatus,
  ROUND_TRANSITIONS,
  roundStatus,
  STAGE_TRANSITIONS,
  STAGES,
  stageStatus,
  sufficiency,
  SUFFICIENCY_TRANSITIONS,
  IMPORT_TRANSITIONS,
  importStatus,
  TEMPO_TRANSITIONS,
  tempoOf,
} from './index';
import { aHistory, begin, play } from '../testing/histories';
import type { Step } from '../testing/histories';
import type { Story } from '../testing/story';

const TABLES = {
  round: ROUND_TRANSITIONS,
  stage: STAGE_TRANSITIONS,
  release: RELEASE_TRANSITIONS,
  request: REQUEST_TRANSITIONS,
  result: RESULT_TRANSITIONS,
  project: PROJECT_TRANSITIONS,
  sufficiency: SUFFICIENCY_TRANSITIONS,
  tempo: TEMPO_TRANSITIONS,
  import: IMPORT_TRANSITIONS,
} as const;

/** Every status of the story, by what it is the status of. */
function statuses({ programme, project, world, now }: Story): Map<string, string> {
  const all = new Map<string, string>();
  for (const { id, kind, rounds } of Object.values(project.checkpoints))
    for (const round of rounds)
      all.set(`round ${id}.${round.round}`, roundStatus(programme, kind, round, now));
  for (const cycle of project.cycles)
    for (const stage of STAGES) all.set(`stage ${cycle.id}.${stage}`, stageStatus(world, cycle, stage, now));
  for (const release of Object.values(project.releases))
    all.set(`release ${release.id}`, releaseStatus(world, release, now));
  for (const request of Object.values(project.requests))
    all.set(`request ${request.id}`, requestStatus(request));
  for (const found of Object.values(project.imports)) all.set(`import ${found.id}`, importStatus(found, now));
  for (const analysis of Object.values(project.analyses))
    all.set(`result ${analysis.id}`, resultStatus(world, analysis, now));
  return all
    .set('project it', projectStatus(project))
    .set('sufficiency it', sufficiency(world, now).status)
    .set('tempo it', tempoOf(project));
}

/** Rare ones stand in every run: a release made anew after an objection opens the data request again. */
const RARE: Step[] = [{ do: 'object' }, { do: 'anew' }];

describe('the transition tables', () => {
  it('B10, T10: name every change of status that generated histories show', () => {
    fc.assert(
      fc.property(aHistory, ({ beginning, steps }) => {
        const story = begin(beginning);
        let before = statuses(story);
        for (const step of steps) {
          play(story, step);
          const after = statuses(story);
          for (const [what, to] of after) {
            const from = before.get(what);
            if (from === undefined || from === to) continue;
            const table = TABLES[what.split(' ')[0] as keyof typeof TABLES] as Record<
              string,
              Record<string, string>
            >;
            if (table[from]?.[to] === undefined)
              throw new Error(`${what}: ${from} -> ${to} by ${step.do} is in no table`);
          }
          before = after;
        }
      }),
      { numRuns: 300, examples: [[{ beginning: 'permitted', steps: RARE }]] },
    );
  });
});
