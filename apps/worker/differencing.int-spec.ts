// Differencing through the real worker: what a release showed before is read when the next run on it is checked.
import { Engine } from './testing/engine';
import { importPublished } from './testing/published';

jest.setTimeout(90_000);

let engine: Engine;

/** How many there are of each group, as everybody may read it. */
const PUBLISHED = {
  file: 'treat,n\n0,40\n1,40\n',
  spec: {
    level: 'CELLS' as const,
    fields: [{ name: 'treat', type: 'category' as const, codes: ['0', '1'] }],
    ...{ dimensions: ['treat'], sums: [] },
  },
  deposit: 'd2',
};

/** Two releases of the same people, each under names of its own, up to a step of the journey. */
async function twoReleases(before: string): Promise<void> {
  engine = await Engine.open();
  const { journey } = engine;
  journey.level = 'ROWS';
  await engine.work();
  for (const [name, take] of journey.steps) {
    if (name === before) return;
    await take();
    if (name === 'deposit') await importPublished(journey, PUBLISHED);
    if (name === 'release') await journey.proposeRelease();
    if (name === 'trust') await journey.trust('rel2');
  }
}

const FEWER = { outcome: 're74', groups: 'treat' };
const statuses = async (analysis: string) => {
  const { result, findings } = await engine.stored(analysis);
  const table = result.tables.find(({ name }) => name === 'by_group');
  return [table?.rows.map(({ cell }) => cell.status), findings.filter((f) => f.rule === 'differencing')];
};

describe('runs one after the other', () => {
  beforeAll(() => twoReleases('check'));
  afterAll(() => engine.close());

  it('DOMAIN § 5 differencing: the first result of a project is compared with what is published, and no person has to decide', async () => {
    const [cells, found] = await statuses('a1');
    expect(cells).toEqual(['shown', 'shown']);
    expect(found).not.toContainEqual(expect.objectContaining({ verdict: 'review' }));
    const { project } = await engine.journey.world();
    expect(project.deposits['d2']?.opened).toContainEqual(expect.objectContaining({ purpose: 'compare' }));
    expect(project.analyses['a1']?.ended?.findings?.filter(({ rule }) => rule === 'differencing')).toEqual(
      [],
    );
  });

  it('DOMAIN § 5 differencing: three people fewer by a missing value than shown before are not shown', async () => {
    await engine.journey.analyse(FEWER);
    const [cells, found] = await statuses('a2');
    expect(cells).toEqual(['suppressed', 'shown']);
    expect(found).toContainEqual(
      expect.objectContaining({
        verdict: 'fail',
        cell: { treat: '0' },
        id: expect.stringMatching(/^f/) as string,
        // They are fewer than everybody knows there are, whatever other results show.
        message: expect.stringContaining('"areas, version 2027"') as string,
      }),
    );
  });

  it('DOMAIN § 5 differencing: nor are they on another release of these people, and no person has to decide', async () => {
    await engine.journey.analyse(FEWER, 'rel2');
    const [cells, found] = await statuses('a3');
    expect(cells).toEqual(['suppressed', 'shown']);
    expect(found).toContainEqual(expect.objectContaining({ verdict: 'fail', cell: { treat: '0' } }));
    expect(found).not.toContainEqual(expect.objectContaining({ verdict: 'review' }));
  });
});

describe('runs at the same time', () => {
  beforeAll(() => twoReleases('analyse'));
  afterAll(() => engine.close());

  it('DOMAIN § 5 differencing: of two that show three people by their difference one is held back, whichever ends first', async () => {
    await Promise.all([engine.journey.analyse(), engine.journey.analyse(FEWER, 'rel2')]);
    const found = [await statuses('a1'), await statuses('a2')].map(([cells]) => cells);
    expect(found).toContainEqual(['shown', 'shown']);
    expect(found).toContainEqual(['suppressed', 'shown']);
  });
});
