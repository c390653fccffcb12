// The worker killed without warning at random moments of a cycle: the cycle ends as it would have.
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { workflowId } from '#libs/contracts';
import { STAGES } from '#libs/domain';
import { Engine } from './testing/engine';
import { WorkerProcess } from './testing/process';

jest.setTimeout(180_000);

/** How often; the moments are drawn at random, within what the engine's own longest steps take. */
const KILLS = 2;
const LONGEST_LIFE_MS = 2_500;

describe('a worker that is killed', () => {
  let engine: Engine;
  let worker: WorkerProcess;
  let killings: Promise<void>;
  const moments: number[] = [];

  async function killAndStartAgain(): Promise<void> {
    for (let times = 0; times < KILLS; times += 1) {
      const moment = Math.round(Math.random() * LONGEST_LIFE_MS);
      moments.push(moment);
      await pause(moment);
      await worker.kill();
      await worker.start();
      await worker.ready();
    }
  }

  beforeAll(async () => {
    engine = await Engine.open(`crash-${randomBytes(5).toString('hex')}`);
    worker = new WorkerProcess(engine);
    await worker.start();
    await worker.ready();
    const [begin, ...steps] = engine.journey.steps;
    await begin?.[1]();
    killings = killAndStartAgain();
    killings.catch(() => undefined);
    for (const [, take] of steps) await take();
    await killings;
    await engine.client.workflow.getHandle(workflowId.cycle(engine.journey.project, 'c1')).result();
  });
  afterAll(async () => {
    await worker.kill();
    await engine.close();
  });

  it('I14: the cycle has ended, each stage announced once', async () => {
    const { project } = await engine.journey.world();
    expect([moments, project.cycles[0]?.announced.map(({ stage }) => stage)]).toEqual([moments, [...STAGES]]);
  });

  it('I4, I5: nothing was recorded twice, nothing acknowledged is missing', async () => {
    const once = [
      'CycleStarted',
      'DepositInvited',
      'DepositAccepted',
      'ReleaseSealed',
      'PermitGiven',
      'AnalysisEnded',
    ];
    expect([moments, await engine.eventTypes(...once)]).toEqual([moments, once]);
  });

  it('no plain text is left behind', () => {
    expect(readdirSync(`${engine.directory}/scratch`)).toEqual([]);
  });

  it('ends in order when it is asked to', async () => {
    expect(await worker.stop()).toBe(0);
  });
});
