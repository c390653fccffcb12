// What a reader of the study looks for in the story of financial hardship: who could not give, what is published, whose it is to act.
import { numberIn, tableOf } from '../../demo/results';
import type { Readers } from './readers';

export function hardship({ told, spoken, result }: Readers): void {
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
}
