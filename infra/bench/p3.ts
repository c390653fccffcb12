// P3: complete cycles a minute, against bare workflows with the same counted waits and activities, each with one insert.
// A wait is one that was waited: whoever wakes the peer waits, as people do, until what came of the wake before was written.
import { isGrpcServiceError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { workflowId } from '#libs/contracts';
import type { Driven } from './driven';
import { drive } from './driven';
import { atLeast, median } from './figures';
import type { Figure } from './figures';
import { Journey } from './journey';
import { stepsBy } from './peer/steps';
import type { Counted } from './peer/steps';

const PROJECTS = 24;
const ROUNDS = 3;
/** The code of gRPC for what is not there. */
const NOT_FOUND = 5;

export async function p3(say: (line: string) => void): Promise<Figure[]> {
  const driven = await drive();
  try {
    const ours: number[] = [];
    const theirs: number[] = [];
    const heapedPeers: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const journeys = Array.from(
        { length: PROJECTS },
        (_, n) => new Journey(driven.setting, `Cycle ${round}-${n};`),
      );
      const own = await rate(() => Promise.all(journeys.map((each) => wholeCycle(driven, each))));
      const counted = await Promise.all(journeys.map(({ project }) => countOf(driven, project)));
      const other = await rate(() =>
        Promise.all(counted.map((each, n) => barely(driven, `p3-${round}-${n}`, each))),
      );
      const heaped = await rate(() =>
        Promise.all(counted.map((each, n) => withoutWaiting(driven, `p3-heaped-${round}-${n}`, each))),
      );
      const peers = `peer ${other.toFixed(0)}, without waiting ${heaped.toFixed(0)}`;
      say(`P3: ${own.toFixed(0)} cycles a minute, ${peers} (${means(counted)} a cycle)`);
      if (round === 0) continue; // warm-up
      ours.push(own);
      theirs.push(other);
      heapedPeers.push(heaped);
    }
    const what = `complete cycles of five stages, ${PROJECTS} projects at once`;
    const value = median(ours);
    return [
      atLeast({ id: 'P3', what, unit: 'a minute', value, peer: median(theirs) }, 0.5),
      {
        ...{
          id: 'P3-heaped',
          what: 'the same, to peers that get all their signals at once',
          unit: 'a minute',
        },
        ...{ value, peer: median(heapedPeers), ratio: value / median(heapedPeers), goal: '–', met: true },
      },
    ];
  } finally {
    await driven.stop();
  }
}

async function rate(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return PROJECTS / ((performance.now() - started) / 60_000);
}

/** From the project's start until its cycle's workflow has come to its end. */
async function wholeCycle({ temporal, sink }: Driven, journey: Journey): Promise<void> {
  await journey.begin();
  await journey.sign('QUESTION', 'official', 'researcher');
  await journey.conclude((count) => sink.arrival(['Your move', journey.title], count));
  await ended(temporal, workflowId.cycle(journey.project, 'c1'));
}

/** Waits for the result; a workflow that the relay has yet to start is not there for a moment. */
async function ended(temporal: Client, id: string): Promise<void> {
  for (let pause = 20; ; pause *= 2) {
    try {
      await temporal.workflow.getHandle(id).result();
      return;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'WorkflowNotFoundError' || pause > 10_000) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/**
 * Waits and activities of all workflows of one project's cycle: what the peer does as often. Each task of a workflow after its
 * first ended a wait, however many signals came together. The ids come from the ledger; the server's list of workflows lags
 * behind and would miss some.
 */
async function countOf({ setting, temporal }: Driven, project: string): Promise<Counted> {
  const { world } = await setting.ledger.world(project);
  const rounds = Object.values(world.project.checkpoints).flatMap(({ id, rounds: all }) =>
    all.map(({ round }) => workflowId.checkpoint(project, id, round)),
  );
  const counted: Counted = { waits: 0, activities: 0, local: 0 };
  for (const id of [workflowId.project(project), workflowId.cycle(project, 'c1'), ...rounds]) {
    const history = await historyOf(temporal, id);
    const tasks = history.filter((event) => event.workflowTaskCompletedEventAttributes);
    counted.waits += Math.max(0, tasks.length - 1);
    for (const event of history) {
      if (event.activityTaskCompletedEventAttributes) counted.activities += 1;
      if (event.markerRecordedEventAttributes?.markerName === 'core_local_activity') counted.local += 1;
    }
  }
  return counted;
}

/** Empty for a round that was answered before its workflow was begun: it never was. */
async function historyOf(temporal: Client, id: string) {
  try {
    return (await temporal.workflow.getHandle(id).fetchHistory()).events ?? [];
  } catch (error) {
    if (isGrpcServiceError(error) && Number(error.code) === NOT_FOUND) return [];
    throw error;
  }
}

function means(counted: readonly Counted[]): string {
  const mean = (what: keyof Counted) =>
    (counted.reduce((sum, each) => sum + each[what], 0) / counted.length).toFixed(1);
  return `${mean('waits')} waits, ${mean('activities')} activities and ${mean('local')} local ones`;
}

async function barely({ peer }: Driven, run: string, counted: Counted): Promise<void> {
  const handle = await peer.begin(run, counted);
  for (let wait = 1; wait <= counted.waits; wait += 1) {
    const steps = stepsBy(counted, wait) - stepsBy(counted, wait - 1);
    const written = steps === 0 ? undefined : peer.committed(run, steps);
    await handle.signal('go');
    await written;
  }
  await handle.result();
}

/** Most of its signals come while it is busy, and end no wait: so many steps take it half as many tasks. */
async function withoutWaiting({ peer }: Driven, run: string, counted: Counted): Promise<void> {
  const handle = await peer.begin(run, counted);
  for (let wait = 1; wait <= counted.waits; wait += 1) await handle.signal('go');
  await handle.result();
}
