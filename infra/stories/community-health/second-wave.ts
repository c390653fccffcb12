// The second cycle of the story of community health services: patients are asked, and a second wave rests on the signed benefit of the first.
import type { Done } from '../../demo/api';
import { analyse, awaitRelease, checkOutput, resultOf, unanswered } from '../../demo/deeds';
import { tableOf } from '../../demo/results';
import { boundary } from '../opening';
import { closed, peopleIn, times } from '../survey';
import { established, granted, proposed, settled } from '../telling';
import type { Story } from '../telling';
import { EPISODES, PERCEPTIONS, WITH_SURVEY } from './cast';

export async function secondWave(story: Story): Promise<void> {
  await survey(story);
  await opened(story);
  await matched(story);
  await decision(story);
}

async function survey(story: Story): Promise<void> {
  story.report.chapter('6  All patients are asked');
  await story.step(
    'q2',
    'A wider question, of a next cycle, for which the survey would suffice',
    '',
    async () => {
      await story.as('lead').post(story.at('/cycles'), { descendsFrom: 'c1' });
      await story.as('lead').post(story.at('/questions'), {
        ...{
          question: 'What keeps people away, and does coming help them?',
          framing: 'Widened.',
          sufficient: true,
        },
        change: {
          ...{ from: 'q1', kind: 'WIDENS', what: 'From two options to reasons.', because: 'The assessment.' },
          cites: [story.memory.recall<string>('rea')],
        },
        summary: 'Wider than two options.',
      });
      await settled(story, 'QUESTION', 'question', ['official', 'researcher']);
      await established(story, 'holder', EPISODES.source, 'q2', 'Each stay has its day.');
      await established(story, 'holder', PERCEPTIONS.source, 'q2', 'It will be asked for this.');
    },
  );
  const people = story.memory.recall<number>('people') ?? 0;
  const { id } = await story.says(
    'survey',
    'lead',
    'plans it: a validated scale, everybody invited, consent to the link',
    '/collections',
    {
      ...{ source: PERCEPTIONS.source, collector: story.organisation('health') },
      instrument: [
        {
          ...{ name: 'Brief Illness Perception Questionnaire', fields: ['illness_threat', 'attended'] },
          reference: 'Broadbent and others 2006, Journal of Psychosomatic Research 60.',
        },
      ],
      ...{ population: 'All patients.', eligible: people, invited: people, invitation: 'By letter.' },
      ...{
        informationSheet: 'What is asked and why.',
        linkConsent: 'My answers may be joined to my record.',
      },
      ...{ optOut: 'By card or telephone.', ...times(story) },
    },
  );
  await story.refusedFor('begin early', 'It is to begin at once', 'FRESH_BOUNDARY', () =>
    story.as('lead').attempt(story.at(`/collections/${id}/beginning`), {}),
  );
  await boundary(story, 'boundary 2', WITH_SURVEY);
  await story.says(
    'begun',
    'lead',
    'begins: lawful and acceptable were signed afresh for it',
    `/collections/${id}/beginning`,
    {},
  );
  await story.step(
    'answers',
    `${story.called('holder')}, reports who answered, compared with who did not`,
    '',
    async () => {
      await closed(story);
      const [answered, came] = await Promise.all([
        peopleIn(story, 'illness-perceptions'),
        peopleIn(story, 'secondary-care', ([, ...rest]) => rest[5] === '1'),
      ]);
      const responded = answered.size;
      const cameAndAnswered = [...came].filter((patient) => answered.has(patient)).length;
      await story.as('holder').post(story.at(`/collections/${id}/responses`), {
        ...{ responded, linkConsented: responded, optedOut: 0, left: 0 },
        compared: [
          {
            characteristic: 'came to community care',
            responders: cameAndAnswered,
            nonResponders: came.size - cameAndAnswered,
          },
        ],
      });
    },
  );
}

async function opened(story: Story): Promise<void> {
  story.report.chapter('7  The second wave, on the signed benefit of the first');
  const requests = [
    await granted(story, 'holder', 'r4', { ...EPISODES, cites: ['rel1'] }),
    await granted(story, 'holder', 'r5', { ...PERCEPTIONS, cites: ['rel1'] }),
  ];
  await story.step(
    'wave 2',
    'What the first wave gave and cost is signed by each party; both releases open',
    '',
    async () => {
      const ids = [];
      for (const [at, asked] of [EPISODES, PERCEPTIONS].entries())
        ids.push(await proposed(story, [requests[at] ?? ''], { ...asked, cites: ['rel1'] }));
      const { wave } = await story.see<{ wave: number }>(`/releases/${ids[0]}`);
      const parties = ['university', 'council', 'health'].map((name) => ({
        ...{
          organisation: story.organisation(name),
          gave: 'Where take-up is low.',
          cost: 'Two days of work.',
        },
      }));
      await story
        .as('lead')
        .post<Done>(story.at('/benefits'), { wave, parties, summary: 'What wave 1 gave and cost.' });
      await story.signAll('BENEFIT', ['researcher', 'official', 'commissioner']);
      for (const id of ids) {
        await awaitRelease(story, id, 'SEALED');
        await story.signAll('TRUST', ['holder', 'clinic', 'official', 'researcher'], id);
        await awaitRelease(story, id, 'PERMITTED');
      }
      story.memory.keep('second', ids);
    },
  );
}

const MATCHED = {
  ...{ treatment: 'attended', outcome: 'admissions', caliper: { width: 0.2 } },
  covariates: ['band', 'area', 'conditions', 'admissions_last_year'],
};
const TIMING = {
  ...{ index: 'index_date', date: 'date', covariateDays: 365, outcomeDays: 365 },
  ...{ covariates: 'last', outcome: 'sum', withoutRecord: 'zero' },
};

async function matched(story: Story): Promise<void> {
  story.report.chapter('8  Like is compared with like');
  const [records = '', answers = ''] = story.memory.recall<string[]>('second') ?? [];
  await story.says(
    'hy1 revised',
    'researcher',
    'revises the hypothesis: more felt, and coming helps',
    '/hypotheses/hy1/versions',
    {
      ...{
        statement: 'Whoever comes feels less threat and is admitted less.',
        reason: 'What patients answered.',
      },
    },
  );
  const plan = {
    ...{ release: records, method: 'matching' },
    ...{ hypothesis: 'Community care lowers admissions.', support: 'Fewer among the matched who came.' },
  };
  const because = await story.step(
    'undated',
    `${story.called('researcher')}, would match on records of any day: no answer`,
    'What is known only after somebody came cannot make them alike: the data is dated, so the run has to say from when.',
    () => unanswered(story, { ...plan, params: MATCHED }),
  );
  story.report.note(because);
  await story.step(
    'matching',
    `${story.called('researcher')}, matches on the year before each index date, and compares admissions of the year after`,
    'Like with like: the propensity of coming, from what was known on that day.',
    async () => {
      const analysis = await analyse(story, {
        ...plan,
        tests: 'hy1',
        params: { ...MATCHED, timing: TIMING },
      });
      await checkOutput(story, analysis);
      story.memory.keep('matching', analysis);
    },
  );
  const matching = await resultOf(story, story.memory.recall<string>('matching') ?? '');
  story.report.checked(tableOf(matching.result, 'effect'), matching.result.thresholds.frequency, [
    ...['estimate', 'lower', 'upper'],
  ]);
  await story.step(
    'threat',
    'And what they feel, as they said it: with who did not answer printed beside it',
    '',
    async () => {
      const analysis = await analyse(story, {
        ...{ release: answers, params: { outcome: 'illness_threat', groups: 'attended' } },
        ...{ hypothesis: 'Whoever comes feels less threat.', support: 'A lower mean.' },
      });
      await checkOutput(story, analysis);
      story.memory.keep('threat', analysis);
    },
  );
  const { result } = await resultOf(story, story.memory.recall<string>('threat') ?? '');
  story.report.checked(result.tables[0]!, result.thresholds.frequency);
}

async function decision(story: Story): Promise<void> {
  await story.step(
    'decision',
    'Reflection and refinement are signed: a decision is informed',
    '',
    async () => {
      await story.as('lead').post(story.at('/stages/analysis/close'), {});
      await story.interpret(
        {
          by: 'commissioner',
          text: 'Worth inviting once more, in words of threat.',
          misreading: 'As a promise.',
        },
        {
          by: 'researcher',
          text: 'Like with like, fewer admissions.',
          misreading: 'As proof for everybody.',
        },
      );
      const insight = await story.as('lead').post<Done>(story.at('/insights'), {
        ...{ status: 'ACTIONABLE', text: 'Invitations should speak to what people feel.' },
        analyses: [story.memory.recall<string>('matching')],
        authors: [story.person('commissioner'), story.person('researcher')],
      });
      await story.as('lead').post(story.at('/reflections'), {
        ...{ issue: 'Coming helps.', working: 'Patients were heard late.', summary: 'What we know now.' },
      });
      await settled(story, 'REFLECTION', 'reflection', ['commissioner', 'researcher']);
      await story.as('lead').post(story.at('/actions'), {
        ...{
          what: 'New invitations.',
          owner: story.person('commissioner'),
          effect: 'More come from the coast.',
        },
        ...{ due: story.memory.inDays(90).slice(0, 10), insights: [insight.id] },
      });
      await story.as('lead').post(story.at('/refinements'), {
        ...{
          next: 'ACTION',
          reasons: 'Coming helps.',
          proposal: 'Invite anew.',
          summary: 'What comes next.',
        },
      });
      await settled(story, 'REFINEMENT', 'refinement', ['official', 'researcher']);
    },
  );
}
