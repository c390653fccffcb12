// The worker killed without warning, at random moments of a cycle and in the middle of a run, and left without room: all ends as it would have.
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { workflowId } from '#libs/contracts';
import { STAGES } from '#libs/domain';
import { Engine } from './testing/engine';
import { stateOf, WorkerProcess } from './testing/process';

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

  it('one that can reach neither its database nor Temporal lives, is not ready, and names both', async () => {
    const alone = new WorkerProcess(engine);
    // Nothing listens on port 1.
    await alone.start({ DATABASE_URL: 'postgres://w@127.0.0.1:1/parley', TEMPORAL_ADDRESS: '127.0.0.1:1' });
    const missing = await alone.missing().finally(() => alone.kill());
    expect(missing).toEqual(['database', 'temporal']);
  });
});

describe('a worker that is killed while it computes a run', () => {
  const engines: Engine[] = [];
  const workers: WorkerProcess[] = [];
  /** The process that computed for the worker that was killed. */
  let orphan: number;

  /** An engine with a release that may be read, and a run of it registered. */
  async function withRun(namespace: string | undefined, work: (engine: Engine) => Promise<void>) {
    const engine = await Engine.open(namespace);
    engines.push(engine);
    await work(engine);
    for (const [name, take] of engine.journey.steps) {
      await take();
      if (name === 'analyse') break;
    }
    return engine;
  }
  async function started(engine: Engine): Promise<void> {
    const worker = new WorkerProcess(engine);
    workers.push(worker);
    await worker.start();
    await worker.ready();
  }

  beforeAll(async () => {
    const disturbed = await withRun(`killed-${randomBytes(5).toString('hex')}`, started);
    orphan = await workers[0]!.freezeComputing();
    await workers[0]!.kill();
    await started(disturbed);
    await withRun(undefined, (engine) => engine.work());
  });
  afterAll(async () => {
    for (const worker of workers) await worker.kill();
    for (const engine of engines) await engine.close();
  });

  it('I4, I14: another takes the run over: read twice, ended once', async () => {
    const [engine] = engines;
    const ended = await engine!.journey.until(
      'the run to end',
      ({ project }) => project.analyses['a1']?.ended,
    );
    expect(ended).toMatchObject({ outcome: 'COMPLETED', reason: null });
    expect(await engine!.eventTypes('ReadOpened', 'AnalysisEnded')).toEqual([
      ...['ReadOpened', 'ReadOpened', 'AnalysisEnded'],
    ]);
  });

  it('B16: and finds, to the byte, what an undisturbed run finds', async () => {
    const [disturbed, undisturbed] = await Promise.all(engines.map((engine) => engine.stored('a1')));
    expect(disturbed!.result.tables.length).toBeGreaterThan(0);
    expect(JSON.stringify(disturbed)).toBe(JSON.stringify(undisturbed));
  });

  it('T10: what computed for the dead worker ends as soon as it can notice', async () => {
    expect(stateOf(orphan)).toBe('T');
    process.kill(orphan, 'SIGCONT');
    const deadline = Date.now() + 10_000;
    while (Date.now() < deadline && !['', 'Z'].includes(stateOf(orphan))) await pause(20);
    expect(['', 'Z']).toContain(stateOf(orphan));
  });
});

describe('a worker whose disk is full while it seals a release', () => {
  let engine: Engine;
  let worker: WorkerProcess;
  const filesIn = (folder: string) =>
    readdirSync(`${engine.directory}/${folder}`, { recursive: true, withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [entry.name] : [],
    );

  beforeAll(async () => {
    engine = await Engine.open(`full-${randomBytes(5).toString('hex')}`);
    worker = new WorkerProcess(engine);
    await worker.start();
    await worker.ready();
    for (const [name, take] of engine.journey.steps) {
      if (name === 'release') break;
      await take();
    }
    await engine.journey.until(
      'the deposit to be accepted',
      ({ project }) => project.deposits['d1']?.outcome,
    );
    worker.leaveRoom(100);
    await engine.journey.proposeRelease();
  });
  afterAll(async () => {
    await worker.kill();
    await engine.close();
  });

  it('I11: the release stays proposed, nothing half made is kept, and the worker says what is missing', async () => {
    await worker.says('There is no room left in the private working directory.');
    const { project } = await engine.journey.world();
    expect(project.releases['rel1']).toMatchObject({ sealed: null, permit: null });
    expect(await engine.eventTypes('ReleaseProposed', 'ReleaseSealed')).toEqual(['ReleaseProposed']);
    expect(filesIn('vault').filter((name) => !name.startsWith('deposit-'))).toEqual([]);
  });

  it('I11, I14: it is sealed by itself once there is room again, and the cycle goes on', async () => {
    worker.leaveRoom(null);
    await engine.journey.trust();
    await engine.journey.until('the permit', ({ project }) => project.releases['rel1']?.permit);
    expect(await engine.eventTypes('ReleaseProposed', 'ReleaseSealed', 'PermitGiven')).toEqual([
      ...['ReleaseProposed', 'ReleaseSealed', 'PermitGiven'],
    ]);
    expect(filesIn('scratch')).toEqual([]);
    expect(filesIn('vault').filter((name) => name.startsWith('release-'))).toHaveLength(1);
  });
});
