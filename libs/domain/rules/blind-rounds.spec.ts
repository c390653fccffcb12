// T5: what others answered in a blind round is read once the round has closed, and before by its signers alone.
import {
  atDataRequest,
  COUNCIL,
  deposited,
  HOLDER,
  personId,
  sealedRelease,
  TRUSTED,
} from '../../testing/story';
import type { Name, Story } from '../../testing/story';
import { mayReadEntry, roundStatus } from '../index';
import type { ProjectEvent } from '../events';

/** The council commissions the holder, and both are asked whether they trust the release. */
function commissioned(): Story {
  const story = deposited(atDataRequest());
  const { organisations } = story.programme;
  const holder = organisations[HOLDER];
  if (!holder) throw new Error('the cast has no holder');
  story.programme = {
    ...story.programme,
    organisations: { ...organisations, [HOLDER]: { ...holder, commissionedBy: [COUNCIL] } },
  };
  return sealedRelease(story);
}

type Given = { checkpoint: string; person: string };

const trustOf = (story: Story) => {
  const found = Object.values(story.project.checkpoints).find(({ kind }) => kind === 'TRUST');
  const round = found?.rounds.at(-1);
  if (!found || !round) throw new Error('nobody was asked for trust');
  return { id: found.id, round, status: roundStatus(story.programme, 'TRUST', round, story.now) };
};

/** How many answers to TRUST somebody reads in the ledger. */
const answersRead = (story: Story, name: Name | null): number =>
  story.log
    .map(({ event }) => event as ProjectEvent)
    .filter(
      ({ type, data }) => type === 'DecisionRecorded' && (data as Given).checkpoint === trustOf(story).id,
    )
    .filter((event) => {
      const actor = { person: (event.data as Given).person };
      return mayReadEntry(story.world, { ...event, actor }, name && personId(name), story.now);
    }).length;

it('T5: while a blind round is open, an answer is read by who gave it, and by nobody it could please', () => {
  const story = commissioned().sign('TRUST', 'holder', 'researcher');
  expect(trustOf(story)).toMatchObject({ round: { blind: true }, status: 'OPEN' });
  const read = (['holder', 'researcher', 'official', 'lead', null] as const).map((name) =>
    answersRead(story, name),
  );
  expect(read).toEqual([1, 1, 0, 0, 0]);
});

it('T5: once it has closed, everybody reads every answer', () => {
  const story = commissioned().sign('TRUST', ...TRUSTED);
  expect(trustOf(story).status).toBe('SETTLED');
  expect(answersRead(story, 'official')).toBe(TRUSTED.length);
  expect(answersRead(story, null)).toBe(TRUSTED.length);
});

it('T5: where nobody commissions anybody, answers are open from the start', () => {
  const story = sealedRelease(deposited(atDataRequest())).sign('TRUST', 'holder');
  expect(trustOf(story)).toMatchObject({ round: { blind: false }, status: 'OPEN' });
  expect(answersRead(story, 'official')).toBe(1);
});
