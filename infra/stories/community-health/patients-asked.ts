// Patients are asked what no record says: a survey of all of them, signed for afresh, since their answers are to be linked.
import { boundary } from '../opening';
import { closed, peopleIn, times } from '../survey';
import { established, settled } from '../telling';
import type { Story } from '../telling';
import { EPISODES, INSTRUMENT, OUTPATIENTS, PERCEPTIONS, SURGERIES, WITH_SURVEY } from './cast';

export async function patientsAsked(story: Story): Promise<void> {
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
      await established(story, 'holder', OUTPATIENTS.source, 'q2', 'Tests are taken there.');
      await established(story, 'surveyor', PERCEPTIONS.source, 'q2', 'It will be asked for this.');
      await established(
        story,
        'colleague',
        SURGERIES.source,
        'q2',
        'Who sends patients on, and who does not.',
      );
    },
  );
  const people = story.memory.recall<number>('people') ?? 0;
  const { id } = await story.says(
    'survey',
    'lead',
    'plans it: three validated scales, everybody invited, consent to the link',
    '/collections',
    {
      ...{ source: PERCEPTIONS.source, collector: story.organisation('council') },
      instrument: INSTRUMENT,
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
  await answers(story, id);
}

async function answers(story: Story, collection: string): Promise<void> {
  await story.step(
    'answers',
    `${story.called('surveyor')}, reports who answered, compared with who did not, and who let it be linked`,
    'It travels with every result that uses the answers.',
    async () => {
      await closed(story);
      const isOld = (birth = '') => birth < '1940';
      const [answered, oldAnswered, consented, old] = await Promise.all([
        peopleIn(story, 'illness-perceptions'),
        peopleIn(story, 'illness-perceptions', ([, , , birth]) => isOld(birth)),
        peopleIn(story, 'illness-perceptions', (row) => row[5] === 'yes'),
        peopleIn(story, 'patient-index', ([, , , , birth]) => isOld(birth)),
      ]);
      await story.as('surveyor').post(story.at(`/collections/${collection}/responses`), {
        ...{ responded: answered.size, linkConsented: consented.size, optedOut: 0, left: 0 },
        compared: [
          {
            ...{ characteristic: '75 and older', responders: oldAnswered.size },
            nonResponders: old.size - oldAnswered.size,
          },
        ],
      });
    },
  );
}
