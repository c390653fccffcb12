// Like is compared with like, on admissions and on the clinical outcome; hypotheses are revised, and a decision is informed.
import type { Done } from '../../demo/api';
import { analyse, checkOutput, resultOf, unanswered } from '../../demo/deeds';
import type { Plan } from '../../demo/deeds';
import { tableOf } from '../../demo/results';
import { settled } from '../telling';
import type { Story } from '../telling';

/** Without a caliper everybody who came has a match, so that both outcomes speak of the same people. */
const MATCHED = {
  ...{ treatment: 'attended', outcome: 'admissions' },
  covariates: ['band', 'area', 'conditions', 'admissions_last_year', 'health_checks'],
};
const TESTED = {
  ...{ treatment: 'attended', outcome: 'test' },
  covariates: ['band', 'area', 'conditions', 'last_test'],
};
const ADMISSIONS = {
  method: 'matching',
  ...{ hypothesis: 'Community care lowers admissions.', support: 'Fewer among the matched who came.' },
};
const TIMING = {
  ...{ index: 'index_date', date: 'date', covariateDays: 365, outcomeDays: 365 },
  covariates: 'last',
};

export async function likeWithLike(story: Story): Promise<void> {
  story.report.chapter('8  Like is compared with like');
  const [records = '', tests = ''] = story.memory.recall<string[]>('second') ?? [];
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
  const { id: outcome } = await story.says(
    ...(['hy3', 'commissioner', 'adds what a clinic would look at', '/hypotheses'] as const),
    { statement: 'Whoever comes has better blood tests.', reason: 'It is what the service is for.' },
  );
  await undated(story, records);
  await matching(story, 'matching', 'compares admissions of the year after', {
    ...{ ...ADMISSIONS, release: records, tests: 'hy1' },
    params: { ...MATCHED, timing: { ...TIMING, outcome: 'sum', withoutRecord: 'zero' } },
  });
  await matching(story, 'outcome', 'compares blood tests of the year after, the clinical outcome', {
    ...{ release: tests, method: 'matching', tests: outcome },
    params: { ...TESTED, timing: { ...TIMING, outcome: 'mean' } },
    ...{ hypothesis: 'Community care lowers the blood test.', support: 'A lower mean among the matched.' },
  });
  for (const [key, field, label, support] of FELT) await felt(story, records, { key, field, label, support });
  await decision(story);
}

/** What patients said, of which only linked records know who of them came. */
const FELT = [
  ['threat', 'illness_threat', 'feels less threat', 'A lower mean.'],
  ['management', 'management', 'looks after themselves more', 'A higher mean.'],
  ['experience', 'experience', 'meets with fewer problems of care', 'A lower mean.'],
] as const;

async function undated(story: Story, release: string): Promise<void> {
  const because = await story.step(
    'undated',
    `${story.called('researcher')}, would match on records of any day: no answer`,
    'What is known only after somebody came cannot make them alike: the data is dated, so the run has to say from when.',
    () => unanswered(story, { ...ADMISSIONS, release, params: MATCHED }),
  );
  story.report.note(because);
}

async function matching(story: Story, key: string, compares: string, plan: Plan): Promise<void> {
  await story.step(
    key,
    `${story.called('researcher')}, matches on the year before each index date, and ${compares}`,
    'Like with like: the propensity of coming, from what was known on that day.',
    async () => {
      const analysis = await analyse(story, plan);
      await checkOutput(story, analysis);
      story.memory.keep(key, analysis);
    },
  );
  const { result } = await resultOf(story, story.memory.recall<string>(key) ?? '');
  story.report.checked(tableOf(result, 'effect'), result.thresholds.frequency, [
    ...['estimate', 'lower', 'upper'],
  ]);
}

async function felt(
  story: Story,
  release: string,
  { key, field, label, support }: { key: string; field: string; label: string; support: string },
): Promise<void> {
  await story.step(
    key,
    `${story.called('researcher')}, describes ${field} of those who came and those who did not`,
    'As they said it, and as the records have it: with who did not answer printed beside it.',
    async () => {
      const analysis = await analyse(story, {
        ...{ release, params: { outcome: field, groups: 'attended' } },
        ...{ hypothesis: `Whoever comes ${label}.`, support },
      });
      await checkOutput(story, analysis);
      story.memory.keep(key, analysis);
    },
  );
  const { result } = await resultOf(story, story.memory.recall<string>(key) ?? '');
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
        analyses: ['matching', 'outcome', 'threat'].map((key) => story.memory.recall<string>(key)),
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
