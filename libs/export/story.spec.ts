// The story of a project as an export tells it: in the catalogue's words and people's own, and the same bytes each time.
import { Languages } from '#libs/language';
import { latinIn, pseudoLanguage, saidBy } from '#libs/language/testing';
import { aCycle, atDataRequest, COUNCIL, HOLDER, PANEL, personId, UNIVERSITY } from '../testing/story';
import type { Story } from '../testing/story';
import { storyPage } from './story';

const told = ({ programme, project, now }: Story, profile: 'public' | 'partners' | 'auditor') => ({
  ...{ world: { programme, project }, now, profile, texts: new Map<string, string>() },
  ...{ contents: new Set<string>(), questions: new Map<string, string>(), outputs: [] },
});
/** What people and machines named. */
const NAMES = [
  COUNCIL,
  HOLDER,
  PANEL,
  UNIVERSITY,
  'public',
  'auditor',
  'earnings',
  'descriptive',
  'programme',
  'treat',
  're',
  'race',
  'married',
  'id',
];
const IDS = /[a-z]{1,3}\d+/g;

it.each([
  ['that has begun', atDataRequest()],
  ['of a whole cycle', aCycle()],
])('no word of the story %s is from outside the catalogue but names', (_what, story) => {
  for (const profile of ['public', 'auditor'] as const) {
    const page = storyPage(told(story, profile), pseudoLanguage());
    expect(latinIn(saidBy(page).replace(IDS, ' '), NAMES)).toEqual([]);
    expect(page).toContain('<html lang="en-XA">');
  }
});

it('is told in English where nothing else is spoken, and twice the same', () => {
  const page = storyPage(told(aCycle(), 'auditor'), new Languages().first);
  for (const said of ['Cycle 1, since', 'What was asked of holders', 'Sign-offs', 'approved'])
    expect(page).toContain(said);
  expect(storyPage(told(aCycle(), 'auditor'), new Languages().first)).toBe(page);
  expect(page).not.toContain('undefined');
});

it('tells what was asked and what it rests on, and leads to what was signed and released, as far as it is there', () => {
  const story = told(aCycle(), 'auditor');
  const { questions, boundaries } = story.world.project;
  const [core, boundary] = [questions[0]?.content.core ?? '', boundaries[0]?.content.core ?? ''];
  const page = storyPage(
    {
      ...story,
      ...{ questions: new Map([[core, 'Did <it> help?']]), contents: new Set([boundary]) },
      outputs: [{ path: 'a1/table.csv', size: 3 }],
    },
    new Languages().first,
  );
  for (const said of [
    ...['Question q1 (settled', 'Did &lt;it&gt; help?', 'Collaboration agreement g1, until', 'Boundary b1: '],
    ...[`href="content/${boundary}.json"`, 'href="outputs/a1/table.csv"', 'npx parley verify'],
  ])
    expect(page).toContain(said);
  expect(page).not.toContain(`content/${core}.json`);
  for (const [, id] of page.matchAll(/href="#(\w+)"/g)) expect(page).toContain(`id="${id}"`);
});

it('B7, T6: minutes and other evidence stand in the story of those they are for, with how many agreed to them', () => {
  const story = atDataRequest();
  for (const audience of ['CORE_TEAM', 'PARTNERS', 'PUBLIC', 'AUTHOR'] as const)
    story.onProject(story.as('lead'), {
      ...{ type: 'RecordEvidence', kind: 'MINUTES', title: `to ${audience}`, audience, text: audience },
      ...{ attribution: { type: 'PERSON', person: personId('lead') }, others: 1, meeting: null },
      provenance: { origin: 'o', dated: story.now, derivedFrom: [] },
      ...{ participants: [personId('lead'), personId('official')], assessment: null },
    });
  const texts = new Map(['CORE_TEAM', 'PARTNERS', 'PUBLIC', 'AUTHOR'].map((each) => [each, `said ${each}`]));
  const seen = (profile: 'public' | 'partners' | 'auditor') => {
    const page = storyPage({ ...told(story, profile), texts }, new Languages().first);
    return [...page.matchAll(/said ([A-Z_]+)/g)].map(([, audience]) => audience);
  };
  expect(seen('public')).toEqual(['PUBLIC']);
  expect(seen('partners')).toEqual(['PARTNERS', 'PUBLIC']);
  expect(seen('auditor')).toEqual(['CORE_TEAM', 'PARTNERS', 'PUBLIC']);
  const page = storyPage({ ...told(story, 'auditor'), texts }, new Languages().first);
  expect(page).toMatch(/Minutes of a meeting, [^<]*\. Agreed to by \d of 2 who took part\./);
});
