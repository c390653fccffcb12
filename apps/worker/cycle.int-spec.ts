// A whole cycle on real servers: Postgres, Temporal, the vault, DuckDB and the computing process.
import { STAGES } from '#libs/domain';
import { workflowId } from '#libs/contracts';
import { Engine } from './testing/engine';
import { PRIVATE_WORDS } from './testing/journey';

jest.setTimeout(90_000);

describe('one cycle', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.open();
    await engine.work();
    for (const [name, take] of engine.journey.steps) {
      const t = Date.now();
      await take();
      if (process.env['LOG_LEVEL']) console.log(name, Date.now() - t);
    }
    await engine.client.workflow.getHandle(workflowId.cycle(engine.journey.project, 'c1')).result();
  });
  afterAll(() => engine?.close());

  it('B10: announces each stage once, in order, and ends with refinement', async () => {
    const { project } = await engine.journey.world();
    expect(project.cycles[0]?.announced.map(({ stage, opening }) => [stage, opening])).toEqual(
      STAGES.map((stage) => [stage, 1]),
    );
  });

  it('T12: no history holds a name, an address or a free text', async () => {
    const histories = await engine.histories();
    for (const { id, history } of histories) {
      const text = JSON.stringify(history.events?.map(String)) + JSON.stringify(history);
      console.log(id, history.events?.length);
      for (const word of PRIVATE_WORDS) expect([id, text.includes(word)]).toEqual([id, false]);
    }
  });
});
