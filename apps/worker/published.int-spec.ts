// Published data through the real worker: taken in, sealed, let through by its legal check alone, analysed with its caveat.
import { createHash } from 'node:crypto';
import { commitText } from '#libs/ledger';
import { personId } from '#libs/testing';
import { Engine } from './testing/engine';

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
    await registered();
    await journey.give('holder', {
      ...{ type: 'ProposeImport', source: 'src1', version: '2027', licence: 'OGL 3' },
      ...{ digest: createHash('sha256').update(FILE).digest('hex'), expires: inDays(300) },
      ...{ depositAs: SPEC, releaseAs: SPEC },
    });
    await journey.deposit(FILE);
    await journey.until(
      'the file to be accepted',
      ({ project }) => project.deposits['d1']?.outcome?.accepted,
    );
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

  async function registered(): Promise<void> {
    const { journey } = engine;
    const [holder, purpose, missing] = ['Statistics office', 'Statistics', 'Nobody'].map(commitText);
    const control = commitText('counts are rounded');
    const texts = [holder, purpose, missing, control].flatMap((text) => text ?? []);
    await journey.give(
      'lead',
      {
        ...{ type: 'RegisterSource', name: 'areas', holder: null, heldBy: holder?.commitment ?? '' },
        ...{ collectedFor: purpose?.commitment ?? '', missing: missing?.commitment ?? '' },
        ...{ measure: 'FLOW', provenance: 'PUBLISHED' },
        access: {
          ...{ kind: 'PUBLISHED', address: 'https://data.example/areas', licence: 'OGL 3', version: '2027' },
          disclosureControl: control.commitment,
        },
      },
      { texts },
    );
    const said = commitText('It is there.');
    const say = { type: 'RecordDiscovery', source: 'src1', text: said.commitment } as const;
    await journey.give('official', { ...say, question: null, claim: 'EXISTS' }, { texts: [said] });
    const needed = commitText('It says where.');
    const relevant = { ...say, text: needed.commitment, question: 'q1', claim: 'RELEVANT' } as const;
    await journey.give('official', relevant, { texts: [needed] });
  }
});
