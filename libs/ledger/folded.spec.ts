// What a process keeps of folded streams: bounded by their entries, the least recently used forgotten first.
import { emptyProject } from '#libs/domain';
import { FoldedStreams } from './folded';

const ofSize = (version: number) => ({
  state: emptyProject('prj_x', '2027-01-01T00:00:00.000Z'),
  version,
  head: `h${version}`,
});

describe('folded streams', () => {
  it('are kept as long as their entries together are not too many', () => {
    const streams = new FoldedStreams();
    for (let n = 0; n < 1_000; n += 1) streams.keep(`prj_${n}`, ofSize(10));
    expect(streams.known('prj_0').version).toBe(10);
    streams.keep('prj_long', ofSize(40_000));
    expect(streams.known('prj_0')).toMatchObject({ version: 0, state: null });
    expect(streams.known('prj_999').version).toBe(10);
  });

  it('keep at least the last one, however long', () => {
    const streams = new FoldedStreams();
    streams.keep('prj_a', ofSize(10));
    streams.keep('prj_b', ofSize(1_000_000));
    expect([streams.known('prj_a').version, streams.known('prj_b').version]).toEqual([0, 1_000_000]);
  });

  it('what is read again counts once, and is forgotten last', () => {
    const streams = new FoldedStreams();
    for (let version = 1; version <= 400; version += 1) streams.keep('prj_a', ofSize(version));
    streams.keep('prj_b', ofSize(400));
    streams.keep('prj_a', ofSize(400));
    streams.keep('prj_c', ofSize(49_500));
    expect([streams.known('prj_a').version, streams.known('prj_b').version]).toEqual([400, 0]);
  });
});
