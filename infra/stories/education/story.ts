/*
 * Education services (contested): a broad question, two explanations of rising demand, and a decision that leaves both in the record.
 *
 * The trend "of older years" is declared, and admitted, by its subpopulation: the rows of infants are not read.
 */
import { analyse, awaitRelease, awaitStage, checkOutput, resultOf, unanswered } from '../../demo/deeds';
import { boundary, opening } from '../opening';
import { deposited, established, proposed, requestOf, rowsOf, settled } from '../telling';
import type { Story } from '../telling';
import { ASKED, FIELDS, LIMITS, OLDER, SOURCE } from './cast';
import { closing, explanations, reflection } from './explanations';

export async function education(story: Story): Promise<void> {
  await opening(story, {
    ...{ setting: 'education', signatories: ['researcher', 'official', 'checker'], reader: 'researcher' },
    coreTeam: ['lead', 'researcher', 'colleague', 'official', 'deputy', 'neighbour'],
  });
  await question(story);
  const release = await census(story);
  await meals(story);
  await trends(story, release);
  const confirming = await explanations(story, release);
  await reflection(story, confirming);
  await closing(story, release);
}

async function question(story: Story): Promise<void> {
  story.report.chapter('1–2  A broad question fails its checkpoint and is reworked');
  const { id: q1 } = await story.step(
    'q1',
    `${story.called('lead')}, starts with a broad question`,
    '',
    async () => {
      await story.as('lead').post(story.at('/cycles'), { descendsFrom: null });
      return story.as('lead').post(story.at('/questions'), {
        ...{
          question: 'How has demand on education services changed?',
          framing: 'A broad aim.',
          aim: 'BROAD',
        },
        ...{ sufficient: true, summary: 'Everything we hold about schools may matter.' },
      });
    },
  );
  await story.step(
    'unsure',
    `${story.called('manager')}, cannot say which of their own data is relevant`,
    'Data is not relevant by itself: only to a question, and this one does not say what it would be relevant to.',
    async () => {
      const sources = await story.list<{ id: string; holder: object | null }>('/sources');
      for (const { id } of sources.filter(({ holder }) => holder !== null))
        await story.as('manager').post(story.at('/discovery'), {
          ...{
            claim: 'UNSURE',
            source: id,
            question: q1,
            text: 'We hold it. What would it say about demand?',
          },
        });
    },
  );
  await story.step(
    'q1 failed',
    'The officials of both bodies ask for changes: the question fails its checkpoint',
    '',
    async () => {
      const reason = 'Nobody can say which data would answer this. Say which demand, of whom, since when.';
      const asked = await story.asked('QUESTION', q1);
      for (const official of ['official', 'deputy', 'neighbour'])
        await story.sign(official, asked, { choice: 'CHANGES_REQUESTED', reason });
      await awaitStage(story, 'question', 'CHANGES_REQUESTED');
    },
  );
  const { id: q2 } = await story.says(
    'q2',
    'lead',
    'reworks it: the new version says what it changes, and why',
    '/questions',
    {
      question: 'Why has the share of pupils who get additional support risen since 2010?',
      framing: 'Narrowed to support, pupils in state schools, and the years since 2010.',
      change: {
        ...{
          from: q1,
          kind: 'NARROWS',
          what: 'From demand of any kind to additional support of pupils.',
          cites: [],
        },
        because: 'Managers could not say which of their data was relevant to the first version.',
      },
      ...{ aim: 'BROAD', sufficient: true, summary: 'One demand, one population, one period.' },
    },
  );
  await story.step('q2 signed', 'Official and researcher sign the reworked question', '', () =>
    settled(story, 'QUESTION', 'question', ['official', 'researcher']),
  );
  await story.step(
    'relevant',
    `${story.called('manager')}, now knows: the school census is relevant to it`,
    '',
    () =>
      established(story, 'manager', SOURCE, q2, 'Support, needs and meals stand in it, by pupil and year.'),
  );
}

async function census(story: Story): Promise<string> {
  story.report.chapter('3  The census is released');
  await boundary(story, 'boundary', LIMITS);
  const { id } = await story.says(
    'r1',
    'lead',
    'asks the council for the census',
    '/requests',
    requestOf(story, ASKED),
  );
  await story.says('r1 answer', 'holder', 'grants it, without the day of birth', `/requests/${id}/answer`, {
    outcome: 'GRANTED',
    grant: {
      ...{ tier: 'DEIDENTIFIED', fields: FIELDS.map(({ name }) => name), expires: story.memory.inDays(300) },
      ...{ depositAs: rowsOf(FIELDS), releaseAs: rowsOf(FIELDS) },
    },
  });
  await story.step('deposit', `${story.called('holder')}, prepares the extract and deposits it`, '', () =>
    deposited(story, id, 'holder', rowsOf(FIELDS), {
      file: story.files['school-census'] ?? '',
      person: 'pupil',
    }),
  );
  return story.step(
    'rel1',
    'The release is proposed, sealed, signed for by council, academies, official and researcher',
    '',
    async () => {
      const release = await proposed(story, [id], ASKED);
      await awaitRelease(story, release, 'SEALED');
      await story.signAll('TRUST', ['holder', 'head', 'official', 'researcher'], release);
      await awaitRelease(story, release, 'PERMITTED');
      return release;
    },
  );
}

async function meals(story: Story): Promise<void> {
  story.report.chapter('4  Free school meals: recorded correctly, and still no measure of change');
  const place = (values: string[]) => ({
    ...{ source: SOURCE, field: 'meals', uses: ['TREND', 'EXTRAPOLATION'] },
    subpopulation: { field: 'phase', values },
  });
  const { id: infants } = await story.says(
    'ad1',
    'official',
    'opens the question of free meals among infants',
    '/admissibility',
    place(['infant']),
  );
  const { id: claim } = await story.says(
    ...(['ch1', 'official', 'challenges them', `/admissibility/${infants}/challenges`] as const),
    {
      ...{
        kind: 'BROKEN_SERIES',
        claim: 'Since 2014 parents of infants need not register, and many do not.',
      },
      evidence: 'Universal infant free school meals began in September 2014.',
    },
    'Before any result was seen: the ledger says so.',
  );
  await story.says(
    'ad1 judged',
    'researcher',
    'judges them inadmissible across 2014',
    `/admissibility/${infants}/judgements`,
    {
      ...{
        status: 'INADMISSIBLE',
        ground: 'VALIDITY',
        answers: [claim],
        reason: 'The policy changed what registration means.',
      },
      seriesBreak: { at: '2014-09-01', cause: 'Universal infant free school meals.' },
    },
  );
  const { id: older } = await story.says(
    'ad2',
    'official',
    'opens it for older years too',
    '/admissibility',
    place(OLDER.values),
  );
  await story.says(
    'ch2',
    'official',
    'contests them: siblings register together',
    `/admissibility/${older}/challenges`,
    {
      ...{ kind: 'BIAS_OF_COLLECTION', claim: 'Families with infants register nobody any more.' },
      evidence: 'What registration clerks say; nobody has counted it.',
    },
  );
}

const BEFORE = { from: '2010-01-01', to: '2013-12-31' };

async function trends(story: Story, release: string): Promise<void> {
  const trend = (values: string[]) => ({
    ...{
      release,
      method: 'series',
      params: { time: 'year', outcome: 'meals', groups: 'phase', per: 100 },
      use: 'TREND',
    },
    ...{ window: { from: '2010-01-01', to: '2017-12-31' }, subpopulation: { field: 'phase', values } },
    ...{ hypothesis: 'More pupils are poor.', support: 'A rising share with free meals.' },
  });
  await story.refusedFor(
    'a infants',
    `${story.called('researcher')}, registers the trend among infants`,
    'INADMISSIBLE',
    () => story.as('researcher').attempt(story.at('/analyses'), trend(['infant'])),
  );
  await story.refusedFor(
    'a said',
    `${story.called('researcher')}, says it is about the years before the change, and would read every year`,
    'INADMISSIBLE',
    () => story.as('researcher').attempt(story.at('/analyses'), { ...trend(['infant']), window: BEFORE }),
  );
  const because = await story.step(
    'a drawn',
    `${story.called('researcher')}, says it only describes infants, and would draw every year: no answer`,
    'What was said of the run does not change what it reads: the decision on the field binds the data itself.',
    () => unanswered(story, { ...trend(['infant']), use: 'DESCRIPTION' }),
  );
  story.report.note(because);
  const analysis = await story.step(
    'a older',
    `${story.called('researcher')}, runs it for older years: contested, and so it says`,
    'The records of infants are left out before the method sees the data.',
    async () => {
      const id = await analyse(story, trend(OLDER.values));
      await checkOutput(story, id);
      return id;
    },
  );
  story.memory.keep('older', analysis);
  const { result } = await resultOf(story, analysis);
  story.report.checked(result.tables[0]!, result.thresholds.frequency);
}
