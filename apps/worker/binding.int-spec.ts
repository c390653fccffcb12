// What binds a run, through the real worker: the agreement's threshold and the holder's conditions, in the stored result.
import { commitText, keepResultPart } from '#libs/ledger';
import type { MethodResult } from '#libs/statistics';
import { ResultManifest } from '#libs/vault';
import { Engine } from './testing/engine';

jest.setTimeout(90_000);

const FREQUENCY = 14;
const CONTEXT = commitText('Only with this: the programme took the people furthest from work.');
const CONDITIONS = [
  { kind: 'NO_BREAKDOWN_BY', value: 'treat' },
  { kind: 'NO_USE_FOR', value: 'ranking of providers' },
  { kind: 'SHOW_ONLY_WITH', value: CONTEXT.commitment },
] as const;

describe('a run under conditions', () => {
  let engine: Engine;
  let result: MethodResult;
  beforeAll(async () => {
    engine = await Engine.open();
    await engine.work();
    const { journey } = engine;
    for (const [name, take] of journey.steps) {
      if (name === 'begin') await journey.begin(undefined, FREQUENCY);
      else if (name === 'grant') await journey.grant(undefined, [...CONDITIONS], [CONTEXT]);
      else await take();
      if (name === 'analyse') break;
    }
    result = await stored(engine);
  });
  afterAll(() => engine.close());

  it('B27: a table by a field the holder forbids fails the check, and no number of it is stored', () => {
    const byGroup = result.tables.find(({ name }) => name === 'by_group');
    expect(byGroup?.rows.length).toBeGreaterThan(0);
    for (const { rows } of result.tables)
      expect(rows.filter(({ cell }) => cell.status === 'shown')).toEqual([]);
    expect(result.findings).toContainEqual(
      expect.objectContaining({ rule: 'condition', table: 'by_group', verdict: 'fail' }),
    );
  });

  it('B27: the text it may only be shown with, and what it may not be used for, stand beside every table', () => {
    for (const { notes } of result.tables) {
      expect(notes).toContain(CONTEXT.text);
      expect(notes).toContain('The holder does not allow this to be used for: ranking of providers.');
    }
  });

  it('DOMAIN § 5: the threshold is that of the agreement in force', () => {
    expect(result.thresholds.frequency).toBe(FREQUENCY);
  });
});

async function stored(engine: Engine): Promise<MethodResult> {
  const { journey, setting } = engine;
  const ended = await journey.until('the run to end', ({ project }) => project.analyses['a1']?.ended);
  const core = JSON.parse(String(await setting.ledger.content(ended.result?.core ?? ''))) as {
    files: ResultManifest['files'];
  };
  const partA = await keepResultPart(setting.processes.worker.dataSource, journey.project, 'a1');
  const files = await engine.vault.loadResult({
    ...{ result: `${journey.project}/a1`, objectId: ended.object ?? '', partA },
    manifest: ResultManifest.parse({ format: 1, files: core.files }),
  });
  return JSON.parse(String(files.get('result.json'))) as MethodResult;
}
