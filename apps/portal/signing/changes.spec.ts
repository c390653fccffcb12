// What a signer is told has changed: since what they themselves answered last, else since the version before; and in the covering text.
import { Languages } from '#libs/language';
import {
  atDataRequest,
  DAY,
  deposited,
  personId,
  question,
  sealedRelease,
} from '../../../libs/testing/story';
import type { Name, Story } from '../../../libs/testing/story';
import type { Reading, Side } from '../reading';
import { changedSince, coverChange, lastSigned } from './changes';

const language = new Languages().first;
const sideOf = ({ programme, project, now }: Story): Side => ({ programme, project, now });

/** Puts the next version of the question up; its signed content. */
function version(story: Story) {
  story.wait(DAY);
  story.onProject(story.as('lead'), question(story));
  return round(story).content;
}
const checkpoint = (story: Story, kind = 'QUESTION') => story.project.checkpoints[story.checkpoint(kind)]!;
const round = (story: Story, kind = 'QUESTION') => checkpoint(story, kind).rounds.at(-1)!;
const since = (story: Story, name: Name, kind = 'QUESTION') =>
  lastSigned(sideOf(story), checkpoint(story, kind), round(story, kind), personId(name));

/** A question whose first version was put up, and nobody has answered it. */
function first(): Story {
  const story = atDataRequest();
  const only = checkpoint(story);
  const rounds = only.rounds.map((each) => ({ ...each, decisions: [] }));
  const checkpoints = { ...story.project.checkpoints, [only.id]: { ...only, rounds } };
  story.project = { ...story.project, checkpoints };
  return story;
}

describe('the version a signer’s is compared with', () => {
  it('is none for the first there is', () => {
    expect(since(first(), 'official')).toBeNull();
  });

  it('is the one before, for who has answered none', () => {
    const story = first();
    version(story);
    const before = version(story);
    version(story);
    expect(since(story, 'official')).toMatchObject({ content: before, isOwn: false });
  });

  it('is what they answered last, whatever they answered and although it was taken back, and nobody else’s', () => {
    const story = first();
    const own = version(story);
    const { openedAt } = round(story);
    story.onProject(
      story.as('official'),
      story.answer('official', story.checkpoint('QUESTION'), 'CHANGES_REQUESTED'),
    );
    story.onProject(story.as('official'), story.withdrawal('official', story.checkpoint('QUESTION')));
    version(story);
    expect(since(story, 'official')).toEqual({ content: own, openedAt, isOwn: true });
    expect(since(story, 'researcher')).toMatchObject({ content: own, isOwn: false });
  });

  it('is the last they answered, where they have missed others since', () => {
    const story = first();
    const answered = [version(story)];
    story.sign('QUESTION', 'researcher');
    answered.push(version(story));
    story.sign('QUESTION', 'researcher');
    const missed = version(story);
    story.sign('QUESTION', 'official');
    version(story);
    expect(since(story, 'researcher')).toMatchObject({ content: answered[1], isOwn: true });
    expect(since(story, 'official')).toMatchObject({ content: missed, isOwn: true });
  });

  it('T3: is as they answered it, also where its covering text was changed after they had', () => {
    const story = first();
    const own = version(story);
    story.sign('QUESTION', 'official');
    const cover = story.content().cover;
    story.onProject(story.as('lead'), {
      type: 'ChangeCover',
      checkpoint: story.checkpoint('QUESTION'),
      cover,
    });
    version(story);
    expect(since(story, 'official')?.content).toEqual(own);
    expect(since(story, 'researcher')?.content).toEqual({ core: own.core, cover });
  });

  it('is of the same release, never of another', () => {
    const story = sealedRelease(deposited(atDataRequest()));
    story.sign('TRUST', 'official');
    expect(since(story, 'official', 'TRUST')).toBeNull();
    const [one] = Object.values(story.project.checkpoints).filter(({ kind }) => kind === 'TRUST');
    const other = {
      ...one!,
      id: 'k99',
      rounds: [{ ...one!.rounds[0]!, openedAt: story.now, decisions: [] }],
    };
    story.project = { ...story.project, checkpoints: { ...story.project.checkpoints, k99: other } };
    expect(lastSigned(sideOf(story), other, other.rounds[0]!, personId('official'))).toBeNull();
  });

  it('is of the cycle before, where a later one amends it', () => {
    const story = atDataRequest();
    const own = round(story).content;
    const [settled] = Object.values(story.project.checkpoints).filter(({ kind }) => kind === 'QUESTION');
    const later = { ...settled!.rounds[0]!, openedAt: story.now, decisions: [] };
    const next = { ...settled!, id: 'k99', rounds: [later] };
    story.project = { ...story.project, checkpoints: { ...story.project.checkpoints, k99: next } };
    const found = lastSigned(sideOf(story), next, later, personId('official'));
    expect(found).toMatchObject({ content: own, isOwn: true });
  });
});

const names = () => undefined;
const signed = (core: object, cover: object) => ({ core, cover }) as Parameters<typeof changedSince>[1];

it.each([
  [true, 'Compared with the version you last answered, of Monday 5 January 2026'],
  [false, 'You have not answered an earlier version. Compared with the one of Monday 5 January 2026'],
])('says since what (own: %s), and each part that differs, in the core and beside it', (isOwn, said) => {
  const earlier = { content: { core: 'c', cover: 'd' }, openedAt: '2026-01-05T09:00:00.000Z', isOwn };
  const before = signed({ purpose: 'earnings', linkage: false }, { summary: 'one' });
  const now = signed({ purpose: 'health', linkage: false }, { summary: 'two' });
  const found = changedSince(earlier, before, now, names, language);
  expect(found.since).toContain(said);
  expect(found.list).toMatchObject([
    { before: { text: 'earnings' }, after: { text: 'health' } },
    { before: { text: 'one' }, after: { text: 'two' } },
  ]);
  expect(changedSince(earlier, now, now, names, language).list).toEqual([]);
});

describe('T3: a covering text changed in the very round', () => {
  const texts: Record<string, string> = {};
  const reading = {
    content: (id: string) => Promise.resolve(Buffer.from(JSON.stringify({ text: texts[id] ?? id }))),
    names: () => Promise.resolve(names),
  } as unknown as Reading;
  const change = (story: Story) => {
    const { cover } = story.content();
    const command = { type: 'ChangeCover', checkpoint: story.checkpoint('QUESTION'), cover } as const;
    story.onProject(story.as('lead'), command);
    return cover;
  };
  const shown = (story: Story, name: Name) =>
    coverChange(reading, sideOf(story), round(story), personId(name), language);

  it('is compared with the one they answered on, or with that of the beginning, and with nothing where it is the same', async () => {
    const story = first();
    const begun = version(story).cover;
    expect(await shown(story, 'official')).toBeNull();
    const second = change(story);
    story.sign('QUESTION', 'official');
    expect(await shown(story, 'official')).toBeNull();
    const third = change(story);
    const own = await shown(story, 'official');
    expect(own?.list).toMatchObject([{ before: { text: second }, after: { text: third } }]);
    const other = await shown(story, 'researcher');
    expect(other?.list).toMatchObject([{ before: { text: begun }, after: { text: third } }]);
    expect(own?.since).not.toBe(other?.since);
  });
});
