// The quorum as the signer reads it, in whole sentences.
import type { Round } from '#libs/domain';
import { Languages } from '#libs/language';
import { quorumWords } from './quorum';

const asked = (person: string, organisation: string, ...slots: string[]) => ({ person, organisation, slots });
const ROUND: Round = {
  ...{
    round: 1,
    subject: { type: 'release', id: 'rel1' },
    content: { core: 'c', cover: 'c' },
    proposer: 'per_p',
  },
  rule: {
    slots: [
      { key: 'a', roles: ['dataHolder', 'civilSociety'], organisation: 'org_h', count: 1 },
      { key: 'b', roles: [], organisation: null, count: 1 },
    ],
    ...{ people: 2, organisations: 2 },
  },
  asked: [asked('per_1', 'org_h', 'a'), asked('per_2', 'org_h', 'a', 'b'), asked('per_3', 'org_u', 'b')],
  ...{
    openedAt: '',
    remindAt: '',
    escalateAt: '',
    deadline: '',
    needsCode: true,
    blind: false,
    decisions: [],
  },
  ...{ reminders: 0, escalatedAt: null, lapsedAt: null, voidedAt: null },
};
const words = (round: Round, person = 'per_3') =>
  quorumWords(
    round,
    person,
    'Friday',
    (id) => (id === 'org_h' ? 'Harbour House' : undefined),
    new Languages().first,
  );

it('T4: says how many of those asked are needed, from how many organisations, and for what', () => {
  expect(words(ROUND)).toEqual({
    needed: '2 of the 3 people asked have to approve, from at least 2 different organisations.',
    places: ['1 of 2 asked: data holder or civil society, for Harbour House', '1 of 2 asked: anybody there'],
    order: 'All of them are asked at the same time.',
    silence:
      'If too few have answered by Friday, this round lapses: nothing is approved, and whoever asks may ask again. Silence is never taken for consent.',
  });
});

it('T1: says whose turn it is where people are asked one after the other', () => {
  const turns = [['per_1'], ['per_2', 'per_3']];
  expect(words({ ...ROUND, turns }).order).toContain('Yours is turn 2 of 2.');
});
