// The story of a project as an export tells it: in the catalogue's words and people's own, and the same bytes each time.
import { Languages } from '#libs/language';
import { latinIn, pseudoLanguage, saidBy } from '#libs/language/testing';
import { aCycle, atDataRequest, COUNCIL, HOLDER, PANEL, UNIVERSITY } from '../testing/story';
import type { Story } from '../testing/story';
import { storyPage } from './story';

const told = ({ programme, project, now }: Story, profile: 'public' | 'auditor') => ({
  ...{ world: { programme, project }, now, profile, texts: new Map<string, string>() },
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
