// What a release is made of and compared with, read from the ledger: whoever objected, and every release made before.
import { deposited, atDataRequest, permitted, release } from '../../libs/testing/story';
import { earlierReleases, objectors, sourcesOf } from './sources';

const texts = (known: Record<string, string>) => ({
  texts: (wanted: readonly string[]) =>
    Promise.resolve(new Map(wanted.flatMap((id) => (id in known ? [[id, known[id] ?? ''] as const] : [])))),
});
const content = (core: object | null) => ({
  content: () => Promise.resolve(core === null ? null : Buffer.from(JSON.stringify(core))),
});

describe('what a release is made of', () => {
  const objected = () => {
    const story = permitted();
    for (const who of ['first', 'second'])
      story.onProject(story.as('holder'), {
        ...({ type: 'RecordObjection', deposit: 'd1', people: 1, assurance: 'ACCOUNT' } as const),
        who,
      });
    return story;
  };

  it('T10: leaves out everybody who objected, and cannot be made where it was erased who did', async () => {
    const { world } = objected();
    const known = { first: '["p0000000000000001"]', second: '["p0000000000000002","p0000000000000003"]' };
    expect(await objectors(texts(known), world, 'd1')).toEqual([
      'p0000000000000001',
      'p0000000000000002',
      'p0000000000000003',
    ]);
    await expect(objectors(texts({ first: known.first }), world, 'd1')).rejects.toThrow(
      'Whom objection ob2 is about was erased; a new deposit without them is needed.',
    );
  });

  it('T9: is compared with every release sealed before, living or past, also where nobody knows who is in it', async () => {
    const story = objected();
    story.onProject(story.as('lead'), release(story));
    const next = story.project.releases['rel2']!;
    expect(await earlierReleases(content(null), story.world, next, story.now)).toEqual([
      { release: `${story.project.id}/rel1`, isLive: false, units: null },
    ]);
    expect(
      await earlierReleases(content(null), story.world, story.project.releases['rel1']!, story.now),
    ).toEqual([]);
  });

  it('B8: links several deposits only where linking is what was signed', () => {
    const story = deposited(deposited(atDataRequest(), [], 'DEIDENTIFIED'), [], 'DEIDENTIFIED');
    const [d1, d2] = Object.keys(story.project.deposits);
    const made = (tier: string, deposits: unknown[]) =>
      sourcesOf(story.world, { requests: Object.keys(story.project.requests), deposits, tier } as never);
    expect(made('DEIDENTIFIED', [d1, d2])).toBeNull();
    expect(made('LINKED_DEIDENTIFIED', [d1, d2])?.map(({ source }) => source)).toEqual([
      'programme',
      'programme 2',
    ]);
    expect(made('LINKED_DEIDENTIFIED', ['d9'])).toBeNull();
  });
});
