// The analyses of the story of financial hardship: kinds of claimants, who falls behind, whether the model errs alike, and what cannot be told.
import { analyse, checkOutput, resultOf, unanswered } from '../../demo/deeds';
import type { Plan } from '../../demo/deeds';
import { tableOf } from '../../demo/results';
import type { Story } from '../telling';

/** Of one day: whoever claimed at the end of the last year. */
const LAST_YEAR = { subpopulation: { field: 'year', values: ['2017'] } };
/** What a claimant is, and what is known of the small area they live in. */
const TERMS = [
  { field: 'work', as: 'factor', reference: 'none' },
  { field: 'household', as: 'factor', reference: 'single' },
  ...['disabled', 'judgements'],
];
const WHO = { hypothesis: 'People in low-paid work fall behind more often.' };

export async function exposure(story: Story): Promise<void> {
  story.report.chapter('7  Who is exposed: people in low-paid work, and the areas they live in');
  await refused(story);
  for (const [key, outcome, what] of [
    ['frequency', 'arrears', 'draws how many claim, and how many of a hundred are behind, year by year'],
    ['intensity', 'months', 'draws for how many months they claim, year by year'],
  ] as const)
    await run(story, key, what, {
      ...{ release: 'rel1', method: 'series', use: 'TREND' },
      params: { time: 'year', outcome, groups: 'work', ...(outcome === 'arrears' ? { per: 100 } : {}) },
      ...{
        hypothesis: 'Hardship has become more frequent, not longer.',
        support: 'A rise from 2010 to 2017.',
      },
    });
  await shown(story, 'frequency', 'series', ['n', 'mean']);
  await run(story, 'kinds', 'finds kinds of claimants who are alike', {
    ...{ release: 'rel1', method: 'clusters', use: 'CLUSTERING', ...LAST_YEAR },
    params: {
      ...{ fields: ['months', 'judgements', 'disabled'], k: 4, stability: 10 },
      describeBy: ['work', 'household', 'arrears'],
    },
    ...{
      hypothesis: 'Those in arrears are not one kind of claimant.',
      support: 'Arrears in several clusters.',
    },
  });
  await run(
    story,
    'exposed',
    'explains arrears, with errors that respect that neighbours are alike',
    {
      ...{ release: 'rel1', method: 'logistic', use: 'COMPARISON', ...WHO, ...LAST_YEAR },
      params: { outcome: 'arrears', terms: TERMS, errors: 'cluster', cluster: 'lsoa' },
      support: 'Odds above one whose interval, with errors clustered by small area, excludes one.',
    },
    'Beside it: judgements describe the small area, and not the person. No sentence makes them anybody’s debt.',
  );
  await shown(story, 'exposed', 'coefficients', ['ratio', 'ratio_lower', 'ratio_upper']);
  await run(story, 'predicted', 'tries whether arrears can be foreseen, and for whom it errs', {
    ...{ release: 'rel1', method: 'prediction', use: 'PREDICTION', ...WHO, ...LAST_YEAR },
    params: { outcome: 'arrears', terms: TERMS, groups: ['work'], cutOff: 0.3, importance: 5 },
    support: 'Work among the fields whose shuffling makes predictions worse.',
  });
  await run(story, 'equality', 'checks whether it errs more for some than for others, the one use left', {
    ...{ release: 'rel1', method: 'prediction', use: 'EQUALITY_CHECK', ...LAST_YEAR },
    params: { outcome: 'arrears', terms: TERMS, groups: ['ethnicity'], cutOff: 0.3, importance: 0 },
    ...{ hypothesis: 'It errs alike.', support: 'Differences of error rates whose intervals hold nought.' },
  });
  await shown(story, 'equality', 'errors_ethnicity', ['n', 'false_positives', 'false_negatives']);
  await run(story, 'areas', 'describes months of claims from the national table, short ones included', {
    ...{ release: 'rel2', params: { outcome: 'months', groups: 'lsoa' } },
    ...{ hypothesis: 'Areas differ.', support: 'Means that differ.' },
  });
}

/** What is not answered, and why. */
async function refused(story: Story): Promise<void> {
  const by = story.called('researcher');
  await story.refusedFor('a ethnicity', `${by}, would predict from ethnicity`, 'INADMISSIBLE', () =>
    story.as('researcher').attempt(story.at('/analyses'), {
      ...{ release: 'rel1', method: 'prediction', use: 'PREDICTION', ...WHO, support: 'It helps.' },
      params: { outcome: 'arrears', terms: ['work', 'ethnicity'] },
    }),
  );
  const because = await story.step(
    'a spells',
    `${by}, asks how long claims last: no answer, since the council keeps only who still claims`,
    '',
    () =>
      unanswered(story, {
        ...{ release: 'rel1', method: 'survival', params: { time: 'months', width: 6 } },
        ...{ hypothesis: 'Half of the claims end within a year.', support: 'A median below twelve.' },
      }),
  );
  story.report.note(because);
}

async function run(story: Story, key: string, does: string, plan: Plan, why = ''): Promise<void> {
  const analysis = await story.step(key, `${story.called('researcher')}, ${does}`, why, async () => {
    const id = await analyse(story, plan);
    await checkOutput(story, id);
    return id;
  });
  story.memory.keep(key, analysis);
}

async function shown(story: Story, key: string, table: string, only: readonly string[]): Promise<void> {
  const { result } = await resultOf(story, story.memory.recall<string>(key) ?? '');
  story.report.checked(tableOf(result, table), result.thresholds.frequency, only);
}
