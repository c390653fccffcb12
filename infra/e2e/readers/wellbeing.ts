// What a reader of the study looks for in the story of wellbeing services: exposure without context, and conditions that hold.
import { numberIn } from '../../demo/results';
import type { Readers } from './readers';

export function wellbeing({ told, spoken, result, people }: Readers): void {
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
      collectionCaveats: [{ invited: people, compared: [{ characteristic: '65 and older' }] }],
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
}
