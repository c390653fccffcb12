// Temporal wiped in the middle of a cycle: rebuilt from the ledger, nobody is asked twice, and the cycle goes on.
import { rebuild } from '../cli/rebuild';
import { workflowId } from '#libs/contracts';
import { Engine } from './testing/engine';

jest.setTimeout(90_000);

const ASKING = [
  'StageAnnounced',
  'CheckpointOpened',
  'RequestSent',
  'DepositInvited',
  'Reminded',
  'RequestReminded',
];

describe('after Temporal was wiped', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.open();
    await engine.work();
    for (const [name, take] of engine.journey.steps) {
      await take();
      if (name === 'grant') break;
    }
    await engine.journey.until('an invitation to deposit', ({ project }) => project.deposits['d1']);
    await engine.quiet();
  });
  afterAll(() => engine.close());

  it('T1: rebuild starts what is missing, and nobody is asked twice', async () => {
    const before = await engine.asked(ASKING);
    await engine.wipe();
    const done = await rebuild({
      databaseUrl: engine.setting.db.urls.AUDITOR,
      address: engine.address,
      namespace: engine.namespace,
      taskQueue: engine.queueNames.default,
    });
    expect(done).toEqual({ programmes: 1, projects: 1 });
    await engine.quiet();
    expect(await engine.asked(ASKING)).toEqual(before);
    const { project } = engine.journey;
    const running = (await engine.histories())
      .filter(({ status }) => status === 'RUNNING')
      .map(({ id }) => id);
    expect(running.sort()).toEqual(
      [
        workflowId.cycle(project, 'c1'),
        workflowId.programme(engine.setting.programme),
        workflowId.project(project),
        workflowId.request(project, 'r1'),
      ].sort(),
    );
  });

  it('starts a single workflow that was lost while all others are going', async () => {
    const id = workflowId.request(engine.journey.project, 'r1');
    await engine.client.workflow.getHandle(id).terminate('lost');
    await rebuild({
      databaseUrl: engine.setting.db.urls.AUDITOR,
      address: engine.address,
      namespace: engine.namespace,
      taskQueue: engine.queueNames.default,
    });
    await engine.quiet();
    expect((await engine.client.workflow.getHandle(id).describe()).status.name).toBe('RUNNING');
  });

  it('rebuilding what is not missing changes nothing', async () => {
    const before = await engine.asked(ASKING);
    const again = {
      databaseUrl: engine.setting.db.urls.AUDITOR,
      address: engine.address,
      namespace: engine.namespace,
    };
    await rebuild({ ...again, taskQueue: engine.queueNames.default });
    await engine.quiet();
    expect(await engine.asked(ASKING)).toEqual(before);
  });

  it('I14: the cycle then goes on to its end', async () => {
    const rest = engine.journey.steps.slice(engine.journey.steps.findIndex(([name]) => name === 'deposit'));
    for (const [, take] of rest) await take();
    await engine.client.workflow.getHandle(workflowId.cycle(engine.journey.project, 'c1')).result();
  });
});
