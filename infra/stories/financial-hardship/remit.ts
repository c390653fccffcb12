// How the story of financial hardship ends: the lever is a national one, the cycle closes without local action, the next looks for a local one.
import type { Done } from '../../demo/api';
import { awaitStage } from '../../demo/deeds';
import { settled } from '../telling';
import type { Story } from '../telling';

const RESTS_ON = ['frequency', 'intensity', 'kinds', 'exposed', 'predicted', 'equality', 'areas'];

export async function remit(story: Story): Promise<void> {
  story.report.chapter('8  What was learned is not ours to change');
  await story.step(
    'read',
    'Official and researcher say how they read it, and how it could be misread',
    '',
    async () => {
      await story.as('lead').post(story.at('/stages/analysis/close'), {});
      await story.interpret(
        {
          by: 'official',
          text: 'Work does not keep people out of arrears: low pay and rent do it.',
          misreading: 'As if people in areas with many judgements were in debt themselves.',
        },
        {
          by: 'researcher',
          text: 'Low-paid work goes with arrears, within areas and between them.',
          misreading: 'As how long hardship lasts: whoever claimed briefly is not in it.',
        },
      );
    },
  );
  await insight(story);
  await story.step(
    'closed',
    'Reflection and refinement are signed; the cycle ends without a local action',
    'Outside the local remit is an answer: it says whose it is to act, and keeps the finding for them.',
    async () => {
      await story.as('lead').post(story.at('/reflections'), {
        ...{ issue: 'Low pay exposes people, and pay and benefits are set nationally.' },
        working: {
          ...{ access: 'One body gave sums, two gave nothing.', cost: 'Months of asking.' },
          ...{ trust: 'The charity trusts us not to press.', notHeard: 'Whoever claimed briefly, or never.' },
        },
        summary: 'What we found, and who could act on it.',
      });
      await settled(story, 'REFLECTION', 'reflection', ['official', 'researcher']);
      await story.as('lead').post(story.at('/refinements'), {
        ...{
          next: 'NEXT_CYCLE',
          reasons: 'Nothing here changes pay or benefits; something may soften arrears.',
        },
        ...{ proposal: 'Look for a lever that is ours.', summary: 'No local action; a narrower question.' },
      });
      await settled(story, 'REFINEMENT', 'refinement', ['neighbour', 'researcher']);
      await awaitStage(story, 'refinement', 'SETTLED');
    },
  );
}

async function insight(story: Story): Promise<void> {
  const { id } = await story.step(
    'insight',
    'Together they record an insight outside the local remit, and who owns it',
    '',
    async () =>
      story.as('lead').post<Done>(story.at('/insights'), {
        ...{ status: 'OUTSIDE_LOCAL_REMIT', owner: 'The national departments for work and for pay.' },
        text: 'People in low-paid work are more exposed to arrears than people without work.',
        analyses: RESTS_ON.map((key) => story.memory.recall<string>(key)),
        authors: [story.person('official'), story.person('researcher')],
      }),
  );
  const cited = story.memory.recall<string>('cited') ?? '';
  await story.says(
    ...(['beside', 'official', 'has the charity’s count stand beside the results'] as const),
    `/evidence/${cited}/considerations`,
    {
      in: { type: 'insight', id },
      because: 'It says the same of people nobody here has data on, and nobody here could check it.',
    },
    'Printed beside each of them: cited, not seen.',
  );
}

export async function nextLever(story: Story): Promise<void> {
  await story.step(
    'q2',
    'A next cycle asks for a local lever: how the council itself collects what is owed to it',
    '',
    async () => {
      await story.as('lead').post(story.at('/cycles'), { descendsFrom: 'c1' });
      await story.as('lead').post(story.at('/questions'), {
        ...{ question: 'Which ways of collecting council tax keep people in low-paid work out of arrears?' },
        ...{ framing: 'What the council can change by itself.', aim: 'TIGHT', sufficient: false },
        options: ['Instalments by the week', 'A call before the summons'],
        change: {
          ...{ from: 'q1', kind: 'NARROWS', what: 'From hardship at large to what the council collects.' },
          ...{
            because: 'What causes it is owned nationally.',
            cites: [story.memory.recall<string>('cited')],
          },
        },
        summary: 'A lever that is ours.',
      });
      await settled(story, 'QUESTION', 'question', ['official', 'researcher']);
    },
  );
}
