// The second wave: answers and records are linked by a body that sees neither, surgeries stand beside them, and the first wave's benefit is signed.
import type { Done } from '../../demo/api';
import { awaitRelease } from '../../demo/deeds';
import { consenting, linkedBy } from '../linking';
import { checkedByLaw, imported } from '../publishing';
import { entrusted, granted, proposed } from '../telling';
import type { Story } from '../telling';
import { EPISODES, OUTPATIENTS, PERCEPTIONS, SURGERIES } from './cast';

const CITES = { cites: ['rel1'] };
const SIGNERS = ['holder', 'surveyor', 'clinic', 'official', 'researcher'];

export async function secondWave(story: Story): Promise<void> {
  story.report.chapter('7  The second wave, on the signed benefit of the first');
  const answers = await consenting(story, 'council', 'illness-perceptions', 'link_consent');
  const [health, council] = await linkedBy(story, 'linker', [
    {
      ...{
        by: 'holder',
        organisation: 'health',
        file: story.files['patient-index'] ?? '',
        person: 'patient',
      },
      identifiers: ['nhs', 'forename', 'surname', 'birth', 'postcode'],
    },
    {
      ...{ by: 'surveyor', organisation: 'council', file: answers, person: 'letter' },
      identifiers: ['forename', 'surname', 'birth', 'postcode'],
    },
  ]);
  const linked = [
    await granted(story, 'holder', 'r4', { ...EPISODES, ...CITES, linked: health! }),
    await granted(story, 'surveyor', 'r5', {
      ...{ ...PERCEPTIONS, ...CITES, linked: council!, file: answers, person: 'letter' },
    }),
  ];
  const tests = await granted(story, 'holder', 'r6', { ...OUTPATIENTS, ...CITES });
  const surgeries = await imported(story, 'imp1', SURGERIES);
  await benefit(story, linked, tests, surgeries);
  await entrustedBoth(story, surgeries);
}

async function benefit(story: Story, linked: string[], tests: string, surgeries: string): Promise<void> {
  await story.step(
    'wave 2',
    'Two releases are proposed: answers and records linked, with what is published of surgeries; and blood tests',
    'What the first wave gave and cost is signed by each party before either opens.',
    async () => {
      const first = await proposed(story, linked, { ...EPISODES, ...CITES }, [surgeries]);
      const second = await proposed(story, [tests], { ...OUTPATIENTS, ...CITES });
      const { wave } = await story.see<{ wave: number }>(`/releases/${first}`);
      const parties = ['university', 'council', 'health'].map((name) => ({
        ...{ organisation: story.organisation(name), gave: 'Where take-up is low.' },
        cost: 'Two days of work.',
      }));
      await story
        .as('lead')
        .post<Done>(story.at('/benefits'), { wave, parties, summary: 'What wave 1 gave and cost.' });
      await story.signAll('BENEFIT', ['researcher', 'official', 'commissioner']);
      story.memory.keep('second', [first, second]);
    },
  );
}

async function entrustedBoth(story: Story, surgeries: string): Promise<void> {
  const [first = '', second = ''] = story.memory.recall<string[]>('second') ?? [];
  await story.step(
    'entrusted',
    'Both releases are signed for by both holders, the provider, an official and a researcher',
    'The manifest of the linked one says how many people of each holder were found at the other.',
    async () => {
      await entrusted(story, first, SIGNERS);
      await entrusted(
        story,
        second,
        SIGNERS.filter((name) => name !== 'surveyor'),
      );
    },
  );
  await checkedByLaw(story, {
    ...{ key: 'imp1', release: first, id: surgeries, by: 'guardian' },
    text: 'The licence allows it. A surgery has thousands of patients: its rates name none of them.',
  });
  for (const id of [first, second]) await awaitRelease(story, id, 'PERMITTED');
}
