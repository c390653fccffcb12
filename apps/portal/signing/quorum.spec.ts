// The quorum as the signer reads it, in whole sentences.
import type { Round } from '#libs/domain';
import { Languages } from '#libs/language';
import { atDataRequest, COUNCIL, deposited, sealedRelease } from '../../../libs/testing/story';
import { quorumWords } from './quorum';
import type { QuorumTimes } from './quorum';

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
const TIMES = {
  remindAt: '2026-01-12T09:00:00.000Z',
  escalateAt: '2026-01-19T09:00:00.000Z',
  deadline: '2026-01-23T17:00:00.000Z',
};
const words = (round: Round, person = 'per_3', times: QuorumTimes = TIMES) =>
  quorumWords(
    round,
    person,
    times,
    (id) => (id === 'org_h' ? 'Harbour House' : undefined),
    new Languages().first,
  );

it('T4: says how many of those asked are needed, from how many organisations, and for what', () => {
  expect(words(ROUND)).toEqual({
    needed: '2 of the 3 people asked have to approve, from at least 2 different organisations.',
    places: ['1 of 2 asked: data holder or civil society, for Harbour House', '1 of 2 asked: anybody there'],
    order: 'All of them are asked at the same time.',
    answers: 'Everybody who is asked sees the answers of the others as they come.',
    reminders: [
      'Whoever has not answered is reminded on Monday 12 January 2026 at 09:00 GMT.',
      'On Monday 19 January 2026 at 09:00 GMT whoever asks is told which organisations have not answered, and so are the deputies of those people.',
    ],
    silence:
      'If too few have answered by Friday 23 January 2026 at 17:00 GMT, this round lapses: nothing is approved, and whoever asks may ask again. Silence is never taken for consent.',
  });
});

it('T1: says whose turn it is where people are asked one after the other', () => {
  const turns = [['per_1'], ['per_2', 'per_3']];
  expect(words({ ...ROUND, turns }).order).toContain('Yours is turn 2 of 2.');
});

it('T5: says whether the answers of others are hidden, and nothing of reminders that are over', () => {
  const blind = words({ ...ROUND, blind: true }, 'per_3', { ...TIMES, remindAt: null, escalateAt: null });
  expect(blind.answers).toBe('Answers in this round stay hidden until it closes.');
  expect(blind.reminders).toEqual([]);
});

it('B5: "two of three, from different organisations" comes from the agreement’s own data', () => {
  const story = atDataRequest({ quorums: [{ kind: 'TRUST', people: 4, organisations: 3, blind: true }] });
  const deputy = { person: 'per_deputy', organisation: COUNCIL, name: 'n', address: 'a' };
  const roles = { roles: ['policyOfficial' as const] };
  story.onProgramme(story.as('checker'), { type: 'AttestPerson', ...deputy, ...roles });
  const put = sealedRelease(deposited(story));
  const said = words(put.round(put.checkpoint('TRUST')), 'per_official');
  expect(said.needed).toBe(
    '4 of the 4 people asked have to approve, from at least 3 different organisations.',
  );
  expect(said.answers).toContain('stay hidden');
});
