// What a reader of the study looks for in the story of community health services: a wider question, patients asked, records linked.
import { numberIn, tableOf } from '../../demo/results';
import type { Readers } from './readers';

export function health({ told, spoken, result, people }: Readers): void {
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
    expect(shown).toMatchObject({ collectionCaveats: [{ invited: people }] });
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
        { holder: 'health', people: people },
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
}
