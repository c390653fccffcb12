// Differencing through the real worker: what a release showed before is read when the next run on it is checked.
import { Engine } from './testing/engine';

jest.setTimeout(90_000);

describe('two runs on one release', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.open();
    engine.journey.level = 'ROWS';
    await engine.work();
    for (const [name, take] of engine.journey.steps) {
      if (name === 'check') break;
      await take();
    }
  });
  afterAll(() => engine.close());

  const statuses = async (analysis: string) => {
    const { result, findings } = await engine.stored(analysis);
    const table = result.tables.find(({ name }) => name === 'by_group');
    return [table?.rows.map(({ cell }) => cell.status), findings.filter((f) => f.rule === 'differencing')];
  };

  it('DOMAIN § 5 differencing: the first result of a project is compared with nothing, and no person has to decide', async () => {
    const [cells, found] = await statuses('a1');
    expect(cells).toEqual(['shown', 'shown']);
    expect(found).not.toContainEqual(expect.objectContaining({ verdict: 'review' }));
    const { project } = await engine.journey.world();
    expect(project.analyses['a1']?.ended?.findings?.filter(({ rule }) => rule === 'differencing')).toEqual(
      [],
    );
  });

  it('DOMAIN § 5 differencing: three people fewer by a missing value than shown before are not shown', async () => {
    await engine.journey.analyse({ outcome: 're74', groups: 'treat' });
    const [cells, found] = await statuses('a2');
    expect(cells).toEqual(['suppressed', 'shown']);
    expect(found).toContainEqual(
      expect.objectContaining({
        verdict: 'fail',
        cell: { treat: '0' },
        id: expect.stringMatching(/^f/) as string,
      }),
    );
  });
});
