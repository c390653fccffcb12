// Community health services (consensual): a tight question is widened by evidence that is no data, and a gap is filled by asking patients.
import { analyse, awaitStage, checkOutput } from '../../demo/deeds';
import { boundary, opening } from '../opening';
import { established, granted, proposed, released, requestOf, settled } from '../telling';
import type { Story } from '../telling';
import { CLINICS, HOSPITAL, LIMITS, PURPOSE } from './cast';
import { likeWithLike } from './like-with-like';
import { patientsAsked } from './patients-asked';
import { secondWave } from './second-wave';

export async function communityHealth(story: Story): Promise<void> {
  await opening(story, {
    ...{
      setting: 'community-health',
      signatories: ['researcher', 'official', 'commissioner'],
      reader: 'researcher',
    },
    coreTeam: ['lead', 'researcher', 'colleague', 'official', 'commissioner'],
  });
  await firstWave(story);
  await widened(story);
  await notObtained(story);
  await reflection(story);
  await patientsAsked(story);
  await secondWave(story);
  await likeWithLike(story);
}

async function firstWave(story: Story): Promise<void> {
  story.report.chapter('1–2  A tight question, and a first wave found valuable');
  await story.step(
    'q1',
    `${story.called('official')} and the researcher sign a tight question with its options`,
    '',
    async () => {
      await story.as('lead').post(story.at('/cycles'), { descendsFrom: null });
      await story.as('lead').post(story.at('/questions'), {
        ...{ question: 'Would reminders or clinics nearer by raise take-up where it is low?', aim: 'TIGHT' },
        ...{
          framing: 'Two options are on the table.',
          options: ['Reminders', 'Clinics nearer by'],
          sufficient: true,
        },
        summary: 'Which of two options.',
      });
      await settled(story, 'QUESTION', 'question', ['official', 'researcher']);
      await established(story, 'holder', HOSPITAL.source, 'q1', 'We pay by it.');
      await established(story, 'clinic', CLINICS.source, 'q1', 'Our booking system.');
    },
  );
  await boundary(story, 'boundary', LIMITS);
  const request = await granted(story, 'holder', 'r1', HOSPITAL);
  await story.step('rel1', 'The first wave is signed for by both holders, official and researcher', '', () =>
    released(story, {
      requests: [request],
      asked: HOSPITAL,
      signers: ['holder', 'clinic', 'official', 'researcher'],
    }),
  );
  await story.step(
    'a1',
    `${story.called('researcher')}, describes who attends, by area: valuable`,
    '',
    async () => {
      const analysis = await analyse(story, {
        ...{ release: 'rel1', params: { outcome: 'attended', groups: 'area', strata: ['band'] } },
        ...{ hypothesis: 'Fewer come from the coast.', support: 'A lower share there.' },
      });
      await checkOutput(story, analysis);
    },
  );
}

async function widened(story: Story): Promise<void> {
  story.report.chapter('3  Evidence that is no data widens the question');
  const { id: rea } = await story.says(
    ...([
      'rea',
      'official',
      'records a Rapid Evidence Assessment commissioned out of the relationship',
      '/evidence',
    ] as const),
    {
      ...{ kind: 'REA', title: 'Why people do not come', audience: 'PARTNERS' },
      attribution: { type: 'PERSON', person: story.person('official') },
      provenance: { origin: 'Commissioned by the officials.', dated: story.memory.inDays(-1) },
      assessment: {
        ...{ protocol: 'Reviews since 2005.', findings: 'What people think of their illness matters.' },
        search: {
          ...{ sources: 'Two databases.', terms: 'attendance AND perception' },
          ...{ from: story.memory.inDays(-5000), to: story.memory.inDays(-2) },
        },
        limits: 'No study of this area.',
      },
    },
  );
  story.memory.keep('rea', rea);
  await story.says('hy1', 'researcher', 'makes a small hypothesis of it', '/hypotheses', {
    ...{ statement: 'Whoever feels no threat does not come.', reason: 'The assessment.' },
  });
  await story.says('hy2', 'colleague', 'makes another', '/hypotheses', {
    ...{ statement: 'Whoever works cannot come.', reason: 'The assessment.' },
  });
  await story.says(
    'hy2 dropped',
    'colleague',
    'drops it: most patients have retired',
    '/hypotheses/hy2/fate',
    {
      ...{ fate: 'DROPPED', reason: 'Most of these patients do not work.' },
    },
  );
  await story.says(
    ...(['revoked', 'official', 'revokes the sufficiency of the data', '/sufficiency/revocations'] as const),
    { reason: 'Records do not say what people think of their illness.', cites: [rea] },
    'What was enough for the tight question is not enough for the wider one.',
  );
}

async function notObtained(story: Story): Promise<void> {
  story.report.chapter('4  Asked for more: nothing opens, and one holder does not give');
  const cited = { ...HOSPITAL, cites: ['rel1'] };
  await story.step('reopened', `${story.called('lead')}, reopens the data request`, '', () =>
    story.as('lead').post(story.at('/stages/dataRequest/reopen'), { reason: 'More may be needed.' }),
  );
  const more = await granted(story, 'holder', 'r2', cited);
  const release = await story.step('rel2', `${story.called('lead')}, proposes a second wave`, '', () =>
    proposed(story, [more], cited),
  );
  const problem = await story.refusedFor('rel2 open', 'The second wave is to be opened', 'GATE_CLOSED', () =>
    story.as('lead').attempt(story.at(`/releases/${release}/open`), {}),
  );
  story.memory.keep(
    'second wave refused',
    problem.missing?.map(({ rule }) => rule),
  );
  await story.says('rel2 given up', 'lead', 'gives it up', `/releases/${release}/abandonment`, {
    reason: 'The data does not suffice for the wider question.',
  });
  const asked = requestOf(story, { ...CLINICS, cites: ['rel1'] });
  const { id } = await story.says('r3', 'lead', 'asks the provider for attendance', '/requests', asked);
  await story.says('r3 answer', 'clinic', 'declines, and states no reason', `/requests/${id}/answer`, {
    outcome: 'REFUSED',
  });
  await story.says(
    ...(['supposed', 'official', 'supposes why, under their own name', '/suppositions'] as const),
    { request: id, motive: 'FEAR_OF_MONITORING', text: 'They may fear that we watch how they perform.' },
    'It stays a supposition, read by the core team; the outcome is that the data was not obtained.',
  );
  await story.step('without data', `${story.called('lead')}, settles the round without data`, '', () =>
    story
      .as('lead')
      .post(story.at('/stages/dataRequest/settle-empty'), { reason: 'One was given up, one not obtained.' }),
  );
}

async function reflection(story: Story): Promise<void> {
  story.report.chapter('5  The reflection finds what nobody asked: the patients');
  await story.step(
    'reflection',
    'Both kinds of interpretation; the gap is patients’ experience',
    '',
    async () => {
      await story.as('lead').post(story.at('/stages/analysis/close'), {});
      await story.interpret(
        {
          by: 'commissioner',
          text: 'It is the coast and the eldest.',
          misreading: 'As if they did not care.',
        },
        { by: 'researcher', text: 'Records cannot say why.', misreading: 'As an effect of distance.' },
      );
      await story.as('lead').post(story.at('/insights'), {
        ...{ status: 'DEFERRED', text: 'Patients’ experience is in no record.', analyses: ['a1'] },
        authors: [story.person('commissioner'), story.person('researcher')],
      });
      await story.as('lead').post(story.at('/reflections'), {
        ...{ issue: 'What patients think is not known.', summary: 'A gap.' },
        working: { access: 'One holder gave nothing.', cost: 'Days.', trust: 'Good.', notHeard: 'Patients.' },
      });
      await settled(story, 'REFLECTION', 'reflection', ['commissioner', 'researcher']);
      await story.as('lead').post(story.at('/refinements'), {
        ...{ next: 'NEW_COLLECTION', reasons: 'The gap.', proposal: 'Ask all patients.', summary: PURPOSE },
      });
      await settled(story, 'REFINEMENT', 'refinement', ['official', 'researcher']);
      await awaitStage(story, 'refinement', 'SETTLED');
    },
  );
}
