// An analysis as people see it: what was registered, how it stands, and what could be seen when; never its numbers.
import { collectionCaveats, resultStatus, seenBefore } from '#libs/domain';
import type { Analysis, World } from '#libs/domain';
import { person, said } from '../http/said';
import { worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { caveatsView } from './caveats.view';
import { endedView } from './ended.view';
import { analysisIn } from './results';

export function analysisView(call: Call, analysis: Analysis) {
  const world = worldOf(call);
  const { id, cycle, release, method, params, question, boundary, registeredAt, withheldAt } = analysis;
  return {
    ...{ id, cycle, release, method, params, question, boundary, registeredAt, withheldAt },
    ...{ author: person(world.programme, analysis.author), reads: analysis.reads.length },
    ...{ hypothesis: said(analysis.hypothesis), support: said(analysis.support) },
    status: resultStatus(world, analysis, call.now),
    destroyed: analysis.destroyed,
    intention: analysis.intention ?? null,
    tests: analysis.tests ?? null,
    rounding: analysis.rounding ?? null,
    ...registeredOpenly(world, analysis),
    ...caveatsView(world, analysis),
    ended: endedView(analysis),
  };
}

/** B45: what could be seen when it was registered, and what was done otherwise since, before or after its own result. */
function registeredOpenly(world: World, analysis: Analysis) {
  const { programme, project } = world;
  const others = Object.values(project.analyses).filter(({ id }) => id !== analysis.id);
  const seen = seenBefore(world, others, analysis.author, analysis.registeredAt);
  const deviations = project.deviations.filter((each) => each.analysis === analysis.id);
  return {
    afterSeeing: seen.map(({ id }) => id),
    deviations: deviations.map(({ id, part, person: by, reason, at }) => ({
      ...{ id, part, person: person(programme, by), reason: said(reason), at },
      recorded: seenBefore(world, [analysis], by, at).length > 0 ? 'AFTER_RESULT' : 'BEFORE_RESULT',
    })),
  };
}

/** B19: what is said beside every result that used a collected source. */
export function collectionCaveatsOf(call: Call, id: string) {
  const { project } = worldOf(call);
  const release = project.releases[analysisIn(call, id).release];
  return release ? collectionCaveats(project, release) : [];
}
