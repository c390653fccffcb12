// Wellbeing services (contested): a redesign is commissioned, providers refuse to be shown without the work behind the figures, and agree under conditions.
import type { Done } from '../../demo/api';
import { awaitStage } from '../../demo/deeds';
import { STAFF } from '../../settings/wellbeing';
import { boundary, opening } from '../opening';
import { times } from '../survey';
import { established, namesOf, requestOf, settled } from '../telling';
import type { Story } from '../telling';
import { ACTIVITY, DROP_IN, EXPERIENCE, INTEREST, LIMITS, MEMBERSHIPS, WITH_SURVEY } from './cast';
import { underConditions } from './conditions';

export async function wellbeing(story: Story): Promise<void> {
  await opening(story, {
    ...{ setting: 'wellbeing', signatories: ['researcher', 'official', 'checker'], reader: 'researcher' },
    coreTeam: ['lead', 'researcher', 'official', 'neighbour'],
  });
  await refusals(story);
  await uneven(story);
  await ended(story, 'Nothing was released, and why is known.', 'NEW_COLLECTION');
  await collection(story);
  await underConditions(story);
  await redesign(story);
}

async function refusals(story: Story): Promise<void> {
  story.report.chapter('1–3  A redesign is commissioned; providers and a trust refuse');
  await story.step('q1', 'The question is signed, and the sources are established', '', async () => {
    await story.as('lead').post(story.at('/cycles'), { descendsFrom: null });
    await story.as('lead').post(story.at('/questions'), {
      ...{
        question: 'How should wellbeing services be redesigned?',
        framing: 'A broad aim.',
        sufficient: true,
      },
      summary: 'Contracts end next spring.',
    });
    await settled(story, 'QUESTION', 'question', ['official', 'researcher']);
    await established(story, 'provider', ACTIVITY.source, 'q1', 'Our returns.');
    await established(story, 'second', DROP_IN.source, 'q1', 'Our visitors’ book.');
    await established(story, 'trust', MEMBERSHIPS.source, 'q1', 'Our tills.');
  });
  await boundary(story, 'boundary', LIMITS);
  const { id: first } = await story.says(
    'r1',
    'lead',
    'asks the provider for its activity',
    '/requests',
    requestOf(story, ACTIVITY),
  );
  await story.says(
    ...(['r1 answer', 'provider', 'refuses: exposure without context', `/requests/${first}/answer`] as const),
    {
      ...{ outcome: 'REFUSED', reasons: ['EXPOSURE_WITHOUT_CONTEXT'] },
      reason:
        'Our numbers are low because our clients are the most vulnerable. The numbers alone would end our contract.',
    },
  );
  const { id: dropIn } = await story.says(
    ...(['r1b', 'lead', 'asks the other provider for its visits', '/requests'] as const),
    requestOf(story, DROP_IN),
  );
  await story.says(
    ...(['r1b answer', 'second', 'refuses for the same reason', `/requests/${dropIn}/answer`] as const),
    {
      ...{ outcome: 'REFUSED', reasons: ['EXPOSURE_WITHOUT_CONTEXT'] },
      reason: 'A visit is counted as one, whether it took five minutes or the afternoon.',
    },
  );
  const { id: second } = await story.says(
    'r2',
    'lead',
    'asks the leisure trust for memberships',
    '/requests',
    requestOf(story, MEMBERSHIPS),
  );
  await story.says(
    'r2 answer',
    'trust',
    'refuses: it costs more than it gives',
    `/requests/${second}/answer`,
    {
      ...{
        outcome: 'REFUSED',
        reasons: ['COST_EXCEEDS_BENEFIT'],
        reason: 'The tills would have to be read by hand.',
      },
    },
  );
  await story.refusedFor(
    'asked again',
    `${story.called('lead')}, asks the provider again at once`,
    'COOLING_OFF',
    () => story.as('lead').attempt(story.at('/requests'), requestOf(story, ACTIVITY)),
  );
  await story.step(
    'empty',
    `${story.called('lead')}, settles the round and the analysis without data, with reasons`,
    '',
    async () => {
      for (const stage of ['dataRequest', 'analysis'])
        await story
          .as('lead')
          .post(story.at(`/stages/${stage}/settle-empty`), { reason: 'Every holder refused.' });
    },
  );
}

async function uneven(story: Story): Promise<void> {
  story.report.chapter('4  Activity is thought accurate; outcomes are valued more, and contested');
  const { id: sessions } = await story.says(
    'ad1',
    'official',
    'opens the question of activity',
    '/admissibility',
    {
      ...{ source: ACTIVITY.source, field: 'sessions', uses: ['DESCRIPTION', 'COMPARISON'] },
    },
  );
  await story.says('ad1 judged', 'provider', 'judges it sound', `/admissibility/${sessions}/judgements`, {
    ...{ status: 'ADMISSIBLE', ground: 'ACCURACY', reason: 'We are paid by it.' },
  });
  const { id: outcomes } = await story.says(
    'ad2',
    'official',
    'opens the question of outcomes',
    '/admissibility',
    {
      ...{ source: ACTIVITY.source, field: 'score_end', uses: ['DESCRIPTION', 'COMPARISON'] },
    },
  );
  await story.says(
    'ch1',
    'provider',
    'challenges them: whoever left was never asked',
    `/admissibility/${outcomes}/challenges`,
    {
      ...{ kind: 'MISSING_OBSERVATIONS', claim: 'Nearly half have none.', evidence: 'Our own returns.' },
    },
  );
  await story.step('rated', 'What is accurate and what is valued are recorded side by side', '', async () => {
    const rate = (field: string, accuracy: string, worth: string) =>
      story.as('manager').post(story.at('/field-ratings'), {
        ...{ source: ACTIVITY.source, field, accuracy, worth, reason: 'As commissioners see it.' },
      });
    await rate('sessions', 'THOUGHT_ACCURATE', 'VALUED_LESS');
    await rate('score_end', 'DOUBTED', 'VALUED_MORE');
  });
}

/** Both interpretations, the reflection and the refinement of a cycle, signed. */
async function ended(story: Story, issue: string, next: string, analyses: string[] = []): Promise<void> {
  await story.step(
    `reflection ${next}`,
    `Reflection and refinement (${next}) are signed`,
    issue,
    async () => {
      await story.interpret(
        { by: 'provider', text: 'Few sessions may mean hard cases.', misreading: 'As if we worked less.' },
        { by: 'researcher', text: issue, misreading: 'As a ranking of providers.' },
      );
      const { id } = await story.as('lead').post<Done>(story.at('/insights'), {
        ...{ status: 'PARTLY_ACTIONABLE', text: issue, analyses },
        authors: [story.person('provider'), story.person('researcher')],
      });
      await story
        .as('lead')
        .post(story.at('/reflections'), { issue, working: 'Slowly, and in the open.', summary: issue });
      await settled(story, 'REFLECTION', 'reflection', ['provider', 'researcher']);
      if (next === 'ACTION')
        await story.as('lead').post(story.at('/actions'), {
          ...{
            what: 'Contracts pay for complex cases.',
            owner: story.person('manager'),
            effect: 'Outreach stays.',
          },
          ...{ due: story.memory.inDays(120).slice(0, 10), insights: [id] },
        });
      await story
        .as('lead')
        .post(story.at('/refinements'), { next, reasons: issue, proposal: issue, summary: issue });
      await settled(story, 'REFINEMENT', 'refinement', ['official', 'researcher']);
      await awaitStage(story, 'refinement', 'SETTLED');
    },
  );
}

async function collection(story: Story): Promise<void> {
  story.report.chapter('5  What nobody records is collected');
  await story.step('q2', 'A next question names complex cases', '', async () => {
    await story.as('lead').post(story.at('/cycles'), { descendsFrom: 'c1' });
    await story.as('lead').post(story.at('/questions'), {
      ...{
        question: 'Whom do services reach, and how hard are their cases?',
        framing: 'Narrowed.',
        sufficient: true,
      },
      change: {
        from: 'q1',
        kind: 'NARROWS',
        what: 'To reach and cases.',
        because: 'Providers said what numbers hide.',
        cites: [],
      },
      summary: 'Reach, with the cases beside it.',
    });
    await settled(story, 'QUESTION', 'question', ['official', 'researcher']);
    await established(story, 'provider', ACTIVITY.source, 'q2', 'With the cases beside it.');
    for (const { source } of [INTEREST, EXPERIENCE])
      await established(story, 'manager', source, 'q2', 'It will be asked for this.');
  });
  const surveys = await planned(story);
  await boundary(story, 'boundary 2', WITH_SURVEY);
  for (const id of surveys)
    await story.says(`begun ${id}`, 'lead', 'begins, freshly signed for', `/collections/${id}/beginning`, {});
  story.memory.keep('surveys', surveys);
}

/** Residents are asked what they would come for and how they are, staff what it is like. */
async function planned(story: Story): Promise<string[]> {
  const people = story.memory.recall<number>('people') ?? 0;
  const collector = story.organisation('council');
  const everybody = (population: string, count: number) => ({
    ...{ population, eligible: count, invited: count, invitation: 'By letter.', linkConsent: null },
    ...{ informationSheet: 'What is asked and why.', optOut: 'By card.', ...times(story) },
  });
  const { id: residents } = await story.says('survey', 'lead', 'plans to ask residents', '/collections', {
    ...{ source: INTEREST.source, collector },
    instrument: [
      {
        ...{ name: 'Short Warwick-Edinburgh scale', reference: 'Stewart-Brown and others 2009.' },
        fields: ['wellbeing'],
      },
      {
        ...{ name: 'Life satisfaction', fields: ['life_satisfaction'] },
        reference: 'Office for National Statistics, personal well-being, since 2011.',
      },
      { name: 'Age, sex and interest', reference: 'Asked plainly.', fields: ['age', 'sex', 'interested'] },
    ],
    ...everybody('Residents.', people),
  });
  const { id: staff } = await story.says(
    ...([
      'survey of staff',
      'lead',
      'plans to ask everybody who delivers the services',
      '/collections',
    ] as const),
    {
      ...{ source: EXPERIENCE.source, collector },
      instrument: [
        {
          ...{ name: 'Experience of delivering', reference: 'Agreed with the providers.' },
          fields: namesOf(EXPERIENCE.fields),
        },
      ],
      ...everybody('Everybody who delivers the services.', STAFF),
    },
    'Which provider somebody works for is not asked.',
  );
  return [residents, staff];
}

async function redesign(story: Story): Promise<void> {
  story.report.chapter('8  A redesign is recorded as an action');
  await story.step('analysis closed', `${story.called('lead')}, closes the analysis`, '', () =>
    story.as('lead').post(story.at('/stages/analysis/close'), {}),
  );
  const rests = ['passed', 'interest', 'experience'].map((key) => story.memory.recall<string>(key) ?? '');
  await ended(story, 'Outreach has the harder cases, and contracts do not pay for them.', 'ACTION', rests);
}
