// A whole cycle on real servers: Postgres, Temporal, the vault, DuckDB and the computing process.
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { workflowId } from '#libs/contracts';
import { releaseStatus, STAGES } from '#libs/domain';
import type { SignedContent, World } from '#libs/domain';
import { keepResultPart } from '#libs/ledger';
import { ResultManifest } from '#libs/vault';
import { Engine } from './testing/engine';
import { PRIVATE_WORDS } from './testing/journey';
import { recordHistories } from './testing/recording';

jest.setTimeout(90_000);

describe('one cycle', () => {
  let engine: Engine;
  let world: World;
  beforeAll(async () => {
    engine = await Engine.open();
    await engine.work();
    for (const [, take] of engine.journey.steps) await take();
    await engine.client.workflow.getHandle(workflowId.cycle(engine.journey.project, 'c1')).result();
    world = await engine.journey.world();
  });
  afterAll(async () => {
    await recordHistories(engine, 'cycle');
    await engine.close();
  });

  const coreOf = async (content: SignedContent | undefined): Promise<Record<string, unknown>> =>
    JSON.parse(String(await engine.setting.ledger.content(content?.core ?? ''))) as Record<string, unknown>;

  it('B10: announces each stage once, in order, and ends with refinement', () => {
    const announced = world.project.cycles[0]?.announced.map(({ stage, opening }) => [stage, opening]);
    expect(announced).toEqual(STAGES.map((stage) => [stage, 1]));
  });

  it('B25: TRUST signs purpose, methods, recipients, conditions, data and the versions it rests on', async () => {
    const release = world.project.releases['rel1'];
    const core = await coreOf(release?.sealed?.content);
    expect(core).toMatchObject({
      kind: 'RELEASE',
      purpose: 'earnings',
      methods: ['descriptive'],
      tier: 'AGGREGATE',
      wave: 1,
      data: { rows: 2, sha256: release?.sealed?.digest },
      question: { id: 'q1', core: world.project.questions[0]?.content.core },
      boundary: { id: 'b1', core: world.project.boundaries[0]?.content.core },
      sources: [{ source: 'programme', fields: ['treat', 're78'] }],
    });
    expect(releaseStatus(world, release!, new Date().toISOString())).toBe('PERMITTED');
  });

  it('I6: OUTPUT signs the digests of exactly the files in the vault', async () => {
    const ended = world.project.analyses['a1']?.ended;
    expect(ended?.outcome).toBe('COMPLETED');
    const core = await coreOf(ended?.result ?? undefined);
    expect(core).toMatchObject({
      kind: 'OUTPUT',
      inputDigest: world.project.releases['rel1']?.sealed?.digest,
    });
    const partA = await keepResultPart(
      engine.setting.processes.worker.dataSource,
      engine.journey.project,
      'a1',
    );
    const manifest = ResultManifest.parse({ format: 1, files: core['files'] });
    const result = `${engine.journey.project}/a1`;
    const files = await engine.vault.loadResult({ result, objectId: ended?.object ?? '', manifest, partA });
    expect([...files.keys()].sort()).toEqual(['findings.json', 'plot-1.svg', 'result.json', 'shown.json']);
    expect(String(files.get('result.json'))).toContain('by_group');
  });

  it('T12: no history holds a name, an address or a free text', async () => {
    const histories = await engine.histories();
    expect(histories.length).toBeGreaterThan(10);
    for (const { id, history } of histories) {
      const text = historyToJSON(history);
      const plain = text + decodedPayloads(text);
      for (const word of PRIVATE_WORDS) expect([id, word, plain.includes(word)]).toEqual([id, word, false]);
    }
  });
});

/** Payloads are base64 in a history's JSON. */
function decodedPayloads(text: string): string {
  return [...text.matchAll(/"data": ?"([A-Za-z0-9+/=]+)"/g)]
    .map(([, data]) => Buffer.from(data ?? '', 'base64').toString())
    .join('\n');
}
