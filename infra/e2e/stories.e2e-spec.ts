// The stories of the settings, told side by side on one engine, and what a reader of the study would look for in each.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Report } from '../demo/report';
import { STORIES, tell } from '../stories/stories';
import type { Told } from '../stories/stories';
import type { Story } from '../stories/telling';
import { Product } from './product';

jest.setTimeout(400_000);

const PEOPLE = 2000;
const settings = Object.keys(STORIES) as Told[];

let product: Product;
const folder = mkdtempSync(path.join(tmpdir(), 'parley-stories-'));
const stories: Partial<Record<Told, Story>> = {};
const failures: Partial<Record<Told, unknown>> = {};
const said: Record<string, string[]> = {};

beforeAll(async () => {
  product = await Product.start();
  await Promise.all(
    settings.map(async (setting) => {
      const lines = (said[setting] = []) as string[];
      const report = new Report((line) => lines.push(line));
      const memory = product.memory(setting);
      const size = { people: PEOPLE, seed: 1 };
      const setup = { places: product.places(), memory, report, folder: path.join(folder, setting), size };
      await tell(setting, setup).then(
        (story) => (stories[setting] = story),
        (error: unknown) => (failures[setting] = error),
      );
    }),
  );
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await product?.remove();
});

function told(setting: Told): Story {
  const story = stories[setting];
  if (story) return story;
  const lines = (said[setting] ?? []).slice(-12).join('\n');
  throw new Error(`The story "${setting}" broke off after:\n${lines}`, { cause: failures[setting] });
}

it.each(settings)('B4: the story "%s" runs from start to end beside the others', (setting) => {
  expect(failures[setting]).toBeUndefined();
  expect(told(setting).memory.has('project')).toBe(true);
});

describe('education', () => {
  it('B13 B21 B52: a question nobody can find data for fails its checkpoint, and the chain shows the rework', async () => {
    const story = told('education');
    const questions = await story.list('/questions');
    expect(questions).toMatchObject([
      { id: 'q1', status: 'VOID', change: null },
      { id: 'q2', status: 'SETTLED', change: { from: 'q1', kind: 'NARROWS' } },
    ]);
    expect(await story.list('/discovery')).toMatchObject([
      ...[
        { claim: 'UNSURE' },
        { claim: 'UNSURE' },
        { claim: 'EXISTS' },
        { claim: 'RELEVANT', question: 'q2' },
      ],
    ]);
  });

  it('B38: free meals are inadmissible for infants across 2014, contested for older years, and no run used the first', async () => {
    const story = told('education');
    expect(await story.list('/admissibility')).toMatchObject([
      {
        status: 'INADMISSIBLE',
        subpopulation: { values: ['infant'] },
        judgements: [{ seriesBreak: { at: '2014-09-01' } }],
      },
      { status: 'CONTESTED', subpopulation: { values: ['junior', 'secondary'] } },
      { field: 'needs', status: 'CONTESTED' },
    ]);
    const trends = await story.list<{ intention: { use?: string } }>('/analyses');
    expect(trends.filter(({ intention }) => intention.use === 'TREND')).toMatchObject([
      { intention: { subpopulation: { values: ['junior', 'secondary'] } } },
    ]);
  });

  it('B35 B45: the challenge to the rival came after results and shows what else rests on the field; a finding was asked for to confirm', async () => {
    const story = told('education');
    const [first, , needs] = await story.list<{ challenges: object[] }>('/admissibility');
    expect(first?.challenges).toMatchObject([{ raised: 'BEFORE_RESULTS' }]);
    expect(needs?.challenges).toMatchObject([
      { raised: 'AFTER_RESULTS', kind: 'HUMAN_ERROR', alsoRestOnIt: { analyses: [{ id: 'a4' }] } },
    ]);
    expect(await story.list('/demands')).toMatchObject([{ hope: 'CONFIRMATION', status: 'USED' }]);
  });

  it('B15 B46 B48: it closes once each rival is tested, or recorded as untestable with its holder’s dissent', async () => {
    const story = told('education');
    expect(said.education?.join('\n')).toMatch(
      /proposes to close: refused[\s\S]*hy2 has a rival and was neither tested/,
    );
    expect(await story.list('/hypotheses')).toMatchObject([
      { id: 'hy1', status: 'TESTED', barsClosing: false },
      { id: 'hy2', status: 'TESTED', barsClosing: false, versions: [{ tests: [{ status: 'CHECKED' }] }] },
      { id: 'hy3', status: 'UNTESTABLE', untestable: [{ answer: { stance: 'DISSENTS' } }] },
    ]);
    const { cycle } = await story.overview();
    expect(cycle?.stages.map(({ status }) => status)).toEqual(Array(5).fill('SETTLED'));
  });
});

describe('community health', () => {
  it('B17 B18 B23: an assessment widens the question; the old sufficiency is revoked and no second wave can open', async () => {
    const story = told('community-health');
    expect(story.memory.recall('second wave refused')).toContain('SUFFICIENCY');
    expect(await story.see('/sufficiency')).toMatchObject({
      status: 'GRANTED',
      by: 'q2',
      revocations: [{ question: 'q1' }],
    });
    expect(await story.list('/releases')).toMatchObject([
      ...[
        { id: 'rel1', wave: 1, status: 'PERMITTED' },
        { id: 'rel2', wave: 2, status: 'GIVEN_UP' },
      ],
      ...[
        { id: 'rel3', wave: 2, status: 'PERMITTED' },
        { id: 'rel4', wave: 2, status: 'PERMITTED' },
      ],
    ]);
  });

  it('B30: what a provider did not give without a reason is not obtained; why is only supposed, by somebody with a name', async () => {
    const story = told('community-health');
    const requests = await story.list<{ id: string }>('/requests');
    expect(requests.find(({ id }) => id === 'r3')).toMatchObject({ status: 'NOT_OBTAINED' });
    expect(await story.list('/suppositions')).toMatchObject([
      { motive: 'FEAR_OF_MONITORING', person: { name: 'Robin Carter' } },
    ]);
    expect(JSON.stringify(await story.see('/suppositions', 'clinic'))).not.toContain(
      'watch how they perform',
    );
  });

  it('B19 B41: the survey began once LEGAL and ETHICAL were signed afresh, and who did not answer travels with its result', async () => {
    const story = told('community-health');
    expect(await story.list('/collections')).toMatchObject([
      { status: 'REPORTED', begun: { boundary: 'b2' } },
    ]);
    const shown = await story.see(`/analyses/${story.memory.recall<string>('threat')}/result`);
    expect(shown).toMatchObject({ collectionCaveats: [{ invited: PEOPLE }] });
  });

  it('B15 B16 B50: hypotheses are revised or dropped, matching informs an action', async () => {
    const story = told('community-health');
    expect(await story.list('/hypotheses')).toMatchObject([
      ...[
        { id: 'hy1', status: 'TESTED', versions: [{}, {}] },
        { id: 'hy2', status: 'DROPPED' },
      ],
    ]);
    expect(await story.list('/actions')).toMatchObject([{ status: 'PLANNED', insights: ['i2'] }]);
  });
});

describe('wellbeing', () => {
  it('B28 B31 T5: refusals stand with their reasons, and who refused is not asked again before they wish it', async () => {
    const story = told('wellbeing');
    expect(await story.list('/requests')).toMatchObject([
      ...[
        { id: 'r1', status: 'REFUSED' },
        { id: 'r2', status: 'REFUSED' },
        { id: 'r3', status: 'GRANTED' },
      ],
    ]);
    expect(said.wellbeing?.join('\n')).toMatch(/asks the provider again at once: refused/);
  });

  it('B37: activity is admissible and valued less, outcomes are contested and valued more', async () => {
    const story = told('wellbeing');
    expect(await story.list('/field-ratings')).toMatchObject([
      { field: 'sessions', worth: 'VALUED_LESS', statuses: [{ status: 'ADMISSIBLE' }] },
      { field: 'score_end', worth: 'VALUED_MORE', statuses: [{ status: 'CONTESTED' }] },
    ]);
  });

  it('B27: a table by provider fails the check; case notes are in no request; one with cases beside it passes, and the review travels', async () => {
    const story = told('wellbeing');
    expect(await story.list('/analyses')).toMatchObject([{ status: 'WITHHELD' }, { status: 'CHECKED' }]);
    const outputs = await story.list<{ analysis: string; findings?: object[] }>('/outputs', 'checker');
    expect(outputs[0]).toMatchObject({
      findings: expect.arrayContaining([
        expect.objectContaining({ rule: 'condition', verdict: 'fail' }),
      ]) as object,
    });
    const passed = story.memory.recall<string>('passed') ?? '';
    expect(await story.see(`/analyses/${passed}/result`, 'researcher')).toMatchObject({
      review: { comments: [{ text: 'Outreach takes whom centres turn away.' }] },
    });
    const requests = await story.list<{ id: string }>('/requests');
    expect(JSON.stringify(requests)).not.toContain('case_note');
    expect(JSON.stringify(requests.at(-1))).toContain('NO_BREAKDOWN_BY');
  });

  it('B7 B50: the provider’s comment is on record, and a redesign is planned as an action', async () => {
    const story = told('wellbeing');
    expect(await story.list('/evidence')).toMatchObject([{ kind: 'COMMENT', audience: 'PARTNERS' }]);
    expect(await story.list('/actions')).toMatchObject([{ status: 'PLANNED' }]);
  });
});
