// People asked in turns, on a real Temporal: the next are asked as soon as those before have answered, whatever the reminders say.
import { Engine } from './testing/engine';

jest.setTimeout(60_000);

it('T1: the second turn is asked when the first has answered, and has its own time', async () => {
  const engine = await Engine.open();
  try {
    await engine.work();
    const { journey, setting } = engine;
    await journey.begin(undefined, 10, {
      inTurns: [{ kind: 'QUESTION', turns: [['policyOfficial'], ['researcher']] }],
    });
    await journey.startCycle();
    await setting.proposeQuestion();
    const round = async () => (await journey.world()).project.checkpoints['k1']?.rounds[0];
    const before = await round();
    expect(before?.turn).toBeUndefined();
    await setting.sign('QUESTION', 'official');
    await journey.until('the second turn', ({ project }) => project.checkpoints['k1']?.rounds[0]?.turn === 2);
    const after = await round();
    expect(String(after?.deadline) > String(before?.deadline)).toBe(true);
    const asked = await setting.db.query<{ person: string }>(
      `select mail ->> 'person' as person from parley.outbox
         where mail ->> 'purpose' = 'SIGN_REQUEST' and mail ->> 'about' = 'k1' and stream = $1 order by id`,
      [journey.project],
    );
    expect(asked.map(({ person }) => person)).toEqual(['per_official', 'per_researcher']);
    await setting.sign('QUESTION', 'researcher');
    await journey.told('dataRequest');
  } finally {
    await engine.close();
  }
});
