// What a reader of the study looks for in the story of education services: two explanations, and a series that breaks.
import type { Readers } from './readers';

export function education({ told, spoken, result }: Readers): void {
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
}
