// The stories of the settings, told side by side on one engine, and what a reader of the study would look for in each.
import { numberIn, tableOf } from '../demo/results';
import type { ShownResult } from '../demo/results';
import type { Told } from '../stories/stories';
import type { Story } from '../stories/telling';
import { SETTINGS, Storytelling } from './storytelling';

jest.setTimeout(400_000);

const PEOPLE = 2000;
let telling: Storytelling;
beforeAll(async () => {
  telling = await Storytelling.of(PEOPLE);
});
afterAll(() => telling?.remove());
const told = (setting: Told): Story => telling.told(setting);
const spoken = (setting: Told): string => telling.spoken(setting);
const result = (story: Story, key: string) =>
  story.see<ShownResult>(`/analyses/${story.memory.recall<string>(key)}/result`, 'researcher');

it.each(SETTINGS)('B4: the story "%s" runs from start to end beside the others', (setting) => {
  expect(telling.failures[setting]).toBeUndefined();
  expect(told(setting).memory.has('project')).toBe(true);
});

describe('education', () => {
  it('killed in the middle, it goes on where it was, says how to begin anew, and at the end what it came to', () => {
    told('education');
    expect(spoken('education')).toMatch(
      /Going on where it was interrupted.*--anew.*starts with a broad question before.*What it came to.*school census/,
    );
  });

  it('B13 B21 B52: a question nobody can find data for fails its checkpoint, and the chain shows the rework', async () => {
    const story = told('education');
    const questions = await story.list('/questions');
    expect(questions).toMatchObject([
      { id: 'q1', status: 'VOID', change: null },
      { id: 'q2', status: 'SETTLED', change: { from: 'q1', kind: 'NARROWS' } },
    ]);
    const said = await story.list<{ claim: string }>('/discovery');
    expect(said.map(({ claim }) => claim)).toEqual(['UNSURE', 'UNSURE', 'EXISTS', 'RELEVANT']);
    expect(said.at(-1)).toMatchObject({ question: 'q2' });
  });

  it('B38: free meals are inadmissible for infants across 2014, contested for older years, and no run draws the first across it', async () => {
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
    const runs = await story.list<{ intention: { use?: string }; ended: { reason: string | null } }>(
      '/analyses',
    );
    expect(runs.filter(({ intention }) => intention.use === 'TREND')).toMatchObject([
      { intention: { subpopulation: { values: ['junior', 'secondary'] } }, ended: { outcome: 'COMPLETED' } },
    ]);
    expect(spoken('education')).toMatch(/would read every year: refused.*a window needs "by"/);
    const broken = runs.filter(({ ended }) => ended.reason === 'BROKEN_SERIES');
    expect(broken).toMatchObject([
      { intention: { use: 'DESCRIPTION', subpopulation: { values: ['infant'] } }, ended: { result: null } },
    ]);
    const { tables } = (await result(story, 'older')).result;
    const phases = tables.flatMap(({ rows }) => rows.flatMap(({ key }) => key.phase ?? []));
    expect([...new Set(phases)].sort()).toEqual(['junior', 'secondary']);
  });

  it('B35 B45: the challenge to the rival came after results and shows what else rests on the field; a finding was asked for to confirm', async () => {
    const story = told('education');
    const [first, , needs] = await story.list<{ challenges: object[] }>('/admissibility');
    expect(first?.challenges).toMatchObject([{ raised: 'BEFORE_RESULTS' }]);
    expect(needs?.challenges).toMatchObject([
      {
        raised: 'AFTER_RESULTS',
        kind: 'HUMAN_ERROR',
        alsoRestOnIt: { analyses: [{ id: story.memory.recall('rival tested') }] },
      },
    ]);
    expect(await story.list('/demands')).toMatchObject([{ hope: 'CONFIRMATION', status: 'USED' }]);
  });

  it('B15 B46 B48: it closes once each rival is tested, or recorded as untestable with its holder’s dissent', async () => {
    const story = told('education');
    expect(spoken('education')).toMatch(/proposes to close: refused.*hy2 has a rival and was neither tested/);
    expect(await story.list('/hypotheses')).toMatchObject([
      { id: 'hy1', status: 'TESTED', barsClosing: false },
      { id: 'hy2', status: 'TESTED', barsClosing: false, versions: [{ tests: [{ status: 'CHECKED' }] }] },
      { id: 'hy3', status: 'UNTESTABLE', untestable: [{ answer: { stance: 'DISSENTS' } }] },
    ]);
    const { cycle } = await story.overview();
    expect(cycle?.stages.map(({ status }) => status)).toEqual(Array(5).fill('SETTLED'));
  });
});

describe('financial hardship', () => {
  it('B27 B29: the national body’s own terms forbid rows; the smaller ask answers that, and sums by area are granted', async () => {
    const requests = await told('financial-hardship').list<object>('/requests');
    expect(requests[1]).toMatchObject({
      ...{ id: 'r2', status: 'REFUSED', ask: { tier: 'DEIDENTIFIED' } },
      answer: {
        ...{ reasons: ['HOLDER_TERMS_PROHIBIT'], aggregatePossible: true },
        sources: [{ reason: 'HOLDER_TERMS_PROHIBIT', from: 'GOVERNANCE_TERMS' }],
      },
    });
    expect(requests[2]).toMatchObject({
      id: 'r3',
      status: 'GRANTED',
      answers: 'r2',
      ask: { tier: 'AGGREGATE' },
    });
  });

  it('B28 B32 B44: cost and a promise to clients are reasons; the dispute stands side by side; what is cited was not seen', async () => {
    const story = told('financial-hardship');
    expect((await story.list<object>('/requests')).slice(3)).toMatchObject([
      { status: 'REFUSED', answer: { reasons: ['COST_EXCEEDS_BENEFIT'] } },
      {
        status: 'REFUSED',
        answer: { reasons: ['BREACH_OF_CLIENT_TRUST'], sources: [{ from: 'PROMISE_TO_CLIENTS' }] },
      },
    ]);
    expect(await story.list('/narratives')).toMatchObject([
      ...[{ heldAs: 'civilSociety' }, { heldAs: 'policyOfficial' }, { heldAs: 'civilSociety' }],
    ]);
    for (const key of ['frequency', 'intensity', 'kinds', 'exposed', 'predicted', 'equality', 'areas'])
      expect(await result(story, key)).toMatchObject({
        beside: [
          {
            ...{ standing: 'CITED_NOT_SEEN', statement: expect.stringMatching(/^Cited, not seen/) as string },
            text: 'One in three of those who came to us last year was in work, most of them for low pay.',
          },
        ],
      });
  });

  it('B23 B52: what is published of small areas came in by address, licence, version and digest, stood beside nothing before its legal check, and is used', async () => {
    const story = told('financial-hardship');
    const [areas, ...others] = await story.list<{ id: string; deposits: string[] }>('/imports');
    expect(others).toEqual([]);
    expect(areas).toMatchObject({
      ...{ name: 'area statistics', status: 'PERMITTED', person: { name: 'Tom Oliveira' } },
      digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      file: { address: 'https://statistics.example/small-areas', version: 'LSOA 2011 vintage' },
      checks: [{ outcome: 'PERMITTED', person: { name: 'Helen Fairweather' } }],
    });
    expect(story.memory.recall('imp1 lacked')).toEqual(['LEGAL_CHECK']);
    expect(await story.see('/releases/rel1')).toMatchObject({
      ...{ tier: 'LINKED_DEIDENTIFIED', status: 'PERMITTED', imports: [areas?.id], requests: ['r1'] },
      published: [{ source: 'area statistics', licence: 'Open Government Licence 3.0' }],
    });
    const { result: shown } = await result(story, 'exposed');
    expect(numberIn(tableOf(shown, 'coefficients'), 'ratio', { term: 'judgements' })).toBeGreaterThan(1);
    expect(JSON.stringify(shown)).toContain('area statistics is controlled by its publisher');
  });

  it('B1 B13: the broad question has an answer by year: more claim and fall behind than in 2010', async () => {
    const series = tableOf((await result(told('financial-hardship'), 'frequency')).result, 'series');
    const of = (measure: string, time: string) =>
      numberIn(series, measure, { period: time, work: 'low-paid' });
    expect(of('n', '2017')).toBeGreaterThan(1.2 * of('n', '2010'));
    expect(of('mean', '2017')).toBeGreaterThan(of('mean', '2010'));
  });

  it('B36: demographics are excluded for want of care and kept for an equality check; only that run names them', async () => {
    const story = told('financial-hardship');
    expect(await story.list('/admissibility')).toMatchObject([
      {
        field: 'ethnicity',
        status: 'INADMISSIBLE',
        challenges: [{ kind: 'CARE_DOUBTED', raised: 'BEFORE_RESULTS' }],
      },
      { field: 'ethnicity', uses: ['EQUALITY_CHECK'], status: 'ADMISSIBLE_WITH_CAVEAT' },
      { field: 'months', status: 'ADMISSIBLE_WITH_CAVEAT' },
    ]);
    expect(spoken('financial-hardship')).toMatch(/would predict from ethnicity: refused.*on the ground CARE/);
    const runs = await story.list<{ intention: { fields: string[]; use?: string } }>('/analyses');
    const naming = runs.filter(({ intention }) => intention.fields.includes('ethnicity'));
    expect(naming).toMatchObject([{ intention: { use: 'EQUALITY_CHECK' } }]);
    const { tables } = (await result(story, 'equality')).result;
    expect(tables.map(({ name }) => name)).toContain('errors_ethnicity');
  });

  it('B39 B26: how long claims last is not answered; what retention hides, and whom an area describes, stand beside every result', async () => {
    const story = told('financial-hardship');
    const [spells] = await story.list<object>('/analyses');
    expect(spells).toMatchObject({ method: 'survival', ended: { reason: 'NOT_A_FLOW', result: null } });
    for (const key of ['kinds', 'exposed', 'predicted', 'equality']) {
      const beside = JSON.stringify((await result(story, key)).result);
      expect(beside).toContain('short and repeated use is under-represented');
      expect(beside).toContain(
        'judgements describes the small area somebody lives in (2011), and not the person.',
      );
    }
    expect(JSON.stringify((await result(story, 'kinds')).result)).toContain('within four months are gone');
  });

  it('B16: with errors clustered by small area, people in low-paid work are more exposed than people without work', async () => {
    const story = told('financial-hardship');
    const runs = await story.list<{ id: string; params: object }>('/analyses');
    const exposed = runs.find(({ id }) => id === story.memory.recall('exposed'));
    expect(exposed?.params).toMatchObject({ errors: 'cluster', cluster: 'lsoa' });
    const table = tableOf((await result(story, 'exposed')).result, 'coefficients');
    expect(numberIn(table, 'ratio_lower', { term: 'work: low-paid' })).toBeGreaterThan(1);
  });

  it('B11 B43 B48: it is outside the local remit, no action is planned, and a next cycle looks for a local lever', async () => {
    const story = told('financial-hardship');
    expect(await story.list('/insights')).toMatchObject([
      { cycle: 'c1', status: 'OUTSIDE_LOCAL_REMIT', owner: 'The national departments for work and for pay.' },
    ]);
    expect(await story.list('/actions')).toEqual([]);
    expect(await story.list('/questions')).toMatchObject([
      { cycle: 'c1', aim: 'BROAD', descendsFrom: null },
      { cycle: 'c2', aim: 'TIGHT', descendsFrom: { cycle: 'c1' }, change: { from: 'q1', kind: 'NARROWS' } },
    ]);
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

  it('B8: answers and records are linked by a body of its own, from identifiers alone, which are destroyed; nobody else is joined', async () => {
    const story = told('community-health');
    expect(story.memory.recall('identifiers destroyed')).toMatchObject([
      ...[{ file: 'health.csv' }, { file: 'council.csv' }],
      ...(story.memory.has('doubtful pairs') ? [{ file: 'review.csv' }] : []),
    ]);
    expect(spoken('community-health')).toMatch(
      /Kofi Asante, linker, links them.*The identifiers are destroyed/,
    );
    const linked = await story.see('/releases/rel3');
    expect(linked).toMatchObject({
      ...{ tier: 'LINKED_DEIDENTIFIED', requests: ['r4', 'r5'], imports: ['imp1'], status: 'PERMITTED' },
      published: [{ source: 'surgery profiles' }],
    });
    expect(story.memory.recall('imp1 lacked')).toEqual(['LEGAL_CHECK']);
    // Who answered is told apart by what only the records say: who came.
    const threat = (await result(story, 'threat')).result.tables[0]!;
    const mean = (attended: string) => numberIn(threat, 'mean', { attended });
    expect(mean('1')).toBeLessThan(mean('0'));
  });

  it('B19: only those who let their answers be linked are in them, and three named scales were asked', async () => {
    const story = told('community-health');
    const [survey] = await story.list<{
      instrument: { name: string }[];
      responses: { responded: number; linkConsented: number };
    }>('/collections');
    expect(survey?.instrument.map(({ name }) => name)).toEqual([
      ...['Brief Illness Perception Questionnaire', 'Partners in Health scale'],
      'Picker Patient Experience Questionnaire',
    ]);
    const { responded = 0, linkConsented = 0 } = survey?.responses ?? {};
    expect(linkConsented).toBeLessThan(responded);
    const { holders } = story.memory.recall<{ holders: { holder: string; people: number }[] }>('linkage')!;
    expect(holders).toMatchObject([
      ...[
        { holder: 'health', people: PEOPLE },
        { holder: 'council', people: linkConsented },
      ],
    ]);
  });

  it('B16: like is matched with like from an index date on; without one, dated records give no answer', async () => {
    const story = told('community-health');
    expect(spoken('community-health')).toMatch(/would match on records of any day: no answer/);
    const effect = tableOf((await result(story, 'matching')).result, 'effect');
    expect(numberIn(effect, 'upper')).toBeLessThan(0);
    const clinical = tableOf((await result(story, 'outcome')).result, 'effect');
    expect(numberIn(clinical, 'upper')).toBeLessThan(0);
  });

  it('B15 B16 B50: hypotheses are revised or dropped, matching informs an action', async () => {
    const story = told('community-health');
    expect(await story.list('/hypotheses')).toMatchObject([
      ...[
        { id: 'hy1', status: 'TESTED', versions: [{}, {}] },
        { id: 'hy2', status: 'DROPPED' },
        { id: 'hy3', status: 'TESTED' },
      ],
    ]);
    expect(await story.list('/actions')).toMatchObject([{ status: 'PLANNED', insights: ['i2'] }]);
  });
});

describe('wellbeing', () => {
  it('B28 B31 T5: refusals stand with their reasons, and who refused is not asked again before they wish it', async () => {
    const requests = await told('wellbeing').list<{
      status: string;
      answer: { reasons: string[] | null } | null;
    }>('/requests');
    expect(requests.map(({ status, answer }) => [status, answer?.reasons?.join() ?? ''])).toEqual([
      ...[
        ['REFUSED', 'EXPOSURE_WITHOUT_CONTEXT'],
        ['REFUSED', 'EXPOSURE_WITHOUT_CONTEXT'],
        ['REFUSED', 'COST_EXCEEDS_BENEFIT'],
      ],
      ...Array<[string, string]>(3).fill(['GRANTED', '']),
    ]);
    expect(spoken('wellbeing')).toMatch(/asks the provider again at once: refused/);
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
    const runs = await story.list<{ status: string }>('/analyses');
    expect(runs.map(({ status }) => status)).toEqual(['WITHHELD', 'CHECKED', 'CHECKED', 'CHECKED']);
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
    const report = story.memory.recall<string[]>('r3 report')?.join(' ') ?? '';
    expect(report).toContain('case_note');
    expect(report).not.toContain('lives alone');
    expect(JSON.stringify(requests[3])).toContain('NO_BREAKDOWN_BY');
  });

  it('B19: who answered the survey, and how they differ, travels with what was made of it', async () => {
    expect(await result(told('wellbeing'), 'interest')).toMatchObject({
      collectionCaveats: [{ invited: PEOPLE, compared: [{ characteristic: '65 and older' }] }],
    });
  });

  it('B19 B31: what it is like to deliver is asked too, and for whom somebody works is in no question', async () => {
    const story = told('wellbeing');
    expect(await story.list('/collections')).toMatchObject([
      { source: 'interest in services', status: 'REPORTED' },
      {
        source: 'provider experiences',
        status: 'REPORTED',
        population: 'Everybody who delivers the services.',
      },
    ]);
    const requests = await story.list<{ ask: { source: string; fields: string[] } }>('/requests');
    expect(requests.find(({ ask }) => ask.source === 'provider experiences')?.ask.fields).not.toContain(
      'provider',
    );
    const table = (await result(story, 'experience')).result.tables[0]!;
    expect(numberIn(table, 'mean', { location: 'outreach' })).toBeGreaterThan(
      numberIn(table, 'mean', { location: 'centre' }),
    );
  });

  it('B7 B50: the provider’s comment is on record, and a redesign is planned as an action', async () => {
    const story = told('wellbeing');
    expect(await story.list('/evidence')).toMatchObject([{ kind: 'COMMENT', audience: 'PARTNERS' }]);
    expect(await story.list('/actions')).toMatchObject([{ status: 'PLANNED' }]);
  });
});
