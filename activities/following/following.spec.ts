// A programme's projects are woken some after some, each once for what has changed, and the sweep rests only when all were.
import type { DataSource } from 'typeorm';
import type { Ledger } from '#libs/ledger';
import { aRoster, agreement } from '../../libs/testing/story';
import type { Reached } from './index';
import { createFollowingActivities } from './index';

/** A programme with so many projects, and what was done about it. */
function following(projects: number) {
  const story = aRoster();
  const ids = Array.from({ length: projects }, (_, n) => `prj_${String(n).padStart(5, '0')}`);
  const woken: string[] = [];
  const seen: number[] = [];
  const none = () => Promise.resolve();
  const { followProgramme } = createFollowingActivities({
    ledger: {
      programme: () => Promise.resolve({ state: story.programme, now: story.now }),
    } as unknown as Ledger,
    dataSource: {
      query: (_sql: string, [, after, limit]: [string, string, number]) =>
        Promise.resolve(
          ids
            .filter((id) => id > after)
            .slice(0, limit)
            .map((id) => ({ id })),
        ),
    } as unknown as DataSource,
    outbox: { seen: (_stream, version) => Promise.resolve(void seen.push(version)) },
    starter: {
      ...{ wake: none, dismiss: none },
      wakeProject: (project) => Promise.resolve(void woken.push(project)),
    },
  });
  const { id: programme } = story.programme;
  const step = (shared: string | null = null, reached: Reached | null = null) =>
    followProgramme({ programme, shared, reached });
  return { story, ids, woken, seen, step };
}

describe('following a programme', () => {
  it('I14: wakes every project, however many, and is done with a version only then', async () => {
    const { ids, woken, seen, step } = following(450);
    let found = await step();
    for (; found.reached; found = await step(found.shared, found.reached)) expect(seen).toEqual([]);
    expect(woken).toEqual(ids);
    expect(seen).toEqual([found.version]);
  });

  it('wakes nobody again for what they were woken for', async () => {
    const { woken, step } = following(3);
    const { shared = null } = await step();
    await step(shared);
    expect(woken).toHaveLength(3);
  });

  it('begins anew when something they live by has changed meanwhile', async () => {
    const { story, ids, woken, step } = following(300);
    const first = await step();
    story.onProgramme(story.as('lead'), agreement(story));
    let found = await step(first.shared, first.reached);
    for (; found.reached; found = await step(found.shared, found.reached));
    expect(woken.slice(200)).toEqual(ids);
  });
});
