// The second half of the story of education services: an explanation is wished for, its rival doubted, and both are tested.
import { analyse, checkOutput, resultOf } from '../../demo/deeds';
import { settled } from '../telling';
import type { Story } from '../telling';
import { SOURCE } from './cast';

export async function explanations(story: Story, release: string): Promise<string> {
  story.report.chapter('5  An explanation is sought, its rival doubted once results are there');
  const { id: poverty } = await story.says(
    'hy1',
    'manager',
    'explains: more families are poor',
    '/hypotheses',
    {
      ...{
        statement: 'Support rose because more pupils are poor.',
        reason: 'It is what managers see, and budgets follow it.',
      },
    },
  );
  await story.says('hy2', 'head', 'explains it otherwise: pupils have more needs', '/hypotheses', {
    ...{
      statement: 'Support rose because more pupils have needs.',
      reason: 'Schools meet them every day.',
      rivals: [poverty],
    },
  });
  await story.says('hy3', 'lay', 'has a third: families moved here for the schools', '/hypotheses', {
    ...{
      statement: 'Support rose because families with needs moved here.',
      reason: 'Parents tell each other.',
      rivals: [poverty],
    },
  });
  const { id: demand } = await story.says(
    'demand',
    'manager',
    'asks for a finding, and hopes for confirmation',
    '/demands',
    {
      ...{
        text: 'Show that pupils with free meals get more support.',
        hope: 'CONFIRMATION',
        hypothesis: poverty,
      },
    },
  );
  const run = (key: string, field: string, more: object) =>
    story.step(
      key,
      `${story.called('researcher')}, crosses support with ${field}; it is checked`,
      '',
      async () => {
        const plan = {
          release,
          method: 'crosstab',
          params: { fields: [field, 'support'], within: field },
          use: 'DESCRIPTION',
        };
        const id = await analyse(story, {
          ...plan,
          hypothesis: `Support goes with ${field}.`,
          support: 'A higher share among them.',
          ...more,
        });
        await checkOutput(story, id);
        return id;
      },
    );
  const confirming = await run('a1', 'meals', { tests: poverty });
  await story.says(
    'demand met',
    'researcher',
    'names it as what was asked for',
    `/demands/${demand}/answers`,
    { analysis: confirming },
  );
  // It looks at needs before anybody has named it a test of the rival.
  const needs = await run('a2', 'needs', {});
  const { id: place } = await story.says('ad3', 'manager', 'opens the question of needs', '/admissibility', {
    ...{ source: SOURCE, field: 'needs', uses: ['DESCRIPTION'] },
  });
  await story.says(
    ...([
      'ch3',
      'manager',
      'doubts the records of needs, now that results speak for the rival',
      `/admissibility/${place}/challenges`,
    ] as const),
    {
      ...{ kind: 'HUMAN_ERROR', claim: 'Academies record needs more freely than others.', against: needs },
      evidence: 'What managers have heard.',
    },
    'After results: the ledger knows what could be seen, whatever anybody says.',
  );
  story.memory.keep('doubted', place);
  return confirming;
}

export async function reflection(story: Story, confirming: string): Promise<void> {
  await story.step(
    'reading',
    'Manager and researcher say how they read it, and how it could be misread',
    '',
    async () => {
      await story.as('lead').post(story.at('/stages/analysis/close'), {});
      await story.interpret(
        {
          by: 'manager',
          text: 'Poorer pupils get more support.',
          misreading: 'As if nothing else had changed.',
        },
        { by: 'researcher', text: 'Both go with support; needs more.', misreading: 'As a cause.' },
      );
      await story.as('lead').post(story.at('/insights'), {
        ...{
          status: 'PARTLY_ACTIONABLE',
          text: 'Support goes with needs and with free meals.',
          analyses: [confirming],
        },
        authors: [story.person('manager'), story.person('researcher')],
      });
      await story.as('lead').post(story.at('/reflections'), {
        issue: 'Two explanations stand, and one of them was wished for.',
        working: {
          access: 'Quick.',
          cost: 'Little.',
          trust: 'Academies fear rankings.',
          notHeard: 'Parents of infants.',
        },
        summary: 'What we found, and what was asked of us.',
      });
      await settled(story, 'REFLECTION', 'reflection', ['manager', 'researcher']);
    },
  );
}

const close = (story: Story) => ({
  ...{
    next: 'CLOSE',
    reasons: 'Support is planned on needs and on poverty, both explanations in the record.',
  },
  ...{
    proposal: 'Plan support by needs, reviewed yearly; poverty stays an explanation.',
    summary: `How ${story.project} ends.`,
  },
});

export async function closing(story: Story, release: string): Promise<void> {
  story.report.chapter('6–8  Nothing closes over a rival; the decision stands with both explanations');
  await story.refusedFor('closure', `${story.called('lead')}, proposes to close`, 'RIVALS_UNTRIED', () =>
    story.as('lead').attempt(story.at('/refinements'), close(story)),
  );
  await story.step(
    'a3',
    `${story.called('lead')}, reopens the analysis; the rival is tested on pupil needs, year by year`,
    '',
    async () => {
      await story
        .as('lead')
        .post(story.at('/stages/analysis/reopen'), { reason: 'The rival has not been tested.' });
      const id = await analyse(story, {
        ...{
          release,
          method: 'series',
          params: { time: 'year', outcome: 'needs', per: 100 },
          tests: 'hy2',
          use: 'DESCRIPTION',
        },
        ...{ hypothesis: 'More pupils have needs than in 2010.', support: 'A rising share.' },
      });
      await checkOutput(story, id);
      await story.as('lead').post(story.at('/stages/analysis/close'), {});
      story.memory.keep('rival tested', id);
    },
  );
  const { result } = await resultOf(story, story.memory.recall<string>('rival tested') ?? '');
  story.report.checked(result.tables[0]!, result.thresholds.frequency);
  await story.says(
    'untestable',
    'researcher',
    'records that the third cannot be tested: nobody records where pupils moved from',
    '/hypotheses/hy3/untestable',
    {
      reason: 'The census does not say where a pupil lived before.',
    },
  );
  await story.refusedFor(
    'closure again',
    `${story.called('lead')}, proposes to close before its holder has answered`,
    'RIVALS_UNTRIED',
    () => story.as('lead').attempt(story.at('/refinements'), close(story)),
  );
  await story.says(
    'dissent',
    'lay',
    'dissents: it could be asked of parents',
    '/hypotheses/hy3/untestable/answer',
    {
      ...{
        stance: 'DISSENTS',
        text: 'Nobody asked the parents. That it stands in no file does not make it untestable.',
      },
    },
  );
  await story.step(
    'closed',
    'The refinement is signed: a decision, with both explanations in the record',
    '',
    async () => {
      await story.as('lead').post(story.at('/refinements'), close(story));
      await settled(story, 'REFINEMENT', 'refinement', ['official', 'researcher']);
    },
  );
}
