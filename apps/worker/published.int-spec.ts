// Published data through the real worker: taken in, sealed, let through by its legal check alone, analysed with its caveat.
import { commitText } from '#libs/ledger';
import { personId } from '#libs/testing';
import { Engine } from './testing/engine';
import { importPublished } from './testing/published';

jest.setTimeout(90_000);

const FILE = ['area,group,rate', ...Array.from({ length: 60 }, (_, i) => `E${i},${i % 2},${i * 3}`), ''].join(
  '\n',
);
const FIELDS = [
  { name: 'area', type: 'text' as const },
  { name: 'group', type: 'category' as const, codes: ['0', '1'] },
  { name: 'rate', type: 'number' as const },
];
const SPEC = { level: 'ROWS' as const, fields: FIELDS, dimensions: [], sums: [] };
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

describe('published data', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.open();
    await engine.work();
    await engine.journey.begin();
    await engine.journey.startCycle();
    await engine.journey.question();
  });
  afterAll(() => engine.close());

  it('B23: without boundary, grant or TRUST an analysis reads it, and its result says that its publisher controls it', async () => {
    const { journey, setting } = engine;
    await importPublished(journey, { file: FILE, spec: SPEC, deposit: 'd1' });
    const why = commitText('because it matters');
    const terms = { imports: ['imp1'], requests: [], tier: 'DEIDENTIFIED' as const, purpose: 'earnings' };
    const people = { methods: ['descriptive'], readers: [personId('researcher')], expires: inDays(200) };
    const rationale = { text: why.commitment, cites: [] };
    await journey.give('lead', { type: 'ProposeRelease', ...terms, ...people, rationale }, { texts: [why] });
    await journey.until('the release to be sealed', ({ project }) => project.releases['rel1']?.sealed);
    const words = commitText('The licence allows it.');
    await setting.byAccount('riskOwner', journey.project, {
      command: {
        ...{ type: 'RecordLegalCheck', import: 'imp1', outcome: 'PERMITTED' },
        ...{ text: words.commitment, assurance: 'ACCOUNT' },
      },
      texts: [words],
    });
    await journey.until('the permit', ({ project }) => project.releases['rel1']?.permit);
    const nothing = commitText('Published data is enough.');
    const settle = { type: 'SettleEmpty', stage: 'dataRequest', reason: nothing.commitment } as const;
    await journey.give('lead', settle, { texts: [nothing] });
    await journey.analyse({ outcome: 'rate', groups: 'group' });
    const { result } = await engine.stored('a1');
    expect(JSON.stringify(result)).toContain('areas is controlled by its publisher (counts are rounded)');
    const { project } = await journey.world();
    expect([project.boundaries, Object.keys(project.requests)]).toEqual([[], []]);
    expect(Object.values(project.checkpoints).map(({ kind }) => kind)).toEqual(['QUESTION', 'OUTPUT']);
  });
});
