// Whose move it is: complete, discreet, and in the order of urgency; the read models miss nobody.
import fc from 'fast-check';
import {
  byUrgency,
  isMeant,
  moves,
  movesSeenBy,
  programmeMoves,
  programmeWaiting,
  projectWaiting,
  tenureOf,
} from './index';
import type { Move, Waiting } from './index';
import { aHistory, begin, play } from '../testing/histories';
import type { Story } from '../testing/story';
import { aCycle, analysed, atDataRequest, DAY, permitted, personId, request } from '../testing/story';
import { imported, sealedPublished } from '../testing/published-story';

const named = (story: Story): string[] => moves(story.world, story.now).map(({ what }) => what);

/** People with a move whom no row of the read models would find. */
function missed({ programme, project, world, now }: Story): string[] {
  const found = (all: Move[], rows: Waiting[]) =>
    all.flatMap(({ what, about, who }) =>
      who
        .filter((person) => {
          const tenure = tenureOf(programme, person, now);
          const one = { person, organisation: tenure?.organisation ?? '', roles: tenure?.roles ?? [] };
          return !rows.some((row) => isMeant(row, one));
        })
        .map((person) => `${what} ${about}: ${person}`),
    );
  return [
    ...found(moves(world, now), projectWaiting(project)),
    ...found(programmeMoves(programme, now), programmeWaiting(programme)),
  ];
}

describe('whose move it is', () => {
  it('B10: whatever happened, nobody with a move is missed by what read models hold across projects', () => {
    fc.assert(
      fc.property(aHistory, ({ beginning, steps }) => {
        const story = begin(beginning);
        for (const step of steps) {
          play(story, step);
          expect(missed(story)).toEqual([]);
        }
      }),
      { numRuns: 120 },
    );
  });

  it('B10, B23: the whole of a cycle names what comes next, for the lead and for everybody else', () => {
    const seen = new Set<string>();
    const stories = [
      atDataRequest,
      imported,
      sealedPublished,
      permitted,
      () => analysed(permitted()),
      aCycle,
    ];
    for (const story of stories.map((tell) => tell())) {
      for (const what of named(story)) seen.add(what);
      expect(missed(story)).toEqual([]);
    }
    expect([...seen]).toEqual(
      expect.arrayContaining([
        ...['request data, propose releases, or settle empty', 'record the legal check', 'answer OUTPUT'],
        'analyse and close the stage',
      ]),
    );
  });

  it('B53, B56: advice, a summary and an account that are awaited are somebody’s move', () => {
    const story = aCycle();
    story.onProject(story.as('researcher'), {
      ...{ type: 'RecordInsight', status: 'ACTIONABLE', text: 't', analyses: ['a1'] },
      authors: [personId('official'), personId('researcher')],
    });
    story.onProject(story.as('researcher'), { type: 'WriteSummary', insight: 'i1', text: 't', words: 9 });
    const approving = moves(story.world, story.now).find(({ what }) => what === 'approve the plain summary');
    expect(approving).toMatchObject({ about: 'i1', who: [personId('official')] });
    expect(missed(story)).toEqual([]);
  });

  it('B7: whom draft notes wait for is seen by those who may read them', () => {
    const story = atDataRequest();
    story.onProject(story.as('lead'), {
      ...{ type: 'RecordEvidence', kind: 'MINUTES', audience: 'AUTHOR', title: 't', text: 'x', others: 0 },
      ...{ attribution: { type: 'PERSON', person: personId('lead') }, meeting: null, assessment: null },
      provenance: { origin: 'o', dated: story.now, derivedFrom: [] },
      participants: [personId('lead'), personId('official')],
    });
    const all = moves(story.world, story.now);
    const about = (name: 'official' | 'lay') =>
      movesSeenBy(story.world, all, personId(name), story.now).map(({ what }) => what);
    expect(about('official')).toContain('agree or amend the notes');
    expect(about('lay')).not.toContain('agree or amend the notes');
  });

  it('B47, T13: a shock puts its project’s moves first; nothing is added, lost or given another deadline', () => {
    const [calm, hasty] = [atDataRequest(), atDataRequest()];
    calm.onProject(calm.as('lead'), request(calm));
    hasty.wait(DAY).onProject(hasty.as('lead'), request(hasty));
    hasty.project = { ...hasty.project, id: 'prj_b' };
    const worlds = [calm.world, hasty.world];
    const all = () =>
      worlds.flatMap((world) =>
        moves(world, hasty.now).map((move) => ({ ...move, stream: world.project.id })),
      );
    const before = byUrgency(all(), worlds);
    expect(before[0]?.stream).toBe(calm.project.id);
    hasty.onProject(hasty.as('lead'), {
      ...{ type: 'SetTempo', tempo: 'SHOCK', cause: 'PUBLIC_OUTCRY', reason: 'r' },
    });
    worlds[1] = hasty.world;
    const after = byUrgency(all(), worlds);
    expect(after[0]?.stream).toBe('prj_b');
    const plain = (list: typeof after) => list.map((move) => JSON.stringify(move)).sort();
    expect(plain(after)).toEqual(plain(before));
  });
});
