// How a provider grants after all in the story of wellbeing services: under conditions that the check holds every table to.
import { analyse, checkOutput, resultOf } from '../../demo/deeds';
import { STAFF } from '../../settings/wellbeing';
import { closed, peopleIn } from '../survey';
import { granted, released } from '../telling';
import type { Story } from '../telling';
import { ACTIVITY, EXPERIENCE, INTEREST } from './cast';

export async function underConditions(story: Story): Promise<void> {
  story.report.chapter('6–7  A provider wishes to be asked, and grants under conditions');
  await story.step(
    'wish',
    `${story.called('provider')}, says that they wish to be asked about the new purpose`,
    '',
    () => story.as('provider').post(story.at('/requests/r1/wish'), {}),
  );
  const request = await granted(story, 'provider', 'r3', ACTIVITY, {
    says: 'grants it: shown only with complex cases, never broken down by provider; notes only as codes',
    conditions: [
      { kind: 'SHOW_ONLY_WITH', value: 'complex' },
      { kind: 'NO_BREAKDOWN_BY', value: 'provider' },
      { kind: 'REVIEW_BEFORE_SHARING', value: '10' },
    ],
  });
  const [surveyed, staff] = await answered(story);
  const release = await story.step(
    'rel1',
    'The provider co-signs the purpose, with official and researcher',
    '',
    () =>
      released(story, {
        requests: [request],
        asked: ACTIVITY,
        signers: ['provider', 'official', 'researcher'],
      }),
  );
  const both = [
    ['rel2', 'residents', surveyed, INTEREST],
    ['rel3', 'staff', staff, EXPERIENCE],
  ] as const;
  for (const [key, whose, granted, asked] of both)
    await story.step(key, `The release of the answers of ${whose} is signed for, too`, '', async () => {
      const signers = ['provider', 'manager', 'official', 'researcher'];
      const id = await released(story, { requests: [granted], asked, signers });
      story.memory.keep(whose, id);
      return id;
    });
  const run = (fields: string[]) =>
    analyse(story, {
      ...{ release, method: 'crosstab', params: { fields }, use: 'DESCRIPTION' },
      ...{ hypothesis: 'Outreach has the harder cases.', support: 'A higher share there.' },
    });
  await story.step(
    'by provider',
    `${story.called('researcher')}, tries a table by provider; it fails the check, as the holder’s condition says`,
    '',
    async () => {
      const analysis = await run(['provider', 'complex']);
      await story.as('checker').post(story.at(`/outputs/${analysis}/withholding`), {
        reason: 'The holder allows no breakdown by provider.',
      });
    },
  );
  const analysis = await story.step(
    'by location',
    'A table by location, with complex cases beside it, passes',
    '',
    async () => {
      const id = await run(['location', 'complex']);
      await checkOutput(story, id);
      return id;
    },
  );
  story.memory.keep('passed', analysis);
  await story.says(
    'review',
    'provider',
    'reviews it; the comment travels with the result',
    `/outputs/${analysis}/comments`,
    {
      text: 'Outreach takes whom centres turn away.',
    },
  );
  await story.says('comment', 'provider', 'puts the same on record for the partners', '/evidence', {
    ...{ kind: 'COMMENT', title: 'What the provider says of the table', audience: 'PARTNERS' },
    ...{
      attribution: { type: 'PERSON', person: story.person('provider') },
      text: 'Outreach takes whom centres turn away.',
    },
    provenance: { origin: 'The provider’s review.', dated: story.memory.inDays(-1) },
  });
  await described(story, 'interest', {
    ...{ release: story.memory.recall<string>('residents') ?? '' },
    does: 'describes the wellbeing of those who would come and those who would not',
    params: { outcome: 'wellbeing', groups: 'interested' },
    ...{ hypothesis: 'Those who would come are less well.', support: 'A lower mean.' },
  });
  await described(story, 'experience', {
    ...{ release: story.memory.recall<string>('staff') ?? '' },
    does: 'describes the workload of those who work in centres and those who go out',
    params: { outcome: 'workload', groups: 'location' },
    ...{ hypothesis: 'Outreach is the heavier work.', support: 'A higher mean.' },
  });
}

/** Who answered is reported by the council that asked, and the answers come by deposit like any other data. */
async function answered(story: Story): Promise<readonly [string, string]> {
  await story.step(
    'answers',
    `${story.called('manager')}, reports who answered, residents and staff, compared with who did not`,
    'It travels with every result that uses the answers.',
    async () => {
      await closed(story);
      const all = await peopleIn(story, 'interest-in-services');
      const old = await peopleIn(story, 'interest-in-services', ([, age]) => age === '65+');
      const people = story.memory.recall<number>('people') ?? 0;
      const staff = await peopleIn(story, 'provider-experiences');
      const outside = await peopleIn(
        story,
        'provider-experiences',
        ([, , location]) => location === 'outreach',
      );
      const [residents = '', delivering = ''] = story.memory.recall<string[]>('surveys') ?? [];
      await reported(story, residents, all.size, {
        ...{ characteristic: '65 and older', responders: old.size },
        nonResponders: Math.round(OLDER_RESIDENTS * people) - old.size,
      });
      await reported(story, delivering, staff.size, {
        ...{ characteristic: 'in outreach', responders: outside.size },
        nonResponders: Math.max(0, Math.round(OUTREACH_STAFF * STAFF) - outside.size),
      });
    },
  );
  return [await granted(story, 'manager', 'r4', INTEREST), await granted(story, 'manager', 'r5', EXPERIENCE)];
}

const reported = (story: Story, collection: string, responded: number, compared: object) =>
  story.as('manager').post(story.at(`/collections/${collection}/responses`), {
    ...{ responded, linkConsented: 0, optedOut: 0, left: 0, compared: [compared] },
  });

/** As the register of residents has it. */
const OLDER_RESIDENTS = 0.3;
/** As the providers’ rotas have it. */
const OUTREACH_STAFF = 0.5;

interface Described {
  readonly release: string;
  readonly does: string;
  readonly params: object;
  readonly hypothesis: string;
  readonly support: string;
}

async function described(story: Story, key: string, { does, ...plan }: Described): Promise<void> {
  const analysis = await story.step(
    key,
    `${story.called('researcher')}, ${does}`,
    'Beside it: how many were invited, how many answered, and how these differ.',
    async () => {
      const id = await analyse(story, { ...plan, use: 'DESCRIPTION' });
      await checkOutput(story, id);
      return id;
    },
  );
  story.memory.keep(key, analysis);
  const { result } = await resultOf(story, analysis);
  story.report.checked(result.tables[0]!, result.thresholds.frequency);
}
