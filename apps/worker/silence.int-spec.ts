// Silence, on a real Temporal: reminded, escalated, lapsed, and never taken for consent.
import { workflowId } from '#libs/contracts';
import { roundStatus, stageStatus } from '#libs/domain';
import { Engine } from './testing/engine';
import { recordHistories } from './testing/recording';

jest.setTimeout(60_000);

/** Long enough to sign the agreement in, short enough to wait for. */
const TIMINGS = { remindAfter: 2_000, escalateAfter: 2_600, lapseAfter: 3_200 };

describe('a question that nobody answers', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.open();
    await engine.work();
    const { journey } = engine;
    await journey.begin(TIMINGS);
    await journey.startCycle();
    await engine.setting.proposeQuestion();
    await journey.until(
      'the round to lapse',
      ({ project }) => project.checkpoints['k1']?.rounds[0]?.lapsedAt,
    );
  });
  afterAll(async () => {
    await recordHistories(engine, 'silence');
    await engine.close();
  });

  it('T1: is reminded of, then escalated to the asker, then lapses; each once', async () => {
    const { project } = await engine.journey.world();
    expect(await engine.eventTypes('Reminded', 'Escalated', 'RoundLapsed', 'DecisionRecorded')).toEqual([
      'Reminded',
      'Escalated',
      'RoundLapsed',
    ]);
    const round = project.checkpoints['k1']?.rounds[0];
    // Never before its time, whatever any clock but the ledger's says.
    expect(String(round?.lapsedAt) >= String(round?.deadline)).toBe(true);
  });

  it('I12: time has approved and opened nothing', async () => {
    const world = await engine.journey.world();
    const [cycle, round] = [world.project.cycles[0], world.project.checkpoints['k1']?.rounds[0]];
    if (!cycle || !round) throw new Error('unreachable');
    const now = new Date().toISOString();
    expect(roundStatus(world.programme, 'QUESTION', round, now)).toBe('LAPSED');
    expect(stageStatus(world, cycle, 'question', now)).toBe('LAPSED');
    expect(stageStatus(world, cycle, 'dataRequest', now)).toBe('WAITING');
  });

  it("the round's workflow has ended, the cycle's waits for the question to be asked again", async () => {
    const { client, journey } = engine;
    await client.workflow.getHandle(workflowId.checkpoint(journey.project, 'k1', 1)).result();
    const cycle = await client.workflow.getHandle(workflowId.cycle(journey.project, 'c1')).describe();
    expect(cycle.status.name).toBe('RUNNING');
    await journey.question();
    await journey.until('data requests to be called for', ({ project }) =>
      project.cycles[0]?.announced.some(({ stage }) => stage === 'dataRequest'),
    );
  });
});
